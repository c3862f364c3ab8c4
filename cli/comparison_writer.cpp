#include "cli/comparison_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/output.hpp"
#include "cli/report_json.hpp"
#include "cli/report_text.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

ExitStatus status_of(const ComparisonReport& report) {
  if (!report.reason.empty()) return ExitStatus::inconclusive;
  return report.equivalent ? ExitStatus::holds : ExitStatus::fails;
}

std::string evidence(const ComparisonReport& report, std::size_t terminal_width) {
  std::string out;
  if (!report.direction.empty()) out += fmt::format("\n  {}\n", printable(report.direction));
  if (!report.formula.empty()) out += fmt::format("\n{}\n", report.formula);
  if (report.behaviour) out += text_counterexample(*report.behaviour, terminal_width);
  return out;
}

std::string text_comparison(const ComparisonReport& report, const Options& options, std::size_t terminal_width) {
  if (report.equivalent && options.quiet) return "";
  std::string out =
      fmt::format("{}{} ({}{}{})\n", report.equivalent ? "" : "not ", report.preorder ? "included" : "equivalent",
                  report.relation, report.preorder ? " preorder" : "", report.grounds);
  if (options.format != Format::concise) out += evidence(report, terminal_width);
  return out;
}

std::string answer(const ComparisonReport& report) {
  if (!report.reason.empty()) return "inconclusive: " + printable(report.reason);
  return report.equivalent ? "equivalent" : "not equivalent";
}

std::string text_spectrum(const std::vector<ComparisonReport>& reports, const Options& options,
                          std::size_t terminal_width) {
  std::size_t width = 0;
  for (const ComparisonReport& report : reports) width = std::max(width, report.relation.size());
  std::string out;
  for (const ComparisonReport& report : reports)
    if (!options.quiet || status_of(report) != ExitStatus::holds)
      out += fmt::format("{:<{}}  {}\n", report.relation, width, answer(report));
  if (options.format == Format::concise) return out;
  for (const ComparisonReport& report : reports) {
    const std::string shown = evidence(report, terminal_width);
    if (!shown.empty()) out += fmt::format("\n{}\n{}", report.relation, shown);
  }
  return out;
}

}  // namespace

ExitStatus write_comparison(const ComparisonReport& report, const Options& options, const Terminal& terminal) {
  write_result(options.output, options.format == Format::json ? json_comparison(report)
                                                              : text_comparison(report, options, terminal.width));
  return status_of(report);
}

ExitStatus write_spectrum(const std::vector<ComparisonReport>& reports, const Options& options,
                          const Terminal& terminal) {
  write_result(options.output, options.format == Format::json ? json_spectrum(reports)
                                                              : text_spectrum(reports, options, terminal.width));
  ExitStatus status = ExitStatus::holds;
  for (const ComparisonReport& report : reports) status = worse(status, status_of(report));
  return status;
}

}  // namespace tryst::cli
