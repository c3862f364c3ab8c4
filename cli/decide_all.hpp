// How the assertions of a script of either language are decided and reported, one after another: by `check`, and by
// `emit` before anything is made.
#pragma once

#include <utility>

#include "cli/assertions.hpp"
#include "cli/report_writer.hpp"

namespace tryst::cli {

// Announces the assertions that are selected, decides them with `decide(ListedAssertion&)`, and stops after an
// interruption.
template <class AnyScript, class Decide>
ExitStatus decide_all(const AnyScript& script, FileReport file, std::vector<ListedAssertion> listed,
                      const Options& options, ReportWriter& writer, const Decide& decide) {
  std::vector<ListedAssertion> chosen;
  if (script.usable()) chosen = select_assertions(std::move(listed), options.assertion);
  for (const ListedAssertion& each : chosen) file.assertions.push_back(each.report);
  writer.begin(std::move(file));
  if (!script.usable()) return ExitStatus::specification;
  if (options.list) return ExitStatus::holds;
  ExitStatus worst = ExitStatus::holds;
  for (ListedAssertion& each : chosen) {
    decide(each);
    worst = worse(worst, each.report.exit_status());
    writer.decided(each.report);
    if (each.report.interrupted) break;
  }
  return worst;
}

}  // namespace tryst::cli
