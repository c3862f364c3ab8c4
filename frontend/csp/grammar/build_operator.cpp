// Builders of prefix and infix operators; what they hold besides their operands goes into the tree's lists at once.
#include <array>
#include <cassert>

#include "frontend/csp/grammar/build_expression.hpp"
#include "frontend/csp/grammar/pattern.hpp"

namespace tryst::csp::grammar {

namespace {

Operator prefix_operator(ParseState& state, ExprKind kind, Span span, const Exprs& inside = {},
                         const Statements& statements = {}) {
  Operator op{.kind = kind, .span = span};
  op.begin = span;
  op.inside = state.script().expr_lists.add(inside);
  op.statements = state.script().statement_lists.add(statements);
  return op;
}

Operator infix_operator(ParseState& state, ExprKind kind, Span span, const Exprs& inside = {}) {
  Operator op{.kind = kind, .span = span};
  op.inside = state.script().expr_lists.add(inside);
  return op;
}

struct InfixRow {
  TokenKind token;
  ExprKind kind;
};

constexpr InfixRow infix_rows[] = {
    {TokenKind::double_at, ExprKind::dot},  // marked as `also` below
    {TokenKind::backslash, ExprKind::hide},
    {TokenKind::project, ExprKind::project},
    {TokenKind::interleave, ExprKind::interleave},
    {TokenKind::internal_choice, ExprKind::internal_choice},
    {TokenKind::external_choice, ExprKind::external_choice},
    {TokenKind::interrupt, ExprKind::interrupt},
    {TokenKind::sliding_choice, ExprKind::sliding_choice},
    {TokenKind::semicolon, ExprKind::sequential},
    {TokenKind::ampersand, ExprKind::guard},
    {TokenKind::dot, ExprKind::dot},
    {TokenKind::or_, ExprKind::or_},
    {TokenKind::and_, ExprKind::and_},
    {TokenKind::equal, ExprKind::equal},
    {TokenKind::not_equal, ExprKind::not_equal},
    {TokenKind::less, ExprKind::less},
    {TokenKind::less_equal, ExprKind::less_equal},
    {TokenKind::greater, ExprKind::greater},
    {TokenKind::greater_equal, ExprKind::greater_equal},
    {TokenKind::plus, ExprKind::add},
    {TokenKind::minus, ExprKind::subtract},
    {TokenKind::star, ExprKind::multiply},
    {TokenKind::slash, ExprKind::divide},
    {TokenKind::percent, ExprKind::modulo},
    {TokenKind::caret, ExprKind::concat},
};

}  // namespace

Operator make_prefix(ParseState& state, Span span, Token token) {
  switch (token.kind) {
    case TokenKind::not_: return prefix_operator(state, ExprKind::not_, span);
    case TokenKind::minus: return prefix_operator(state, ExprKind::negate, span);
    default: assert(token.kind == TokenKind::hash); return prefix_operator(state, ExprKind::length, span);
  }
}

Operator make_let(ParseState& state, Span span, std::vector<DeclId> decls) {
  Operator op = prefix_operator(state, ExprKind::let, span);
  op.decls = state.script().decl_lists.add(decls);
  return op;
}

Operator make_if(ParseState& state, Span span, ExprId condition, ExprId then) {
  return prefix_operator(state, ExprKind::if_, span, {condition, then});
}

Operator make_lambda(ParseState& state, Span span, Exprs parameters) {
  Operator op = prefix_operator(state, ExprKind::lambda, span);
  op.patterns = to_patterns(state, parameters);
  return op;
}

Operator make_replicated(ParseState& state, Span span, Token token, Statements statements) {
  ExprKind kind = ExprKind::rep_external;
  if (token.kind == TokenKind::internal_choice) kind = ExprKind::rep_internal;
  if (token.kind == TokenKind::interleave) kind = ExprKind::rep_interleave;
  if (token.kind == TokenKind::semicolon) kind = ExprKind::rep_sequential;
  return prefix_operator(state, kind, span, {}, statements);
}

Operator make_rep_parallel(ParseState& state, Span span, ExprId set, Statements statements) {
  return prefix_operator(state, ExprKind::rep_parallel, span, {set}, statements);
}

Operator make_rep_alphabetised(ParseState& state, Span span, Statements statements, ExprId alphabet) {
  return prefix_operator(state, ExprKind::rep_alphabetised, span, {alphabet}, statements);
}

Operator make_rep_sync_external(ParseState& state, Span span, ExprId set, Statements statements) {
  return prefix_operator(state, ExprKind::rep_sync_external, span, {set}, statements);
}

Operator make_rep_link(ParseState& state, Span span, Pairs ties, Statements of_ties, Statements statements) {
  Exprs inside;
  for (const Pair& tie : ties) inside.insert(inside.end(), {tie.left, tie.right});
  Operator op = prefix_operator(state, ExprKind::rep_link, span, inside, statements);
  op.tie_statements = state.script().statement_lists.add(of_ties);
  return op;
}

Operator make_infix(ParseState& state, Span span, Token token) {
  for (const InfixRow& row : infix_rows) {
    if (row.token != token.kind) continue;
    Operator op = infix_operator(state, row.kind, span);
    op.also = token.kind == TokenKind::double_at;
    return op;
  }
  assert(false && "the grammar takes no other token for an infix operator");
  return {};
}

Operator make_prefix_arrow(ParseState& state, Span, std::vector<FieldId> fields, Token arrow) {
  Operator op = infix_operator(state, ExprKind::prefix, arrow.span);
  op.fields = state.script().field_lists.add(fields);
  return op;
}

Operator make_parallel(ParseState& state, Span span, ExprId set, Token closer) {
  const bool exception = closer.kind == TokenKind::bar_greater;
  return infix_operator(state, exception ? ExprKind::exception : ExprKind::parallel, span, {set});
}

Operator make_bracketed(ParseState& state, Span span, ExprId first, BracketRest rest) {
  rest.operands.insert(rest.operands.begin(), first);
  Operator op = infix_operator(state, rest.kind, span, rest.operands);
  op.statements = state.script().statement_lists.add(rest.statements);
  return op;
}

Operator make_sync_external(ParseState& state, Span span, ExprId set) {
  return infix_operator(state, ExprKind::sync_external, span, {set});
}

Operator make_sync_interrupt(ParseState& state, Span span, ExprId set) {
  return infix_operator(state, ExprKind::sync_interrupt, span, {set});
}

BracketRest make_alphabet_rest(ParseState&, Span, ExprId alphabet) { return {ExprKind::alphabetised, {alphabet}, {}}; }

BracketRest make_tie_rest(ParseState&, Span, ExprId right, Pairs more, Statements statements) {
  BracketRest rest{ExprKind::link, {right}, std::move(statements)};
  for (const Pair& tie : more) rest.operands.insert(rest.operands.end(), {tie.left, tie.right});
  return rest;
}

}  // namespace tryst::csp::grammar
