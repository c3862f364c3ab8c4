#include "cli/pi_equiv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checker/equivalence.hpp"
#include "cli/arguments.hpp"
#include "cli/comparison_writer.hpp"
#include "cli/operand.hpp"
#include "cli/output.hpp"
#include "cli/phrases.hpp"
#include "cli/pi_play.hpp"
#include "cli/report_json.hpp"
#include "frontend/pi/sorts.hpp"

namespace tryst::cli {

namespace {

bool is_pi_operand(const std::string& text) { return is_pi_file(split_operand(text).path); }

// Both processes, over one store of terms: parts that are the same on both sides are one term.
struct PiPair {
  pi::Terms terms;
  pi::Transitions transitions{terms};
  std::vector<std::unique_ptr<PiScript>> scripts;
  pi::TermId processes[2]{};

  // False when something is wrong with the operands, which has been printed.
  bool load(SourceSet& sources, const Options& options, const Terminal& terminal) {
    std::vector<std::string> paths;
    std::vector<std::pair<std::size_t, pi::ProcId>> found;  // the script, and the process in it
    for (const std::string& text : options.arguments) {
      const OperandText parts = split_operand(text);
      const auto at = static_cast<std::size_t>(std::find(paths.begin(), paths.end(), parts.path) - paths.begin());
      if (at == paths.size()) {
        paths.push_back(parts.path);
        scripts.push_back(load_pi_script(parts.path, sources));
      }
      PiScript& script = *scripts[at];
      const pi::ProcId process = script.usable() ? add_pi_process(script, parts.expression) : no_id<pi::ProcId>;
      if (process == no_id<pi::ProcId>) {
        print_diagnostics(script.diagnostics, sources, options, terminal);
        return false;
      }
      found.emplace_back(at, process);
    }
    std::vector<std::vector<pi::ProcId>> by_script(scripts.size());
    for (const auto& [at, process] : found) by_script[at].push_back(process);
    bool are_right = true;
    for (std::size_t i = 0; i < scripts.size(); ++i)
      are_right &= pi::check_sorts(scripts[i]->tree, by_script[i], scripts[i]->diagnostics);
    for (const auto& script : scripts) print_diagnostics(script->diagnostics, sources, options, terminal);
    if (!are_right) return false;
    const auto mentions_data = [](const auto& script) { return script->tree.mentions_data; };
    if (scripts.size() > 1 && std::ranges::any_of(scripts, mentions_data))
      throw UsageError("processes that send numbers or Booleans can be compared only within one file");
    std::vector<pi::Elaboration> elaborations;
    for (std::size_t i = 0; i < scripts.size(); ++i) elaborations.emplace_back(scripts[i]->tree, terms, by_script[i]);
    for (std::size_t i = 0; i < found.size(); ++i) processes[i] = elaborations[found[i].first].process(found[i].second);
    return true;
  }

