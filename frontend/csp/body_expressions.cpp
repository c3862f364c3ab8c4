// Expressions and patterns of bodies.hpp.
#include <fmt/format.h>

#include "frontend/csp/bodies.hpp"
#include "frontend/csp/declarations.hpp"
#include "frontend/csp/pattern_check.hpp"

namespace tryst::csp {

void Bodies::expression(ExprId e) {
  const Expr& expr = script_.exprs[e];
  switch (expr.kind) {
    case ExprKind::name: return name(e);
    case ExprKind::lambda: return lambda(e);
    case ExprKind::let: return let(e);
    case ExprKind::prefix: return prefix(e);
    case ExprKind::rename: return replicated(e, 1);
    case ExprKind::link:
      if (timed_ != no_id<TimedId>) not_in_timed_sections("linked parallel", expr.operator_span);
      return replicated(e, 2);
    case ExprKind::rep_link:
      if (timed_ != no_id<TimedId>) not_in_timed_sections("linked parallel", expr.operator_span);
      return replicated_link(e);
    case ExprKind::rep_parallel:
    case ExprKind::rep_sync_external: return replicated(e, 1);
    default: return replicated(e, 0);
  }
}

void Bodies::name(ExprId e) {
  const Expr& expr = script_.exprs[e];
  const auto path = script_.symbol_lists[expr.path];
  const Lookup lookup = environment_.find(expr.symbol, path);
  if (!lookup.found())
    return resolution_.errors.not_found(lookup, NameErrors::Wanted::value, expr.symbol, path, expr.span);
  if (typed_.bindings[lookup.binding].kind == BindingKind::module)
    return resolution_.errors.wrong_kind(lookup.binding, NameErrors::Wanted::value, expr.span);
  typed_.expr_uses[index(e)] = lookup.binding;
  use(lookup.binding, expr.span);
}

void Bodies::use(BindingId b, Span span) {
  if (resolution_.instances.empty() || user_ == no_id<DeclId> || !typed_.bindings[b].top_level) return;
  resolution_.uses.push_back({user_, b, span});
}

void Bodies::lambda(ExprId e) {
  const Expr& expr = script_.exprs[e];
  const Environment::Mark mark = environment_.mark();
  const Environment::Group group = environment_.new_group();
  for (const PatternId p : script_.pattern_lists[expr.patterns]) {
    pattern(p, group);
    check_pattern(script_, p, false, resolution_.diagnostics);
  }
  expression(operands(e).front());
  environment_.restore(mark);
}

void Bodies::let(ExprId e) {
  const auto range = script_.decl_lists[script_.exprs[e].decls];
  const std::vector<DeclId> decls(range.begin(), range.end());
  const Environment::Mark mark = environment_.mark();
  const Environment::Group group = environment_.new_group();
  declare_locals(decls, group);
  list(decls, group);
  expression(operands(e).front());
  environment_.restore(mark);
}

void Bodies::prefix(ExprId e) {
  const Expr& expr = script_.exprs[e];
  expression(operands(e)[0]);
  check_fields(expr);
  const Environment::Mark mark = environment_.mark();
  const Environment::Group group = environment_.new_group();
  for (const FieldId f : script_.field_lists[expr.fields]) {
    const Field& field = script_.fields[f];
    if (field.expr != no_id<ExprId>) expression(field.expr);
    if (field.pattern == no_id<PatternId>) continue;
    pattern(field.pattern, group);
    check_pattern(script_, field.pattern, true, resolution_.diagnostics);
  }
  expression(operands(e)[1]);
  environment_.restore(mark);
}

// `c?x$y` stands for an internal choice of y around an external one of x, so y has to be chosen before x is known.
void Bodies::check_fields(const Expr& expr) {
  const Field* before = nullptr;
  for (const FieldId f : script_.field_lists[expr.fields]) {
    const Field& field = script_.fields[f];
    if (field.kind != FieldKind::nondet_input) {
      if (!before) before = &field;
      continue;
    }
    if (timed_ != no_id<TimedId>) not_in_timed_sections("a nondeterministic input `$`", field.span);
    if (!before) continue;
    resolution_.diagnostics.report(
        {"P0215",
         Severity::error,
         fmt::format("a `$` field cannot follow a `{}` field", before->kind == FieldKind::input ? '?' : '!'),
         field.span,
         "chosen before the fields on its left",
         {{before->span, "this field comes first"}},
         "write the `$` fields first, or choose with `|~| x:S @ ..`"});
    return;
  }
}

void Bodies::not_in_timed_sections(std::string_view what, Span span) {
  resolution_.diagnostics.report({"P0216", Severity::error, fmt::format("{} cannot be used in a `Timed` section", what),
                                  span, "has no timed meaning"});
}

// The first `outside` operands are out of the scope of the statements.
void Bodies::replicated(ExprId e, std::size_t outside) {
  const Expr& expr = script_.exprs[e];
  for (const ExprId operand : operands(e).first(outside)) expression(operand);
  const Environment::Mark mark = environment_.mark();
  statements(expr.statements);
  for (const ExprId operand : operands(e).subspan(outside)) expression(operand);
  environment_.restore(mark);
}

// `[c<->d | ties' statements] statements @ P`: all ties lie in the scope of both.
void Bodies::replicated_link(ExprId e) {
  const Expr& expr = script_.exprs[e];
  const Environment::Mark mark = environment_.mark();
  statements(expr.statements);
  expression(operands(e).front());
  statements(expr.tie_statements);
  for (const ExprId tie : operands(e).subspan(1)) expression(tie);
  environment_.restore(mark);
}

void Bodies::statements(Range<StatementId> range) {
  if (range.empty()) return;
  const Environment::Group group = environment_.new_group();
  for (const StatementId s : script_.statement_lists[range]) {
    const Statement& statement = script_.statements[s];
    expression(statement.expr);
    if (!statement.generator()) continue;
    pattern(statement.pattern, group);
    check_pattern(script_, statement.pattern, false, resolution_.diagnostics);
  }
}

// Variables become locals of `group`; those of the script's and modules' own patterns have been declared already.
void Bodies::pattern(PatternId p, Environment::Group group, DeclId d) {
  const Pattern& pattern_node = script_.patterns[p];
  for (const PatternId part : script_.pattern_lists[pattern_node.parts]) pattern(part, group, d);
  if (pattern_node.kind != PatternKind::name) return;
  BindingId& meaning = typed_.pattern_names[index(p)];
  if (meaning != no_id<BindingId>) return;
  const auto path = script_.symbol_lists[pattern_node.path];
  const Lookup lookup = environment_.find(pattern_node.symbol, path);
  if (is_constant(lookup, typed_)) {
    meaning = lookup.binding;
    return use(meaning, pattern_node.span);
  }
  if (!path.empty()) return qualified_variable(lookup, pattern_node);
  if (const BindingId first = environment_.bound_by(group, pattern_node.symbol); first != no_id<BindingId>) {
    const Binding& earlier = typed_.bindings[first];
    if (earlier.decl == d) return report_repeated(resolution_, pattern_node.symbol, earlier.span, pattern_node.span);
    return report_duplicate(resolution_, pattern_node.symbol, earlier.decl, earlier.span, d, pattern_node.span);
  }
  meaning = add_binding(typed_, BindingKind::variable, {pattern_node.symbol, pattern_node.span}, d);
  environment_.bind(pattern_node.symbol, meaning, group);
}

void Bodies::qualified_variable(const Lookup& lookup, const Pattern& p) {
  const auto path = script_.symbol_lists[p.path];
  if (!lookup.found()) return resolution_.errors.not_found(lookup, NameErrors::Wanted::value, p.symbol, path, p.span);
  resolution_.diagnostics.report({"P0217",
                                  Severity::error,
                                  fmt::format("`{}` is not a channel or constructor and cannot stand in a pattern",
                                              resolution_.errors.written(p.symbol, path)),
                                  p.span,
                                  "a qualified name must be a constant here",
                                  {{typed_.bindings[lookup.binding].span, "it is defined here"}}});
}

}  // namespace tryst::csp
