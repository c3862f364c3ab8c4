#include "frontend/csp/grammar/build_expression.hpp"

#include <cassert>

#include "frontend/csp/grammar/pattern.hpp"

namespace tryst::csp::grammar {

namespace {

ExprId add(ParseState& state, ExprKind kind, Span span, const Exprs& operands, const Statements& statements = {}) {
  Expr expr{.kind = kind, .span = span};
  expr.operands = state.script().expr_lists.add(operands);
  expr.statements = state.script().statement_lists.add(statements);
  return state.add(expr);
}

ExprKind with_shape(Elements::Shape shape, ExprKind list, ExprKind range, ExprKind open_range) {
  switch (shape) {
    case Elements::Shape::range: return range;
    case Elements::Shape::open_range: return open_range;
    case Elements::Shape::list: break;
  }
  return list;
}

Exprs flat(const Pairs& pairs) {
  Exprs items;
  items.reserve(2 * pairs.size());
  for (const Pair& pair : pairs) {
    items.push_back(pair.left);
    items.push_back(pair.right);
  }
  return items;
}

}  // namespace

Exprs or_none(ParseState&, Span, std::optional<Exprs> list) { return std::move(list).value_or(Exprs{}); }
Statements or_none(ParseState&, Span, std::optional<Statements> list) { return std::move(list).value_or(Statements{}); }
Pairs or_none(ParseState&, Span, std::optional<Pairs> list) { return std::move(list).value_or(Pairs{}); }

Elements make_range(ParseState&, Span, std::optional<ExprId> to) {
  if (!to) return {Elements::Shape::open_range, {}};
  return {Elements::Shape::range, {*to}};
}

Elements make_list(ParseState&, Span, Exprs rest) { return {Elements::Shape::list, std::move(rest)}; }

Elements make_elements(ParseState&, Span, ExprId first, Elements rest) {
  rest.items.insert(rest.items.begin(), first);
  return rest;
}

Elements no_elements(ParseState&, Span) { return {}; }

Pair make_pair(ParseState&, Span, ExprId left, ExprId right) { return {left, right}; }

ExprId make_name(ParseState& state, Span span, Token first, std::vector<Token> rest) {
  Expr expr{.kind = ExprKind::name, .span = span, .symbol = first.symbol};
  if (!rest.empty()) {
    std::vector<Symbol> path{first.symbol};
    for (const Token& token : rest) path.push_back(token.symbol);
    expr.symbol = path.back();
    path.pop_back();
    expr.path = state.script().symbol_lists.add(path);
  }
  return state.add(expr);
}

ExprId make_literal(ParseState& state, Span span, Token token) {
  Expr expr{.kind = ExprKind::number, .span = span, .symbol = token.symbol, .number = token.number};
  switch (token.kind) {
    case TokenKind::number: break;
    case TokenKind::character: expr.kind = ExprKind::character; break;
    case TokenKind::string: expr.kind = ExprKind::string; break;
    default: expr.kind = ExprKind::boolean; expr.number = token.kind == TokenKind::true_ ? 1 : 0;
  }
  return state.add(expr);
}

ExprId make_wildcard(ParseState& state, Span span) { return state.add_wildcard(span); }

ExprId make_parens(ParseState& state, Span span, Exprs items) {
  return add(state, items.size() == 1 ? ExprKind::paren : ExprKind::tuple, span, items);
}

ExprId make_set(ParseState& state, Span span, Elements elements, Statements statements) {
  const ExprKind kind = with_shape(elements.shape, ExprKind::set, ExprKind::set_range, ExprKind::set_range_open);
  return add(state, kind, span, elements.items, statements);
}

ExprId make_enumerated(ParseState& state, Span span, Exprs items, Statements statements) {
  return add(state, ExprKind::set_enumerated, span, items, statements);
}

ExprId make_sequence(ParseState& state, Span span, Elements elements, Statements statements) {
  const ExprKind kind =
      with_shape(elements.shape, ExprKind::sequence, ExprKind::sequence_range, ExprKind::sequence_range_open);
  return add(state, kind, span, elements.items, statements);
}

ExprId make_empty_sequence(ParseState& state, Span span) { return add(state, ExprKind::sequence, span, {}); }

ExprId make_map(ParseState& state, Span span, Pairs entries) { return add(state, ExprKind::map, span, flat(entries)); }

Suffix make_application(ParseState&, Span span, Exprs arguments) {
  return {ExprKind::apply, span, std::move(arguments), {}};
}

Suffix make_renaming(ParseState&, Span span, Pairs pairs, Statements statements) {
  return {ExprKind::rename, span, flat(pairs), std::move(statements)};
}

ExprId make_operand(ParseState& state, Span, ExprId operand, std::vector<Suffix> suffixes) {
  for (Suffix& suffix : suffixes) {
    suffix.operands.insert(suffix.operands.begin(), operand);
    Expr expr{.kind = suffix.kind,
              .span = cover(state.script().exprs[operand].span, suffix.span),
              .operator_span = suffix.span};
    expr.operands = state.script().expr_lists.add(suffix.operands);
    expr.statements = state.script().statement_lists.add(suffix.statements);
    operand = state.add(expr);
  }
  return operand;
}

StatementId make_statement(ParseState& state, Span span, ExprId expr, std::optional<ExprId> range) {
  if (!range) return state.script().statements.add({.span = span, .expr = expr});
  const PatternId pattern = to_pattern(state, expr);
  return state.script().statements.add({.span = span, .pattern = pattern, .expr = *range});
}

FieldId make_input(ParseState& state, Span span, Token marker, ExprId pattern, std::optional<ExprId> range) {
  Field field{.kind = marker.kind == TokenKind::dollar ? FieldKind::nondet_input : FieldKind::input, .span = span};
  field.pattern = to_pattern(state, pattern);
  field.expr = range.value_or(no_id<ExprId>);
  return state.script().fields.add(field);
}

FieldId make_output(ParseState& state, Span span, ExprId value) {
  return state.script().fields.add({.kind = FieldKind::output, .span = span, .expr = value});
}

}  // namespace tryst::csp::grammar
