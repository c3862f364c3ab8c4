#include "cli/symbolic_decide.hpp"

#include <algorithm>
#include <deque>
#include <set>

#include "checker/replay.hpp"
#include "checker/symbolic/symbolic_check.hpp"
#include "semantics/csp/machine.hpp"
#include "semantics/csp/symbolic_question.hpp"

namespace tryst::cli {

namespace {

using End = SymbolicRun::End;

// A path of the system that takes the run's steps, with as few internal steps between them as possible; each pair of a
// state and a place in the run is looked at once. Of a deadlock, it ends in a state without transitions.
std::optional<std::vector<Step>> performed(const SymbolicRun& run, LazyLts& system, Budget& budget) {
  const std::size_t length = run.steps.size();
  std::vector<std::optional<EventId>> events;
  for (const SymbolicRun::Step& step : run.steps)
    events.push_back(step.kind == SymbolicProblem::Label::Kind::silent ? tau
                     : step.kind == SymbolicProblem::Label::Kind::end  ? tick
                                                                       : system.events().find(step.event));
  struct Node {
    StateId state;
    std::size_t at;
    std::size_t parent;
    EventId event;
  };
  std::vector<Node> nodes{{system.initial(), 0, 0, tau}};
  std::deque<std::size_t> open{0};
  std::set<std::pair<StateId, std::size_t>> met;
  while (!open.empty()) {
    budget.poll();
    const std::size_t number = open.front();
    open.pop_front();
    const Node node = nodes[number];
    if (!met.insert({node.state, node.at}).second) continue;
    const auto row = system.row(node.state);
    const bool is_end =
        node.at == length && (run.end != End::deadlock || (row.empty() && !system.is_terminated(node.state)));
    if (is_end) {
      std::vector<Step> path;
      for (std::size_t i = number; i != 0; i = nodes[i].parent) path.push_back({nodes[i].event, nodes[i].state});
      std::ranges::reverse(path);
      return path;
    }
    // Names of events may have been made by the row.
    if (node.at < length && !events[node.at]) events[node.at] = system.events().find(run.steps[node.at].event);
    const auto go_on = [&](const Transition& t, std::size_t at) {
      if (met.contains({t.target, at})) return;
      if (at == node.at)
        open.push_back(nodes.size());
      else
        open.push_front(nodes.size());
      nodes.push_back({t.target, at, number, t.event});
    };
    for (const Transition& t : row)
      if (t.event == tau) go_on(t, node.at);
    for (const Transition& t : row)
      if (node.at < length && t.event == events[node.at]) go_on(t, node.at + 1);
  }
  return std::nullopt;
}

// The run's integers, and some around them, so that what a deadlocked state refuses is not only what the run needs.
std::vector<std::int64_t> samples_of(const SymbolicRun& run) {
  constexpr std::size_t samples_max = 24;
  std::set<std::int64_t> samples(run.numbers.begin(), run.numbers.end());
  samples.insert(0);
  if (run.end == End::deadlock)
    for (const std::int64_t n : run.numbers)
      if (samples.size() < samples_max && n < INT64_MAX && n > INT64_MIN) samples.insert({n - 1, n + 1});
  return {samples.begin(), samples.end()};
}

// What the specification can do after the visible events of the path but for the last; of the samples.
std::vector<EventId> allowed_after(const std::vector<Step>& path, LazyLts& specification) {
  std::set<StateId> states{specification.initial()};
  const auto close = [&] {
    std::vector<StateId> open(states.begin(), states.end());
    while (!open.empty()) {
      const StateId s = open.back();
      open.pop_back();
      for (const Transition& t : specification.row(s))
        if (t.event == tau && states.insert(t.target).second) open.push_back(t.target);
    }
  };
  close();
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (path[i].event == tau) continue;
    std::set<StateId> next;
    for (const StateId s : states)
      for (const Transition& t : specification.row(s))
        if (t.event == path[i].event) next.insert(t.target);
    states = std::move(next);
    close();
  }
  std::set<EventId> events;
  for (const StateId s : states)
    for (const Transition& t : specification.row(s))
      if (t.event != tau) events.insert(t.event);
  return {events.begin(), events.end()};
}

PerformedRun prepared(Script& script, const csp::Assertion& assertion, const SymbolicRun& run, Budget& budget) {
  PerformedRun made;
  made.evaluator = std::make_unique<csp::Evaluator>(script.typed, script.sources);
  made.evaluator->machine().set_samples(samples_of(run));
  made.evaluator->set_budget(&budget);
  made.asserted = evaluate_assertion(assertion, *made.evaluator);
  csp::Terms& terms = made.evaluator->terms();
  made.implementation = std::make_unique<csp::ReferenceSystem>(terms, *made.evaluator, made.asserted.implementation);
  made.implementation->set_budget(&budget);
  made.implementation_rows = std::make_unique<LazyLts>(*made.implementation);
  if (made.asserted.property != Property::refinement) return made;
  made.specification = std::make_unique<csp::ReferenceSystem>(terms, *made.evaluator, made.asserted.specification);
  made.specification->set_budget(&budget);
  made.specification_rows = std::make_unique<LazyLts>(*made.specification);
  return made;
}

// Performs the run and makes evidence of it; if that cannot be done, the verdict says so.
void perform(SymbolicDecision& decision, Script& script, const csp::Assertion& assertion, const SymbolicRun& run,
             Budget& budget) {
  Verdict& verdict = decision.verdict;
  verdict.reason = "a run that the solver found could not be performed";
  decision.run = prepared(script, assertion, run, budget);
  PerformedRun& made = *decision.run;
  Question question{
      made.asserted.property, made.asserted.model, made.implementation_rows.get(), made.specification_rows.get(), {}};
  const auto path = performed(run, *made.implementation_rows, budget);
  if (!path) return;
  if (run.end == End::fault) {  // the script goes wrong in what the last state offers, or where it leads
    const StateId last = path->empty() ? made.implementation_rows->initial() : path->back().target;
    for (const Transition& t : made.implementation_rows->row(last)) made.implementation_rows->row(t.target);
    return;
  }
  Evidence evidence{};
  evidence.kind = run.end == End::deadlock ? EvidenceKind::deadlock : EvidenceKind::trace;
  evidence.path = *path;
  if (run.end == End::forbidden) evidence.spec_events = allowed_after(*path, *made.specification_rows);
  replay(question, evidence, budget);
  verdict.outcome = Outcome::fails;
  verdict.reason.clear();
  verdict.is_shortest = path->size() == run.steps.size();
  verdict.evidence.push_back(std::move(evidence));
}

}  // namespace

