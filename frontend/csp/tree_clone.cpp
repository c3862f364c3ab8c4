#include "frontend/csp/tree_clone.hpp"

namespace tryst::csp {

void TreeClone::count() {
  if (nodes_left_ == 0) throw CloneLimit::nodes;
  --nodes_left_;
}

template <class Id>
Range<Id> TreeClone::range(Pool<Id>& pool, Range<Id> ids, Id (TreeClone::*copy)(Id)) {
  if (ids.empty()) return {};
  const auto originals = pool[ids];
  std::vector<Id> copies(originals.begin(), originals.end());  // the pool grows meanwhile
  for (Id& id : copies) id = (this->*copy)(id);
  return pool.add(copies);
}

// Nodes are copied out of their arena first: it grows while their children are copied.

ExprId TreeClone::expr(ExprId e) {
  if (e == no_id<ExprId>) return e;
  count();
  Expr node = script_.exprs[e];
  node.operands = range(script_.expr_lists, node.operands, &TreeClone::expr);
  node.statements = range(script_.statement_lists, node.statements, &TreeClone::statement);
  node.tie_statements = range(script_.statement_lists, node.tie_statements, &TreeClone::statement);
  node.patterns = range(script_.pattern_lists, node.patterns, &TreeClone::pattern);
  node.fields = range(script_.field_lists, node.fields, &TreeClone::field);
  node.decls = range(script_.decl_lists, node.decls, &TreeClone::decl);
  const bool is_name = node.kind == ExprKind::name;
  const ExprId copy = script_.exprs.add(std::move(node));
  if (is_name) pairs_.names.emplace_back(e, copy);
  return copy;
}

PatternId TreeClone::pattern(PatternId p) {
  if (p == no_id<PatternId>) return p;
  count();
  Pattern node = script_.patterns[p];
  node.parts = range(script_.pattern_lists, node.parts, &TreeClone::pattern);
  const bool is_name = node.kind == PatternKind::name;
  const PatternId copy = script_.patterns.add(std::move(node));
  if (is_name) pairs_.patterns.emplace_back(p, copy);
  return copy;
}

StatementId TreeClone::statement(StatementId s) {
  Statement node = script_.statements[s];
  node.pattern = pattern(node.pattern);
  node.expr = expr(node.expr);
  return script_.statements.add(node);
}

FieldId TreeClone::field(FieldId f) {
  Field node = script_.fields[f];
  node.expr = expr(node.expr);
  node.pattern = pattern(node.pattern);
  return script_.fields.add(node);
}

TypeExprId TreeClone::type(TypeExprId t) {
  if (t == no_id<TypeExprId>) return t;
  count();
  TypeExpr node = script_.types[t];
  node.parts = range(script_.type_lists, node.parts, &TreeClone::type);
  const bool is_name = node.kind == TypeExprKind::name;
  const TypeExprId copy = script_.types.add(std::move(node));
  if (is_name) pairs_.types.emplace_back(t, copy);
  return copy;
}

std::vector<DeclId> TreeClone::decls(const std::vector<DeclId>& originals) {
  std::vector<DeclId> copies;
  copies.reserve(originals.size());
  for (const DeclId d : originals) copies.push_back(decl(d));
  return copies;
}

DeclId TreeClone::decl(DeclId d) {
  count();
  Decl node = script_.decls[d];
  assert(node.kind != DeclKind::assertion && "the grammar has no assertions in modules and lets");
  for (Clause& clause : node.clauses) {
    for (auto& group : clause.parameters)
      for (PatternId& p : group) p = pattern(p);
    clause.body = expr(clause.body);
  }
  for (Constructor& c : node.constructors) c.type = expr(c.type);
  for (PatternId& p : node.patterns) p = pattern(p);
  node.expr = expr(node.expr);
  node.type = type(node.type);
  if (++modules_around_ > nesting_max) throw CloneLimit::nesting;
  node.inner = decls(node.inner);
  node.exported = decls(node.exported);
  --modules_around_;
  const DeclId copy = script_.decls.add(std::move(node));
  pairs_.decls.emplace_back(d, copy);
  return copy;
}

}  // namespace tryst::csp
