#include "semantics/csp/lint.hpp"

namespace tryst::csp {

std::vector<ExprId> parts_of(const Typed& typed, ExprId e) {
  const Script& script = typed.script;
  const Expr& x = script.exprs[e];
  const auto operands = script.operands(e);
  std::vector<ExprId> parts(operands.begin(), operands.end());
  for (const Range<StatementId> list : {x.statements, x.tie_statements})
    for (const StatementId s : script.statement_lists[list]) parts.push_back(script.statements[s].expr);
  for (const FieldId f : script.field_lists[x.fields])
    if (script.fields[f].expr != no_id<ExprId>) parts.push_back(script.fields[f].expr);
  for (const DeclId d : script.decl_lists[x.decls]) {
    for (const Clause& clause : script.decls[d].clauses) parts.push_back(clause.body);
    if (script.decls[d].expr != no_id<ExprId>) parts.push_back(script.decls[d].expr);
  }
  return parts;
}

void for_each_expression(const Typed& typed, ExprId e, const std::function<void(ExprId)>& visit) {
  std::vector<ExprId> open{e};
  while (!open.empty()) {
    const ExprId next = open.back();
    open.pop_back();
    visit(next);
    const std::vector<ExprId> parts = parts_of(typed, next);
    open.insert(open.end(), parts.begin(), parts.end());
  }
}

void lint(const Typed& typed, Expressions& expressions, const Impossible& impossible, Diagnostics& diagnostics) {
  lint_conditions(typed, expressions, impossible, diagnostics);
  lint_equations(typed, diagnostics);
  lint_parallels(typed, diagnostics);
}

}  // namespace tryst::csp
