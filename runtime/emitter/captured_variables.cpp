#include "runtime/emitter/captured_variables.hpp"

namespace tryst::emitter {

using csp::Binding;
using csp::BindingId;
using csp::BindingKind;
using csp::DeclId;
using csp::ExprId;

void CapturedVariables::visit(ExprId e, Part& part) {
  const csp::Script& script = typed_.script;
  const csp::Expr& expr = script.exprs[e];
  if (expr.kind == csp::ExprKind::name) {
    const BindingId use = typed_.expr_uses[index(e)];
    const Binding& binding = typed_.bindings[use];
    const bool is_variable = binding.kind == BindingKind::variable && binding.decl == no_id<DeclId>;
    const bool is_definition = binding.kind == BindingKind::function || binding.kind == BindingKind::variable;
    if (!binding.top_level && is_variable) part.named.insert(use);
    if (!binding.top_level && !is_variable && is_definition) part.used.insert(binding.decl);
  }
  for (const ExprId operand : script.operands(e)) visit(operand, part);
  visit(expr.statements, part);
  visit(expr.tie_statements, part);
  for (const csp::PatternId p : script.pattern_lists[expr.patterns]) visit(p, part);
  for (const csp::FieldId f : script.field_lists[expr.fields]) {
    if (script.fields[f].expr != no_id<ExprId>) visit(script.fields[f].expr, part);
    if (script.fields[f].pattern != no_id<csp::PatternId>) visit(script.fields[f].pattern, part);
  }
  for (const DeclId d : script.decl_lists[expr.decls]) visit(d, part);
}

void CapturedVariables::visit(csp::PatternId p, Part& part) {
  const csp::Pattern& pattern = typed_.script.patterns[p];
  if (pattern.kind == csp::PatternKind::name) part.bound.insert(typed_.pattern_names[index(p)]);
  for (const csp::PatternId each : typed_.script.pattern_lists[pattern.parts]) visit(each, part);
}

void CapturedVariables::visit(Range<csp::StatementId> statements, Part& part) {
  for (const csp::StatementId s : typed_.script.statement_lists[statements]) {
    const csp::Statement& statement = typed_.script.statements[s];
    if (statement.generator()) visit(statement.pattern, part);
    visit(statement.expr, part);
  }
}

void CapturedVariables::visit(DeclId d, Part& part) {
  const csp::Decl& decl = typed_.script.decls[d];
  for (std::size_t i = 0; i < decl.names.size() && typed_.decl_bindings_first[index(d)] != no_id<BindingId>; ++i)
    part.bound.insert(static_cast<BindingId>(index(typed_.decl_bindings_first[index(d)]) + i));
  for (const csp::PatternId p : decl.patterns) visit(p, part);
  for (const csp::Clause& clause : decl.clauses) {
    for (const auto& group : clause.parameters)
      for (const csp::PatternId p : group) visit(p, part);
    visit(clause.body, part);
  }
  if (decl.expr != no_id<ExprId>) visit(decl.expr, part);
  for (const DeclId inner : decl.inner) visit(inner, part);
}

const std::set<BindingId>& CapturedVariables::of(DeclId d) {
  if (!captured_.contains(d)) solve(d);
  return captured_[d];
}

// Of a definition, and of all that it uses: more, until nothing changes.
void CapturedVariables::solve(DeclId start) {
  std::vector<DeclId> found{start};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto [at, added] = parts_.try_emplace(found[i]);
    if (!added) continue;
    visit(found[i], at->second);
    captured_[found[i]];
    for (const DeclId used : at->second.used) found.push_back(used);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [d, part] : parts_) {
      std::set<BindingId>& captured = captured_[d];
      const std::size_t before = captured.size();
      captured.insert(part.named.begin(), part.named.end());
      for (const DeclId used : part.used) captured.insert(captured_[used].begin(), captured_[used].end());
      for (const BindingId bound : part.bound) captured.erase(bound);
      changed = changed || captured.size() != before;
    }
  }
}

bool CapturedVariables::is_closed(ExprId e) {
  Part part;
  visit(e, part);
  std::erase_if(part.named, [&](BindingId b) { return part.bound.contains(b); });
  std::erase_if(part.used, [&](DeclId d) { return part.bound.contains(typed_.decl_bindings_first[index(d)]); });
  return part.named.empty() && part.used.empty();
}

std::set<BindingId> CapturedVariables::of(ExprId e) {
  Part part;
  visit(e, part);
  std::set<BindingId> result = part.named;
  for (const DeclId used : part.used) result.insert(of(used).begin(), of(used).end());
  for (const BindingId bound : part.bound) result.erase(bound);
  return result;
}

}  // namespace tryst::emitter