  void set_budget(Budget* budget) {
    terms.set_budget(budget);
    transitions.set_budget(budget);
  }
};

std::vector<pi::Name> names_in(const std::string& list, pi::Terms& terms) {
  std::vector<pi::Name> names;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    names.push_back(terms.constant(list.substr(at, comma - at)));
    at = comma + 1;
  }
  return names;
}

std::vector<ReportedPair> pairs_of(const pi::Comparison& comparison, pi::Terms& terms) {
  std::vector<ReportedPair> out;
  for (std::size_t i = 0; i < comparison.bisimulation.size(); ++i) {
    const pi::Situation& s = comparison.bisimulation[i];
    out.push_back({s.stage == pi::Stage::received, text_of(s, s.left, terms), text_of(s, s.right, terms),
                   texts_of(s.distinction.pairs(), terms),
                   comparison.conditions.empty() ? "" : comparison.conditions[i]});
  }
  return out;
}

std::string grounds_of(const ComparisonReport& report) {
  const bool is_symbolic =
      std::ranges::any_of(report.bisimulation, [](const auto& pair) { return !pair.where.empty(); });
  if (is_symbolic)
    return fmt::format("; a symbolic bisimulation of {}, confirmed", count(report.bisimulation.size(), "pair"));
  if (report.bisimulation.empty()) return "; both are the same process";
  const bool is_stronger = report.bisimulation_of != report.relation;
  return fmt::format(
      "; {} bisimulation of {}{}{}, confirmed", is_stronger ? "implied by a " + report.bisimulation_of : "a",
      count(report.bisimulation.size(), "pair"),
      report.is_up_to_context ? " up to parallel components that both sides have" : "",
      report.is_up_to_receptions ? fmt::format("{} up to outputs to receptors", report.is_up_to_context ? " and" : "")
                                 : "");
}

ComparisonReport report_of(const pi::Comparison& comparison, const pi::Equivalence& equivalence, PiPair& pair,
                           const Options& options) {
  ComparisonReport report;
  report.equivalent = comparison.outcome == Outcome::holds;
  report.relation = name(equivalence);
  report.states = comparison.pairs;
  report.transitions = comparison.challenges;
  report.reason = comparison.reason;
  if (comparison.outcome == Outcome::inconclusive) return report;
  if (report.equivalent) {
    report.bisimulation = pairs_of(comparison, pair.terms);
    report.bisimulation_of = name(comparison.witnessed);
    report.is_up_to_context = comparison.up_to.context;
    report.is_up_to_receptions = comparison.up_to.receptions;
    report.grounds = grounds_of(report);
    return report;
  }
  report.behaviour = describe_play(comparison, equivalence, pair.transitions, pair.scripts.front()->sources);
  report.direction = fmt::format("left is `{}`, right is `{}`", options.arguments[0], options.arguments[1]);
  return report;
}

ComparisonReport compare(PiPair& pair, const pi::Equivalence& equivalence, const Options& options, Budget& budget) {
  const auto [left, right] = pair.processes;
  pair.set_budget(&budget);
  const pi::Distinction distinction =
      distinct_from_all(pair.terms, left, right, names_in(options.distinct, pair.terms));
  const pi::Comparison comparison = compare(pair.transitions, left, right, equivalence, distinction, budget);
  pair.set_budget(nullptr);  // the evidence is there: a limit must not take it away
  return report_of(comparison, equivalence, pair, options);
}

}  // namespace

bool are_pi_operands(const Options& options) { return std::ranges::all_of(options.arguments, is_pi_operand); }

std::optional<pi::Equivalence> pi_equivalence(const Options& options) {
  const bool is_pi = are_pi_operands(options);
  std::optional<pi::Equivalence> equivalence = pi::equivalence_named(options.relation);
  if (equivalence && !is_pi)
    throw UsageError(fmt::format("`{}` is a relation of the pi-calculus, and both operands must be processes of it",
                                 options.relation));
  const bool changes_labels = !options.hidden.empty() || !options.relabelling.empty();
  if (equivalence && changes_labels)
    throw UsageError(
        fmt::format("`{}` compares names: `--hide` and `--relabel` are for the relations on labels", options.relation));
  if (is_pi && !changes_labels && (options.relation == "strong" || options.relation == "weak")) {
    constexpr pi::Instantiation of_semantics[] = {pi::Instantiation::early, pi::Instantiation::late,
                                                  pi::Instantiation::open};
    equivalence = {of_semantics[static_cast<std::size_t>(options.semantics)], options.relation == "weak", false};
  }
  const bool is_open = equivalence && equivalence->instantiation == pi::Instantiation::open;
  if (!options.distinct.empty() && !is_open) throw UsageError("`--distinct` is for the open relations");
  return equivalence;
}

ExitStatus pi_equiv_command(const pi::Equivalence& equivalence, const Options& options, const Terminal& terminal) {
  return ask_within_limits(options, terminal, [&](SourceSet& sources, Budget& budget, ProgressLine& progress) {
    PiPair pair;
    pair.set_budget(&budget);
    if (!pair.load(sources, options, terminal)) return ExitStatus::specification;
    const ComparisonReport report = compare(pair, equivalence, options, budget);
    if (!report.reason.empty()) throw LimitReached{report.reason};
    progress.clear();
    if (report.equivalent && !options.relation_file.empty())
      write_result(options.relation_file, json_bisimulation(report));
    return write_comparison(report, options, terminal);
  });
}

ExitStatus pi_spectrum_command(const Options& options, const Terminal& terminal) {
  return ask_within_limits(options, terminal, [&](SourceSet& sources, Budget& budget, ProgressLine& progress) {
    PiPair pair;
    pair.set_budget(&budget);
    if (!pair.load(sources, options, terminal)) return ExitStatus::specification;
    std::vector<ComparisonReport> reports;
    for (const pi::Equivalence& equivalence : pi::all_equivalences())
      reports.push_back(compare(pair, equivalence, options, budget));
    progress.clear();
    return write_spectrum(reports, options, terminal);
  });
}

}  // namespace tryst::cli
