#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/decide.hpp"
#include "cli/interruption.hpp"
#include "cli/output.hpp"
#include "cli/report_writer.hpp"
#include "cli/script.hpp"

namespace tryst::cli {

namespace {

// Decides the selected assertions of one file; stops after an interruption.
ExitStatus check_file(const std::string& path, const Options& options, const Terminal& terminal,
                      const RunLimits& limits, ReportWriter& writer) {
  SourceSet sources;
  const auto script = load_script(path, sources);
  print_diagnostics(script->diagnostics, sources, options, terminal);
  std::vector<ListedAssertion> chosen;
  if (script->usable()) chosen = select_assertions(list_assertions(*script), options.assertion);
  FileReport file{path, {}, reported(script->diagnostics, sources)};
  for (const ListedAssertion& each : chosen) file.assertions.push_back(each.report);
  writer.begin(std::move(file));
  if (!script->usable()) return ExitStatus::specification;
  if (options.list) return ExitStatus::holds;

  ProgressLine progress(options, terminal);
  Decider decider(*script, options, limits, progress);
  ExitStatus worst = ExitStatus::holds;
  for (ListedAssertion& each : chosen) {
    decider.decide(each.report, script->typed.script.assertions[each.id]);
    worst = worse(worst, each.report.exit_status());
    writer.decided(each.report);
    if (each.report.interrupted) break;
  }
  return worst;
}

}  // namespace

ExitStatus check_command(const Options& options, const Terminal& terminal) {
  const RunLimits limits(options);
  ReportWriter writer(options, terminal);
  ExitStatus worst = ExitStatus::holds;
  catch_interruptions();
  for (const std::string& path : options.arguments) {
    worst = worse(worst, check_file(path, options, terminal, limits, writer));
    if (worst == ExitStatus::interrupted) break;
  }
  writer.end();
  return worst;
}

}  // namespace tryst::cli
