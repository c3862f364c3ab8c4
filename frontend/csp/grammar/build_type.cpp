// Builders of the grammar of types.
#include <algorithm>
#include <array>

#include "frontend/csp/grammar/build_declaration.hpp"

namespace tryst::csp::grammar {

namespace {

constexpr std::array<std::string_view, 5> constraint_names{"Eq", "Ord", "Complete", "Set", "Yieldable"};

TypeExprId add(ParseState& state, TypeExprKind kind, Span span, const Types& parts) {
  TypeExpr type{.kind = kind, .span = span};
  type.parts = state.script().type_lists.add(parts);
  return state.add(type);
}

}  // namespace

TypeExprId make_type_name(ParseState& state, Span span, Token first, std::vector<Token> rest) {
  TypeExpr type{.kind = TypeExprKind::name, .span = span, .symbol = first.symbol};
  if (!rest.empty()) {
    std::vector<Symbol> path{first.symbol};
    for (const Token& token : rest) path.push_back(token.symbol);
    type.symbol = path.back();
    path.pop_back();
    type.path = state.script().symbol_lists.add(path);
  }
  return state.add(type);
}

TypeExprId make_set_type(ParseState& state, Span span, TypeExprId item) {
  return add(state, TypeExprKind::set, span, {item});
}

TypeExprId make_sequence_type(ParseState& state, Span span, TypeExprId item) {
  return add(state, TypeExprKind::sequence, span, {item});
}

TypeExprId make_map_type(ParseState& state, Span span, TypeExprId key, TypeExprId value) {
  return add(state, TypeExprKind::map, span, {key, value});
}

TypeExprId make_paren_type(ParseState& state, Span span, std::optional<Types> items, std::optional<TypeExprId> result) {
  Types parts = std::move(items).value_or(Types{});
  if (result) {
    parts.push_back(*result);
    return add(state, TypeExprKind::function, span, parts);
  }
  if (parts.empty())
    state.complain("P0127", "there is no type without values", span, {}, "`()` needs a result, as in `() -> Proc`");
  return add(state, parts.size() == 1 ? TypeExprKind::paren : TypeExprKind::tuple, span, parts);
}

TypeExprId make_dot_type(ParseState& state, Span, Types parts) {
  TypeExprId type = parts.back();
  for (std::size_t i = parts.size() - 1; i-- > 0;) {
    const Span whole = cover(state.script().types[parts[i]].span, state.script().types[type].span);
    type = add(state, TypeExprKind::dot, whole, {parts[i], type});
  }
  return type;
}

TypeStep make_type_step(ParseState&, Span, Token arrow, TypeExprId right) {
  return {arrow.kind == TokenKind::yields ? TypeExprKind::dotable : TypeExprKind::extendable, right};
}

TypeExprId make_arrow_type(ParseState& state, Span, TypeExprId first, std::vector<TypeStep> steps) {
  if (steps.empty()) return first;
  TypeExprId type = steps.back().right;
  for (std::size_t i = steps.size(); i-- > 0;) {
    const TypeExprId left = i == 0 ? first : steps[i - 1].right;
    const TypeExpr& left_type = state.script().types[left];
    if (steps[i].kind == TypeExprKind::extendable && left_type.kind != TypeExprKind::name)
      state.complain("P0127", "only a type variable can stand before `=>*`", left_type.span);
    const Span whole = cover(left_type.span, state.script().types[type].span);
    type = add(state, steps[i].kind, whole, {left, type});
  }
  return type;
}

TypeConstraint make_constraint(ParseState& state, Span span, Token constraint, Token variable) {
  const std::string_view name = state.script().symbols.text(constraint.symbol);
  if (std::ranges::find(constraint_names, name) == constraint_names.end())
    state.complain("P0127", "`" + std::string(name) + "` is not a constraint on types", constraint.span, {},
                   "the constraints are `Eq`, `Ord`, `Complete`, `Set` and `Yieldable`");
  return {constraint.symbol, variable.symbol, span};
}

}  // namespace tryst::csp::grammar
