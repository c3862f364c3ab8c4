#include "frontend/csp/grammar/depths.hpp"

#include <algorithm>
#include <cassert>

namespace tryst::csp::grammar {

Depths::Depths(const Script& script)
    : script_(script),
      exprs_(script.exprs.size(), 1),
      patterns_(script.patterns.size(), 1),
      types_(script.types.size(), 1),
      decls_(script.decls.size(), 1) {}

int Depths::put(Column& column, int deepest_child) {
  column.push_back(static_cast<std::uint16_t>(std::min(deepest_child, depth_max) + 1));
  return column.back();
}

template <class Id>
int Depths::deepest(const Column& column, Id node) {
  return node == no_id<Id> ? 0 : column[index(node)];
}

template <class Id>
int Depths::deepest(const Column& column, std::span<const Id> nodes) {
  int depth = 0;
  for (const Id node : nodes) depth = std::max(depth, deepest(column, node));
  return depth;
}

int Depths::deepest(Range<StatementId> statements) const {
  int depth = 0;
  for (const StatementId s : script_.statement_lists[statements]) {
    const Statement& statement = script_.statements[s];
    depth = std::max({depth, deepest(patterns_, statement.pattern), deepest(exprs_, statement.expr)});
  }
  return depth;
}

int Depths::deepest(Range<FieldId> fields) const {
  int depth = 0;
  for (const FieldId f : script_.field_lists[fields]) {
    const Field& field = script_.fields[f];
    depth = std::max({depth, deepest(patterns_, field.pattern), deepest(exprs_, field.expr)});
  }
  return depth;
}

int Depths::deepest(const Clause& clause) const {
  int depth = deepest(exprs_, clause.body);
  for (const std::vector<PatternId>& group : clause.parameters)
    depth = std::max(depth, deepest(patterns_, std::span(group)));
  return depth;
}

int Depths::deepest(const Assertion& a) const {
  return std::max(
      {deepest(exprs_, a.left), deepest(exprs_, a.right), deepest(exprs_, a.trace), deepest(exprs_, a.tau_priority)});
}

int Depths::add(const Expr& expr) {
  assert(exprs_.size() == script_.exprs.size());
  const int inside = std::max({deepest(exprs_, script_.expr_lists[expr.operands]), deepest(expr.statements),
                               deepest(expr.tie_statements), deepest(expr.fields),
                               deepest(patterns_, script_.pattern_lists[expr.patterns]),
                               deepest(decls_, script_.decl_lists[expr.decls])});
  const std::uint32_t statements = expr.statements.count + expr.tie_statements.count;
  return put(exprs_, inside + static_cast<int>(std::min<std::uint32_t>(statements, depth_max)));
}

int Depths::add(const Pattern& pattern) {
  assert(patterns_.size() == script_.patterns.size());
  return put(patterns_, deepest(patterns_, script_.pattern_lists[pattern.parts]));
}

int Depths::add(const TypeExpr& type) {
  assert(types_.size() == script_.types.size());
  return put(types_, deepest(types_, script_.type_lists[type.parts]));
}

int Depths::add(const Decl& decl) {
  assert(decls_.size() == script_.decls.size());
  int depth =
      std::max({deepest(exprs_, decl.expr), deepest(types_, decl.type), deepest(patterns_, std::span(decl.patterns)),
                deepest(decls_, std::span(decl.inner)), deepest(decls_, std::span(decl.exported))});
  for (const Clause& clause : decl.clauses) depth = std::max(depth, deepest(clause));
  for (const Constructor& constructor : decl.constructors) depth = std::max(depth, deepest(exprs_, constructor.type));
  if (decl.assertion != no_id<AssertionId>) depth = std::max(depth, deepest(script_.assertions[decl.assertion]));
  return put(decls_, depth);
}

}  // namespace tryst::csp::grammar
