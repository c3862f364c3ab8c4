#include <fmt/format.h>

#include <cstdio>

#include "cli/commands.hpp"
#include "cli/interruption.hpp"
#include "cli/limits.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/script.hpp"
#include "frontend/printable.hpp"
#include "semantics/csp/evaluator.hpp"

namespace tryst::cli {

namespace {

// The value of one expression with a line end, appended to `values`, or what was wrong with it on standard error.
ExitStatus evaluate(Script& script, const std::string& name, const std::string& text, Budget& budget,
                    std::string& values, const Options& options, const Terminal& terminal) {
  Diagnostics diagnostics;
  const auto expr = add_expression(script, name, text, diagnostics);
  if (expr) {
    csp::Evaluator evaluator(script.typed, script.sources);
    evaluator.set_budget(&budget);
    try {
      values += evaluator.show(*expr) + "\n";
    } catch (const ScriptError& error) {
      diagnostics.report(error.diagnostic);
    }
  }
  print_diagnostics(diagnostics, script.sources, options, terminal);
  return diagnostics.has_errors() ? ExitStatus::specification : ExitStatus::holds;
}

}  // namespace

ExitStatus evaluate_command(const Options& options, const Terminal& terminal) {
  SourceSet sources;
  const auto script = load_script(options.arguments.front(), sources);
  print_diagnostics(script->diagnostics, sources, options, terminal);
  if (!script->usable()) return ExitStatus::specification;

  catch_interruptions();
  const RunLimits limits(options);
  std::string values;
  ExitStatus worst = ExitStatus::holds;
  for (std::size_t i = 1; i < options.arguments.size() && worst != ExitStatus::interrupted; ++i) {
    const std::string& text = options.arguments[i];
    ProgressLine progress(options, terminal);
    Budget budget(limits.next());
    progress.watch(budget, text);
    try {
      worst =
          worse(worst, evaluate(*script, fmt::format("<expression {}>", i), text, budget, values, options, terminal));
    } catch (const LimitReached& limit) {
      progress.clear();
      fmt::print(stderr, "inconclusive: `{}`: {}\n", printable(text), limits.reason(limit));
      worst = worse(worst, limit.interrupted ? ExitStatus::interrupted : ExitStatus::inconclusive);
    }
  }
  write_result(options.output, values);
  return worst;
}

}  // namespace tryst::cli