bool is_symbolic_question(const csp::Assertion& assertion, const AssertionReport& report) {
  if (assertion.tau_priority != no_id<csp::ExprId>) return false;
  if (assertion.kind == csp::AssertionKind::refinement) return report.model == "T";
  if (assertion.kind == csp::AssertionKind::divergence_free) return true;
  const bool is_deadlock = assertion.kind == csp::AssertionKind::deadlock_free;
  return is_deadlock && (report.model == "F" || report.model == "FD");
}

SymbolicDecision decide_symbolically(Script& script, csp::Evaluator& evaluator, const csp::Assertion& assertion,
                                     const AssertionReport& report, const Options& options, Budget& budget) {
  const bool is_refinement = assertion.kind == csp::AssertionKind::refinement;
  const auto place = [&](Span span) {
    const Place where = place_of(span, script.sources);
    return where.known() ? "line " + std::to_string(where.line) : std::string("a process");
  };
  const csp::SymbolicAsked asked{
      is_refinement ? std::optional(assertion.left) : std::nullopt, is_refinement ? assertion.right : assertion.left,
      assertion.kind == csp::AssertionKind::deadlock_free, !is_refinement && report.model != "F"};
  csp::SymbolicQuestion question(evaluator, asked, place);
  SymbolicLimits limits;
  limits.depth_max = static_cast<std::uint32_t>(std::min<std::uint64_t>(options.depth_max, 10'000));
  SymbolicAnswer answer;
  evaluator.machine().deep_stack().run([&] {
    answer = check_symbolically(question.expressions(), question.problem(), question.ambiguities(), limits, budget);
  });
  SymbolicDecision decision{{Outcome::inconclusive, {}, answer.reason, report.model, 0, 0}, std::nullopt};
  if (answer.is_bad == Solver::Answer::yes) {
    perform(decision, script, assertion, answer.run, budget);
  } else if (answer.is_bad == Solver::Answer::no) {
    decision.verdict.outcome = Outcome::holds;
    decision.verdict.argument = answer.argument;
  }
  return decision;
}

}  // namespace tryst::cli
