#include "frontend/csp/resolver.hpp"

#include "frontend/csp/bodies.hpp"
#include "frontend/csp/declarations.hpp"
#include "frontend/csp/elaboration.hpp"
#include "frontend/csp/module_cycles.hpp"

namespace tryst::csp {

namespace {

// The channels of a list and of what is in it, without those of modules that are only there to be instantiated.
void collect_channels(const std::vector<DeclId>& list, Typed& typed) {
  for (const DeclId d : list) {
    const Decl& decl = typed.script.decls[d];
    if (decl.kind == DeclKind::channel)
      for (std::size_t i = 0; i < decl.names.size(); ++i) typed.channels.push_back(declared(typed, d, i));
    if (decl.kind == DeclKind::module && !decl.patterns.empty()) continue;
    collect_channels(decl.inner, typed);
    collect_channels(decl.exported, typed);
  }
}

}  // namespace

void fit_tables(Typed& typed) {
  const Script& script = typed.script;
  typed.expr_uses.resize(script.exprs.size(), no_id<BindingId>);
  typed.pattern_names.resize(script.patterns.size(), no_id<BindingId>);
  typed.type_uses.resize(script.types.size(), no_id<BindingId>);
  typed.decl_bindings_first.resize(script.decls.size(), no_id<BindingId>);
  typed.decl_uses.resize(script.decls.size());
  typed.timed_section.resize(script.decls.size(), no_id<TimedId>);
}

Typed resolve(Script script, const SourceSet& sources, Diagnostics& diagnostics) {
  Typed typed;
  typed.script = std::move(script);
  add_builtins(typed);
  fit_tables(typed);
  Resolution resolution(typed, sources, diagnostics);
  declare_script(resolution);
  const std::size_t errors_before = diagnostics.error_count();
  Elaboration elaboration(resolution);
  elaboration.elaborate_all();
  const bool elaborated = diagnostics.error_count() == errors_before;
  Bodies(resolution).script();
  elaboration.complete_all();
  if (elaborated) check_module_cycles(resolution);
  collect_channels(typed.script.top, typed);
  return typed;
}

bool resolve_expression(ExprId e, Typed& typed, const SourceSet& sources, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  fit_tables(typed);
  Resolution resolution(typed, sources, diagnostics);
  Bodies(resolution).expression(e);
  return diagnostics.error_count() == errors_before;
}

}  // namespace tryst::csp
