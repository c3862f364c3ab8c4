#include <fmt/format.h>

#include "checker/solver.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/pi_script.hpp"
#include "cli/report_writer.hpp"
#include "cli/script.hpp"
#include "frontend/printable.hpp"
#include "semantics/csp/lint.hpp"

namespace tryst::cli {

namespace {

// Prints and writes what was wrong with a script of either language.
template <class AnyScript>
ExitStatus report(const AnyScript& script, const SourceSet& sources, const Options& options, const Terminal& terminal) {
  print_diagnostics(script.diagnostics, sources, options, terminal);
  const FileReport file{options.arguments.front(), {}, reported(script.diagnostics, sources)};
  const std::string document = diagnostics_document(file, options.format);
  if (!document.empty()) write_result(options.output, document);
  const bool wrong = !script.usable() || (options.deny_warnings && script.diagnostics.has_warnings());
  return wrong ? ExitStatus::specification : ExitStatus::holds;
}

void look_for_lint(Script& script) {
  constexpr double seconds_max = 1;  // for one condition
  Expressions expressions;
  const auto impossible = [&](const std::vector<ExpressionId>& conditions) {
    Solver solver(expressions);
    for (const ExpressionId condition : conditions) solver.require(condition, 0);
    return solver.check(seconds_max) == Solver::Answer::no;
  };
  csp::lint(script.typed, expressions, impossible, script.diagnostics);
}

}  // namespace

ExitStatus typecheck_command(const Options& options, const Terminal& terminal) {
  SourceSet sources;
  const std::string& path = options.arguments.front();
  if (is_pi_file(path)) return report(*load_pi_script(path, sources, options.until), sources, options, terminal);
  const auto script = load_script(path, sources, options.until);
  if (options.lint && script->usable() && options.until == Until::types) look_for_lint(*script);
  return report(*script, sources, options, terminal);
}

}  // namespace tryst::cli
