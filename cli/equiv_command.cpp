#include <fmt/format.h>

#include <cstdio>

#include "checker/formula_text.hpp"
#include "checker/spectrum.hpp"
#include "cli/alphabets.hpp"
#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/comparison_writer.hpp"
#include "cli/evidence.hpp"
#include "cli/limits.hpp"
#include "cli/operand.hpp"
#include "cli/output.hpp"
#include "cli/pi_equiv.hpp"
#include "cli/witness_json.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

// Throws UsageError where options do not fit together.
void check_options(const Options& options) {
  if (options.spectrum) {
    for (const auto& [name, given] : {std::pair("preorder", options.preorder),
                                      {"formula", !options.formula.empty()},
                                      {"relation-out", !options.relation_file.empty()}})
      if (given) throw UsageError(fmt::format("`--spectrum` compares in many relations, `--{}` is about one", name));
    return;
  }
  const std::optional<Relation> relation = relation_named(options.relation);
  if (options.preorder && (!relation || !is_mutual_preorder(*relation)))
    throw UsageError(fmt::format(
        "`{}` has no preorder: `--preorder` is for the trace, failure and simulation relations", options.relation));
  if (!relation || !is_refinement(*relation)) return;
  if (!options.relation_file.empty())
    throw UsageError(fmt::format(
        "`{}` is decided on sets of states: `--relation-out` is for bisimulations and simulations", options.relation));
  if (!options.formula.empty())
    throw UsageError(
        fmt::format("`{}` is refuted by a path, which is printed: `--formula` is for bisimulations and simulations",
                    options.relation));
}

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

std::string direction_of(const Comparison& comparison, const Options& options) {
  const std::string& has = options.arguments[comparison.evidence_is_left ? 0 : 1];
  const std::string& lacks = options.arguments[comparison.evidence_is_left ? 1 : 0];
  if (comparison.behaviour)
    return fmt::format("`{}` (the implementation) does what `{}` (the specification) does not", has, lacks);
  if (is_mutual_preorder(comparison.relation))
    return fmt::format("`{}` does not simulate `{}`: true of the second only", lacks, has);
  return fmt::format("true of `{}`, false of `{}`", has, lacks);
}

ComparisonReport report_of(const Comparison& comparison, const Options& options) {
  ComparisonReport report;
  report.equivalent = comparison.outcome == Outcome::holds;
  report.preorder = options.preorder;
  report.relation = name(comparison.relation);
  report.reason = comparison.reason;
  report.states = comparison.states;
  report.transitions = comparison.transitions;
  if (comparison.formula) {
    report.formula = tryst::text(*comparison.formula, comparison.events);
    report.formula_depth = comparison.formula->formulas.depth(comparison.formula->root);
  }
  if (comparison.behaviour) report.behaviour = explained(*comparison.behaviour, comparison.events);
  if (comparison.outcome == Outcome::fails) report.direction = direction_of(comparison, options);
  return report;
}

// The relation up to which an operand may be replaced by a smaller one. A witness speaks of its states.
std::optional<Relation> may_replace(const Options& options) {
  if (options.compose == ComposeChoice::off || !options.relation_file.empty()) return std::nullopt;
  return options.spectrum ? Relation::strong : *relation_named(options.relation);
}

// The operand, explored, with its events renamed. Throws UsageError where its labels do not mean the same in another.
Lts system_of(Operand& operand, Relabelling& relabelling, const Options& options, Budget& budget) {
  if (are_pi_operands(options)) operand.pi_process->system.refuse_binding();
  try {
    Lts explored = operand.explored(budget, may_replace(options));
    return relabelling.empty() ? std::move(explored) : relabelled(explored, relabelling, budget);
  } catch (const pi::BindsNames&) {
    throw UsageError(fmt::format(
        "{} labels, and those of `{}` depend on the state: it receives, extrudes or equates names; `weak-early` and "
        "the other relations of the pi-calculus compare such processes",
        options.spectrum ? "these relations compare" : fmt::format("`{}` compares", options.relation),
        printable(operand.text)));
  }
}

ExitStatus compare_in_all(const Lts& left, const Lts& right, const Options& options, const Terminal& terminal,
                          Budget& budget, ProgressLine& progress) {
  const std::vector<Comparison> comparisons = spectrum(left, right, budget, thread_count(options));
  progress.clear();
  std::vector<ComparisonReport> reports;
  for (const Comparison& comparison : comparisons) reports.push_back(report_of(comparison, options));
  return write_spectrum(reports, options, terminal);
}

ExitStatus compare_in_one(const Lts& left, const Lts& right, const Options& options, const Terminal& terminal,
                          Budget& budget, ProgressLine& progress) {
  const Relation relation = *relation_named(options.relation);
  const Comparison comparison =
      compare(left, right, relation, budget, {options.preorder, !options.relation_file.empty()}, thread_count(options));
  if (comparison.outcome == Outcome::inconclusive) throw LimitReached{comparison.reason};
  progress.clear();
  const ComparisonReport report = report_of(comparison, options);
  if (!options.formula.empty() && comparison.formula)
    write_result(options.formula,
                 fmt::format("% {}\n{}", printable(report.direction), mcf(*comparison.formula, comparison.events)));
  if (comparison.witness)
    write_result(options.relation_file,
                 json_witness(*comparison.witness, relation, options.preorder, left.state_count()));
  return write_comparison(report, options, terminal);
}

}  // namespace

// Processes of the π-calculus have relations of their own, unless their labels are changed first.
ExitStatus equiv_command(const Options& options, const Terminal& terminal) {
  check_options(options);
  const bool changes_labels = !options.hidden.empty() || !options.relabelling.empty();
  if (options.spectrum && !changes_labels && are_pi_operands(options)) return pi_spectrum_command(options, terminal);
  if (const auto equivalence = pi_equivalence(options)) return pi_equiv_command(*equivalence, options, terminal);
  std::optional<Alphabets> alphabets = load_alphabets(options, terminal);
  if (!alphabets) return ExitStatus::specification;
  return ask_about_operands(options, terminal, [&](auto operands, Budget& budget, ProgressLine& progress) {
    const Lts left = system_of(*operands[0], alphabets->left, options, budget);
    const Lts right = system_of(*operands[1], alphabets->right, options, budget);
    progress.clear();
    for (const std::string& label : alphabets->unused())
      fmt::print(stderr, "warning: no operand has an event `{}`\n", printable(label));
    return (options.spectrum ? compare_in_all : compare_in_one)(left, right, options, terminal, budget, progress);
  });
}

}  // namespace tryst::cli
