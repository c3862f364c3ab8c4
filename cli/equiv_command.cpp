#include <fmt/format.h>

#include "checker/comparison.hpp"
#include "checker/formula_text.hpp"
#include "cli/commands.hpp"
#include "cli/evidence.hpp"
#include "cli/operand.hpp"
#include "cli/output.hpp"
#include "cli/pi_equiv.hpp"
#include "cli/report_json.hpp"
#include "cli/report_text.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

std::vector<ReplayedStep> steps(const std::vector<Step>& path) {
  std::vector<ReplayedStep> out;
  for (const Step& step : path) out.push_back({step.event, {}});
  return out;
}

// Graphs have no components and no lines: the evidence, which the checker has replayed on them, is its events alone.
Counterexample explained(const Evidence& evidence, const EventNames& events) {
  const Replayed replayed{{}, steps(evidence.path), steps(evidence.loop), steps(evidence.other_path), {}};
  return describe(evidence, replayed, events, {}, Property::refinement, {});
}

ComparisonReport report_of(const Comparison& comparison, const Options& options) {
  ComparisonReport report;
  report.equivalent = comparison.outcome == Outcome::holds;
  report.relation = options.relation;
  report.states = comparison.states;
  report.transitions = comparison.transitions;
  const std::string &left = options.arguments[0], &right = options.arguments[1];
  if (comparison.formula) {
    report.formula = tryst::text(*comparison.formula, comparison.events);
    report.direction = fmt::format("true of `{}`, false of `{}`", comparison.evidence_is_left ? left : right,
                                   comparison.evidence_is_left ? right : left);
  }
  if (comparison.behaviour) {
    report.behaviour = explained(*comparison.behaviour, comparison.events);
    report.direction =
        fmt::format("`{}` (the implementation) does what `{}` (the specification) does not",
                    comparison.evidence_is_left ? left : right, comparison.evidence_is_left ? right : left);
  }
  return report;
}

std::string text_of(const ComparisonReport& report, const Options& options, const Terminal& terminal) {
  if (options.format == Format::json) return json_comparison(report);
  if (report.equivalent) return options.quiet ? "" : fmt::format("equivalent ({})\n", report.relation);
  std::string out = fmt::format("not equivalent ({})\n", report.relation);
  if (options.format == Format::concise) return out;
  if (!report.direction.empty()) out += fmt::format("\n  {}\n", printable(report.direction));
  if (!report.formula.empty()) out += fmt::format("\n{}\n", report.formula);
  if (report.behaviour) out += text_counterexample(*report.behaviour, terminal.width);
  return out;
}

// Both systems, explored, and compared.
Comparison compare(std::span<const std::unique_ptr<Operand>> operands, const std::string& relation, Budget& budget) {
  LazyLts left_rows = operands[0]->rows();
  const Lts left = explore(left_rows, budget);
  LazyLts right_rows = operands[1]->rows();
  const Lts right = explore(right_rows, budget);
  Comparison comparison = tryst::compare(left, right, *relation_named(relation), budget);
  if (comparison.outcome == Outcome::inconclusive) throw LimitReached{comparison.reason};
  return comparison;
}

}  // namespace

ExitStatus equiv_command(const Options& options, const Terminal& terminal) {
  if (const auto equivalence = pi_equivalence(options)) return pi_equiv_command(*equivalence, options, terminal);
  return ask_about_operands(options, terminal, [&](auto operands, Budget& budget, ProgressLine& progress) {
    const Comparison comparison = compare(operands, options.relation, budget);
    progress.clear();
    const ComparisonReport report = report_of(comparison, options);
    if (!options.formula.empty() && !report.formula.empty()) write_result(options.formula, report.formula + "\n");
    write_result(options.output, text_of(report, options, terminal));
    return report.equivalent ? ExitStatus::holds : ExitStatus::fails;
  });
}

}  // namespace tryst::cli
