#include "frontend/csp/typing.hpp"

#include <algorithm>
#include <set>

#include "frontend/csp/inference.hpp"
#include "frontend/csp/resolver.hpp"
#include "frontend/csp/type_printer.hpp"

namespace tryst::csp {

namespace {

// In the order of the text. Clones of a module repeat its mistakes at the same places: the first one counts.
void report_in_order(std::vector<Diagnostic> found, Diagnostics& diagnostics) {
  std::stable_sort(found.begin(), found.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.span.begin < b.span.begin; });
  std::set<std::pair<std::uint32_t, std::string_view>> seen;
  for (Diagnostic& d : found)
    if (seen.emplace(d.span.begin, d.code).second) diagnostics.report(std::move(d));
}

template <class F>
void infer_with_limit(Typed& typed, const SourceSet& sources, Diagnostics& diagnostics, F&& run) {
  std::vector<Diagnostic> found;
  Inference inference(typed, sources, found);
  try {
    run(inference);
  } catch (const TypeLimit&) {
    found.push_back({.code = "P0310",
                     .message = "the types here grow beyond all limits",
                     .span = inference.place(),
                     .label = "while this was being typed",
                     .help = "annotate the functions involved, or split them"});
  }
  report_in_order(std::move(found), diagnostics);
}

}  // namespace

Typed check_types(Script script, const SourceSet& sources, Diagnostics& diagnostics, Phase until) {
  const std::size_t errors_before = diagnostics.error_count();
  Typed typed = resolve(std::move(script), sources, diagnostics);
  if (until == Phase::types && diagnostics.error_count() == errors_before)
    infer_with_limit(typed, sources, diagnostics, [](Inference& inference) { inference.script(); });
  return typed;
}

bool check_expression(ExprId e, Typed& typed, const SourceSet& sources, Diagnostics& diagnostics) {
  if (!resolve_expression(e, typed, sources, diagnostics)) return false;
  const std::size_t errors_before = diagnostics.error_count();
  infer_with_limit(typed, sources, diagnostics, [e](Inference& inference) { inference.expression(e); });
  return diagnostics.error_count() == errors_before;
}

bool may_be_process(const Typed& typed, TypeId t) {
  t = typed.types.resolved(t);
  if (t == TypeTable::process) return true;
  const auto refuses = [&](Constraint c) { return contains(typed.types[t].constraints, c); };
  return typed.types.unbound(t) && !typed.types[t].rigid && !refuses(Constraint::eq) && !refuses(Constraint::ord) &&
         !refuses(Constraint::yieldable);
}

std::string print(const Typed& typed, TypeId t) { return TypePrinter(typed).scheme(t); }

}  // namespace tryst::csp
