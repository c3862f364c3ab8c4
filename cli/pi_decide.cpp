#include "cli/pi_decide.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <new>

#include "checker/pi/data_deadlock.hpp"
#include "checker/question.hpp"
#include "cli/phrases.hpp"
#include "cli/pi_deadlock.hpp"
#include "cli/pi_play.hpp"
#include "frontend/pi/printer.hpp"
#include "frontend/pi/sorts.hpp"

namespace tryst::cli {

namespace {

std::string_view kind_name(pi::CommandKind kind) {
  return kind == pi::CommandKind::equivalent ? "equivalence" : "deadlock free";
}

pi::Equivalence equivalence_of(const pi::Command& command) {
  // The styles are listed in the same order.
  return {static_cast<pi::Instantiation>(command.style), command.weak, false};
}

std::string relation_of(const pi::Command& command) {
  if (command.kind != pi::CommandKind::equivalent) return "late";
  return name(equivalence_of(command));
}

bool is_assertion(const pi::Command& command) {
  return command.kind == pi::CommandKind::equivalent || command.kind == pi::CommandKind::deadlock_free;
}

Verdict search_deadlock(PiProcess& process, Budget& budget) {
  LazyLts rows(process.system);
  return check(Question{Property::deadlock_free, Model::F, &rows, nullptr, {}}, budget);
}

// Where numbers are received, a deadlock is searched with those of a sample, and if there is none, for all numbers:
// what that finds must be found with numbers once more.
Verdict find_deadlock(PiProcess& process, Budget& budget) {
  const pi::TermId initial = process.system.term(process.system.initial());
  if (!pi::mentions_data(process.terms, {initial})) return search_deadlock(process, budget);
  constexpr std::uint64_t sample_work = 1 << 15;
  process.system.set_integers(pi::sample_of_integers(process.terms));
  const auto sampled = budget.within(sample_work, [&] { return search_deadlock(process, budget); });
  if (sampled && (sampled->outcome == Outcome::fails || !process.system.has_received_integers())) return *sampled;
  const pi::DataDeadlock found =
      pi::find_deadlock_with_data(process.transitions, initial, process.system.ending(), budget);
  Verdict verdict;
  verdict.outcome = found.outcome;
  verdict.states = budget.progress().states;
  verdict.transitions = budget.progress().transitions;
  if (found.outcome == Outcome::holds) return verdict;
  process.system.add_integers(found.numbers);
  verdict = search_deadlock(process, budget);
  if (verdict.outcome != Outcome::holds) return verdict;
  verdict.outcome = Outcome::inconclusive;
  verdict.reason = "there is a deadlock, but the numbers that lead to it were not found";
  return verdict;
}

std::string text_of(const pi::Script& script, pi::CommandId command) {
  constexpr std::string_view keyword = "assert ";
  const std::string text = pi::print(script, command);
  return text.starts_with(keyword) ? text.substr(keyword.size()) : text;
}

}  // namespace

std::vector<ListedAssertion> list_pi_assertions(const PiScript& script) {
  std::vector<ListedAssertion> listed;
  for (const pi::Item& item : script.tree.items) {
    if (!item.is_command) continue;
    const auto id = static_cast<pi::CommandId>(item.index);
    const pi::Command& command = script.tree.commands[id];
    if (!is_assertion(command)) continue;
    AssertionReport report;
    report.index = listed.size();
    report.place = place_of(command.span, script.sources);
    report.text = text_of(script.tree, id);
    report.kind = kind_name(command.kind);
    report.model = relation_of(command);
    report.negated = command.negated;
    listed.push_back({item.index, std::move(report)});
  }
  return listed;
}

PiDecider::PiDecider(const PiScript& script, const Options& options, const RunLimits& limits, ProgressLine& progress)
    : script_(script), options_(options), limits_(limits), progress_(progress) {}

void PiDecider::decide(AssertionReport& report, const pi::Command& command) {
  Budget budget(limits_.next());
  progress_.watch(budget, report.text);
  try {
    ask(report, command, budget);
  } catch (const LimitReached& limit) {
    report.reason = limits_.reason(limit);
    report.interrupted = limit.interrupted;
  } catch (const std::bad_alloc&) {
    report.reason = "the memory is exhausted";
  }
  const Progress& spent = budget.progress();
  report.states = std::max(report.states, spent.states);
  report.transitions = std::max(report.transitions, spent.transitions);
  report.seconds = spent.seconds;
  report.memory_bytes = spent.peak_memory_bytes;
  progress_.clear();
}

void PiDecider::ask(AssertionReport& report, const pi::Command& command, Budget& budget) {
  if (command.kind == pi::CommandKind::deadlock_free) return check_deadlock(report, command, budget);
  check_equivalence(report, command, budget);
}

void PiDecider::check_equivalence(AssertionReport& report, const pi::Command& command, Budget& budget) {
  pi::Terms terms;
  pi::Transitions transitions(terms);
  terms.set_budget(&budget);
  transitions.set_budget(&budget);
  pi::Elaboration elaboration(script_.tree, terms, std::array{command.left, command.right});
  const pi::TermId left = elaboration.process(command.left), right = elaboration.process(command.right);
  std::vector<pi::Name> distinct;
  for (const pi::NameUse& use : script_.tree.names[command.distinct])
    distinct.push_back(terms.constant(script_.tree.text(use)));
  const pi::Equivalence equivalence = equivalence_of(command);
  const pi::Comparison comparison =
      compare(transitions, left, right, equivalence, distinct_from_all(terms, left, right, distinct), budget);
  report.states = comparison.pairs;
  report.transitions = comparison.challenges;
  if (comparison.outcome == Outcome::inconclusive) {
    report.reason = limits_.reason({comparison.reason, false});
    return;
  }
  const bool holds = (comparison.outcome == Outcome::holds) != command.negated;
  report.status = holds ? Status::holds : Status::fails;
  if (holds) return;
  if (command.negated) report.reason = "what is negated holds";
  terms.set_budget(nullptr);  // the evidence is there: a limit must not take it away
  transitions.set_budget(nullptr);
  if (options_.counterexamples > 0 && comparison.outcome == Outcome::fails)
    report.counterexamples.push_back(describe_play(comparison, equivalence, transitions, script_.sources));
}

void PiDecider::check_deadlock(AssertionReport& report, const pi::Command& command, Budget& budget) {
  // Dead fragments are marked: they tell a stuck process from one that has ended.
  PiProcess process(script_.tree, command.left, pi::Semantics::late, pi::Garbage::marked,
                    command.is_assertion ? pi::Ending::proper : pi::Ending::deadlock);
  process.set_budget(&budget);
  const Verdict verdict = find_deadlock(process, budget);
  report.states = verdict.states;
  report.transitions = verdict.transitions;
  if (verdict.outcome == Outcome::inconclusive) {
    report.reason = limits_.reason({verdict.reason, false});
    return;
  }
  const bool holds = (verdict.outcome == Outcome::holds) != command.negated;
  report.status = holds ? Status::holds : Status::fails;
  if (holds) return;
  if (command.negated) report.reason = "what is negated holds";
  process.set_budget(nullptr);  // the evidence is there: a limit must not take it away
  if (options_.counterexamples == 0) return;
  for (const Evidence& evidence : verdict.evidence)
    report.counterexamples.push_back(describe_deadlock(evidence, process, script_, command.left));
}

std::vector<CommandOutput> PiDecider::outputs() {
  std::vector<CommandOutput> out;
  for (const pi::Item& item : script_.tree.items) {
    if (!item.is_command) continue;
    const auto id = static_cast<pi::CommandId>(item.index);
    const pi::Command& command = script_.tree.commands[id];
    if (is_assertion(command)) continue;
    Budget budget(limits_.next());
    CommandOutput output{place_of(command.span, script_.sources), pi::print(script_.tree, id), {}};
    try {
      output.text = output_of(command, budget);
    } catch (const LimitReached& limit) {
      if (limit.interrupted) throw;
      output.text = fmt::format("inconclusive: {}\n", limits_.reason(limit));
    }
    out.push_back(std::move(output));
  }
  return out;
}

std::string PiDecider::output_of(const pi::Command& command, Budget& budget) {
  if (command.kind == pi::CommandKind::sort) return pi::sorts_of(script_.tree, command.left);
  if (command.kind == pi::CommandKind::step) return steps_of(command.left, budget);
  PiProcess process(script_.tree, command.left, pi::Semantics::late);
  process.set_budget(&budget);
  const Lts lts = explore(process.system, budget);
  return fmt::format("{}, {}\n", count(lts.state_count(), "state"), count(lts.transition_count(), "transition"));
}

std::string PiDecider::steps_of(pi::ProcId p, Budget& budget) {
  PiProcess process(script_.tree, p, pi::Semantics::late);
  process.set_budget(&budget);
  std::vector<Transition> row;
  process.system.successors(process.system.initial(), row);
  std::string out;
  for (const Transition& t : row)
    out += fmt::format("{} -> {}\n", t.event == tau ? "t" : process.system.events().name(t.event),
                       process.terms.show(process.system.term(t.target)));
  return out.empty() ? "no transitions\n" : out;
}

}  // namespace tryst::cli
