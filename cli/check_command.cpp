#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/decide.hpp"
#include "cli/decide_all.hpp"
#include "cli/interruption.hpp"
#include "cli/output.hpp"
#include "cli/pi_decide.hpp"
#include "cli/script.hpp"

namespace tryst::cli {

namespace {

ExitStatus check_file(const std::string& path, const Options& options, const Terminal& terminal,
                      const RunLimits& limits, ReportWriter& writer, std::string& certificates) {
  SourceSet sources;
  const auto script = load_script(path, sources);
  print_diagnostics(script->diagnostics, sources, options, terminal);
  FileReport file{path, {}, reported(script->diagnostics, sources)};
  ProgressLine progress(options, terminal);
  Decider decider(*script, options, limits, progress);
  return decide_all(*script, std::move(file), list_assertions(*script), options, writer, [&](ListedAssertion& each) {
    decider.decide(each.report, script->typed.script.assertions[static_cast<csp::AssertionId>(each.id)]);
    certificates += each.report.certificate;
  });
}

ExitStatus check_pi_file(const std::string& path, const Options& options, const Terminal& terminal,
                         const RunLimits& limits, ReportWriter& writer) {
  SourceSet sources;
  const auto script = load_pi_script(path, sources);
  print_diagnostics(script->diagnostics, sources, options, terminal);
  FileReport file{path, {}, reported(script->diagnostics, sources)};
  ProgressLine progress(options, terminal);
  PiDecider decider(*script, options, limits, progress);
  if (script->usable() && !options.list) file.outputs = decider.outputs();
  return decide_all(*script, std::move(file), list_pi_assertions(*script), options, writer, [&](ListedAssertion& each) {
    decider.decide(each.report, script->tree.commands[static_cast<pi::CommandId>(each.id)]);
  });
}

}  // namespace

ExitStatus check_command(const Options& options, const Terminal& terminal) {
  const RunLimits limits(options);
  ReportWriter writer(options, terminal);
  ExitStatus worst = ExitStatus::holds;
  std::string certificates;  // of all files
  catch_interruptions();
  for (const std::string& path : options.arguments) {
    worst = worse(worst, is_pi_file(path) ? check_pi_file(path, options, terminal, limits, writer)
                                          : check_file(path, options, terminal, limits, writer, certificates));
    if (worst == ExitStatus::interrupted) break;
  }
  writer.end();
  if (!options.certificate.empty()) write_result(options.certificate, certificates);
  return worst;
}

}  // namespace tryst::cli
