#include "cli/claims.hpp"

#include <fmt/format.h>

#include "cli/decide.hpp"
#include "cli/decide_all.hpp"
#include "cli/interruption.hpp"
#include "cli/pi_decide.hpp"

namespace tryst::cli {

namespace {

// `decide` has the decider of the script's language decide one assertion.
template <class AnyDecider, class AnyScript, class List, class Decide>
Claims claims_of(const std::string& path, AnyScript& script, const SourceSet& sources, const List& list,
                 const Options& options, const Terminal& terminal, const Decide& decide) {
  Claims claims;
  if (!script.usable()) {
    print_diagnostics(script.diagnostics, sources, options, terminal);
    claims.worst = ExitStatus::specification;
    return claims;
  }
  const RunLimits limits(options);
  ReportWriter writer(options, terminal);
  ProgressLine progress(options, terminal);
  AnyDecider decider(script, options, limits, progress);
  catch_interruptions();
  claims.worst = decide_all(script, {path, {}, reported(script.diagnostics, sources)}, list(script), options, writer,
                            [&](ListedAssertion& each) {
                              decide(decider, each);
                              claims.list.push_back({each.report.text, name(each.report.status)});
                            });
  writer.end();
  return claims;
}

}  // namespace

bool Claims::permit(const Options& options) const {
  const bool unverified = worst == ExitStatus::fails || worst == ExitStatus::inconclusive;
  if (verified() || (unverified && options.unverified)) return true;
  if (unverified)
    fmt::print(stderr,
               "not emitted: an assertion does not hold; `--assert` chooses those that matter, `--unverified` emits "
               "all the same\n");
  return false;
}

Claims decide_claims(const std::string& path, const Options& options, const Terminal& terminal) {
  Options quiet_about_files = options;
  quiet_about_files.output.clear();  // `--output` is the project's folder
  SourceSet sources;
  if (is_pi_file(path)) {
    const auto script = load_pi_script(path, sources);
    return claims_of<PiDecider>(path, *script, sources, list_pi_assertions, quiet_about_files, terminal,
                                [&](PiDecider& decider, ListedAssertion& each) {
                                  decider.decide(each.report,
                                                 script->tree.commands[static_cast<pi::CommandId>(each.id)]);
                                });
  }
  const auto script = load_script(path, sources);
  return claims_of<Decider>(path, *script, sources, list_assertions, quiet_about_files, terminal,
                            [&](Decider& decider, ListedAssertion& each) {
                              decider.decide(each.report,
                                             script->typed.script.assertions[static_cast<csp::AssertionId>(each.id)]);
                            });
}

}  // namespace tryst::cli
