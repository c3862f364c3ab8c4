#include <fmt/format.h>

#include <sstream>

#include "checker/structural/certify.hpp"
#include "cli/arguments.hpp"
#include "cli/assertions.hpp"
#include "cli/commands.hpp"
#include "cli/interruption.hpp"
#include "cli/limits.hpp"
#include "cli/output.hpp"
#include "cli/script.hpp"
#include "frontend/printable.hpp"
#include "semantics/csp/compiled_network.hpp"
#include "semantics/script_error.hpp"

namespace tryst::cli {

namespace {

// What is wrong with a certificate of an assertion of the script; none: it is right.
std::optional<std::string> complaint(const Certificate& certificate, Script& script, Budget& budget) {
  for (const ListedAssertion& each : list_assertions(script)) {
    if (each.report.text != certificate.assertion || each.report.model != certificate.model) continue;
    const csp::Assertion& assertion = script.typed.script.assertions[static_cast<csp::AssertionId>(each.id)];
    const bool is_deadlock = assertion.kind == csp::AssertionKind::deadlock_free;
    if (!is_deadlock && assertion.kind != csp::AssertionKind::divergence_free) break;
    csp::Evaluator evaluator(script.typed, script.sources);
    evaluator.set_budget(&budget);
    const AssertedTerms asserted = evaluate_assertion(assertion, evaluator);
    csp::CompiledNetwork network(evaluator.terms(), evaluator, asserted.implementation, &budget,
                                 csp::CompiledNetwork::Around::component, csp::CompiledNetwork::Behind::component);
    const Claim claim = !is_deadlock                      ? Claim::no_divergence
                        : sees_divergence(asserted.model) ? Claim::neither
                                                          : Claim::no_deadlock;
    return refute_certificate(certificate, network, claim, budget);
  }
  return "the script does not ask that";
}

}  // namespace

ExitStatus certify_command(const Options& options, const Terminal& terminal) {
  std::istringstream file(read_input(options.arguments[0], std::string().max_size()));
  std::string error;
  const auto certificates = read_certificates(file, error);
  if (!certificates) throw UsageError(fmt::format("`{}`: {}", printable(options.arguments[0]), error));
  SourceSet sources;
  const auto script = load_script(options.arguments[1], sources);
  print_diagnostics(script->diagnostics, sources, options, terminal);
  if (!script->usable()) return ExitStatus::specification;
  catch_interruptions();
  const RunLimits limits(options);
  ExitStatus worst = ExitStatus::holds;
  std::string out;
  for (const Certificate& certificate : *certificates) {
    Budget budget(limits.next());
    try {
      const auto wrong = complaint(certificate, *script, budget);
      if (wrong) worst = worse(worst, ExitStatus::fails);
      const std::string proved = certificate.local ? "proved, also that nobody is blocked for ever" : "proved";
      out += fmt::format("{}  {}\n", printable(certificate.assertion), wrong ? "WRONG: " + *wrong : proved);
    } catch (const ScriptError& mistake) {
      print_diagnostic(mistake.diagnostic, sources, options, terminal);
      worst = worse(worst, ExitStatus::specification);
    }
  }
  write_result(options.output, out);
  return worst;
}

}  // namespace tryst::cli
