#include "checker/replay.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "checker/ensure.hpp"
#include "checker/initials.hpp"
#include "checker/trace_search.hpp"

namespace tryst {

namespace {

using States = std::set<StateId>;
using Events = std::set<EventId>;

bool is_disjoint(const Events& a, std::span<const EventId> b) {
  return std::ranges::none_of(b, [&](EventId e) { return a.contains(e); });
}

// Whether evidence of this kind can be an answer to the question at all.
bool fits(EvidenceKind kind, const Question& question) {
  const Model m = question.model;
  switch (kind) {
    case EvidenceKind::trace: return question.property == Property::refinement;
    case EvidenceKind::refusal:
      return question.property == Property::refinement && m != Model::T && m != Model::R && m != Model::RD;
    case EvidenceKind::revival: return question.property == Property::refinement && (m == Model::V || m == Model::VD);
    case EvidenceKind::refusal_trace:
      return question.property == Property::refinement && (m == Model::R || m == Model::RD);
    case EvidenceKind::divergence:
      return question.property == Property::divergence_free ||
             (sees_divergence(m) && question.property != Property::has_trace);
    case EvidenceKind::deadlock: return question.property == Property::deadlock_free;
    case EvidenceKind::blocked: return question.property == Property::deadlock_free;
    case EvidenceKind::nondeterminism: return question.property == Property::deterministic;
    case EvidenceKind::has_no_trace:
    case EvidenceKind::has_trace: return question.property == Property::has_trace;
  }
  return false;
}

// Fresh answers of one system.
class Witness {
 public:
  Witness(LazyLts& system, Budget& budget) : system_(system), budget_(budget) {}

  std::vector<Transition> row(StateId s) {
    budget_.poll();
    std::vector<Transition> out;
    system_.successors(s, out);
    return out;
  }
  Events offers(StateId s) {
    Events events;
    for (const Transition& t : row(s))
      if (t.event != tau) events.insert(t.event);
    return events;
  }
  // Neither τ nor ✓ is possible, and it is not Ω.
  bool is_stable(StateId s) {
    const auto steps = row(s);
    return std::ranges::none_of(steps, [](const Transition& t) { return t.event == tau || t.event == tick; }) &&
           !(steps.empty() && system_.is_terminated(s));
  }
  bool is_deadlocked(StateId s) { return row(s).empty() && !system_.is_terminated(s); }
  bool can_refuse(StateId s, std::span<const EventId> refused) {
    const Events offered = offers(s);
    if (offered.contains(tick) && std::ranges::find(refused, tick) == refused.end()) return true;
    return is_stable(s) && is_disjoint(offered, refused);
  }

  StateId walk(StateId from, std::span<const Step> path) {
    for (const Step& step : path) {
      budget_.poll();
      ensure(system_.performs(from, {step.event, step.target}), "a step of the evidence does not exist");
      from = step.target;
    }
    return from;
  }

  States closure(States states) {
    std::vector<StateId> open(states.begin(), states.end());
    while (!open.empty()) {
      const StateId s = open.back();
      open.pop_back();
      for (const Transition& t : row(s))
        if (t.event == tau && states.insert(t.target).second) open.push_back(t.target);
    }
    return states;
  }
  States start() { return closure({system_.initial()}); }
  States after(const States& states, EventId e) {
    States targets;
    for (const StateId s : states)
      for (const Transition& t : row(s))
        if (t.event == e) targets.insert(t.target);
    return closure(std::move(targets));
  }

  // Whether a τ-closed set contains a τ-cycle: what is left after removing, again and again, the states without τ into
  // it.
  bool diverges(const States& states) {
    std::map<StateId, std::size_t> steps_left;
    std::map<StateId, std::vector<StateId>> sources;
    std::vector<StateId> settled;
    for (const StateId s : states) {
      for (const Transition& t : row(s))
        if (t.event == tau) {
          ++steps_left[s];
          sources[t.target].push_back(s);
        }
      if (!steps_left.contains(s)) settled.push_back(s);
    }
    std::size_t removed = 0;
    for (; removed < settled.size(); ++removed)
      for (const StateId source : sources[settled[removed]])
        if (--steps_left[source] == 0) settled.push_back(source);
    return removed < states.size();
  }

  StateId initial() const { return system_.initial(); }

 private:
  LazyLts& system_;
  Budget& budget_;
};

class Replay {
 public:
  Replay(const Question& question, const Evidence& evidence, Budget& budget)
      : question_(question), evidence_(evidence), implementation_(*question.implementation, budget), budget_(budget) {}

  void run() {
    ensure(fits(evidence_.kind, question_), "evidence of a kind that does not answer the question");
    last_ = implementation_.walk(implementation_.initial(), evidence_.path);
    switch (evidence_.kind) {
      case EvidenceKind::trace: return trace();
      case EvidenceKind::refusal: return refusal();
      case EvidenceKind::divergence: return divergence();
      case EvidenceKind::deadlock: return ensure(implementation_.is_deadlocked(last_), "the deadlock is none");
      case EvidenceKind::blocked: return;  // decided by who knows the components (local_deadlock)
      case EvidenceKind::nondeterminism: return nondeterminism();
      case EvidenceKind::revival: return revival();
      case EvidenceKind::refusal_trace: return refusal_trace();
      case EvidenceKind::has_no_trace: return has_no_trace();
      case EvidenceKind::has_trace:
        return ensure(visible_trace(evidence_.path) == question_.trace, "the path does not perform the trace");
    }
    ensure(false, "evidence of an unknown kind");
  }

 private:
  Witness specification() { return Witness(*question_.specification, budget_); }

  void forbid_divergence(Witness& spec, const States& states) const {
    if (sees_divergence(question_.model))
      ensure(!spec.diverges(states), "the specification diverges before the failure");
  }

  // The specification's states after the visible events; nowhere may it diverge, if that matters.
  States specification_after(Witness& spec, std::span<const EventId> events) {
    States states = spec.start();
    forbid_divergence(spec, states);
    for (const EventId e : events) {
      states = spec.after(states, e);
      forbid_divergence(spec, states);
    }
    return states;
  }

  void trace() {
    auto events = visible_trace(evidence_.path);
    ensure(!evidence_.path.empty() && evidence_.path.back().event != tau, "a forbidden event must be visible");
    const EventId forbidden = events.back();
    events.pop_back();
    Witness spec = specification();
    const States states = specification_after(spec, events);
    ensure(!states.empty() && spec.after(states, forbidden).empty(), "the specification allows the forbidden event");
  }

  void refusal() {
    ensure(implementation_.is_stable(last_), "the refusing state is not stable");
    ensure(is_disjoint(implementation_.offers(last_), evidence_.refused), "the refused events are offered");
    Witness spec = specification();
    for (const StateId s : specification_after(spec, visible_trace(evidence_.path)))
      ensure(!spec.can_refuse(s, evidence_.refused), "the specification can refuse the refused events");
  }

  void revival() {
    ensure(evidence_.accepted.size() == 1, "a revival has one event");
    const EventId revived = evidence_.accepted.front();
    ensure(implementation_.is_stable(last_), "the refusing state is not stable");
    ensure(is_disjoint(implementation_.offers(last_), evidence_.refused), "the refused events are offered");
    ensure(implementation_.offers(last_).contains(revived), "the revived event is not offered");
    Witness spec = specification();
    for (const StateId s : specification_after(spec, visible_trace(evidence_.path)))
      ensure(!spec.is_stable(s) || !is_disjoint(spec.offers(s), evidence_.refused) || !spec.offers(s).contains(revived),
             "the specification has the revival");
  }

  void divergence() {
    ensure(!evidence_.loop.empty(), "a divergence needs a loop");
    for (const Step& step : evidence_.loop) ensure(step.event == tau, "the loop of a divergence is internal");
    ensure(implementation_.walk(last_, evidence_.loop) == last_, "the loop of a divergence does not close");
    if (question_.property != Property::refinement) return;
    Witness spec = specification();
    if (evidence_.refusals.empty())
      specification_after(spec, visible_trace(evidence_.path));
    else
      specification_after_refusals(spec);
  }

  void nondeterminism() {
    auto events = visible_trace(evidence_.path);
    ensure(!events.empty() && evidence_.refused == std::vector{events.back()},
           "the refused event is not the performed one");
    events.pop_back();
    ensure(visible_trace(evidence_.other_path) == events, "the two paths have different traces");
    const StateId refusing = implementation_.walk(implementation_.initial(), evidence_.other_path);
    ensure(implementation_.can_refuse(refusing, evidence_.refused), "the event is not refused");
  }

  // The stable members that refuse these events.
  static States restrict(Witness& spec, const States& states, std::span<const EventId> refused) {
    States rest;
    for (const StateId s : states)
      if (spec.is_stable(s) && is_disjoint(spec.offers(s), refused)) rest.insert(s);
    return rest;
  }

  // The specification's states after the path with what is refused before each of its events and at its end.
  States specification_after_refusals(Witness& spec) {
    const std::size_t events = visible_trace(evidence_.path).size();
    ensure(evidence_.refusals.size() == events + 1,
           "a refusal trace has a refusal before each event and one at the end");
    States states = spec.start();
    forbid_divergence(spec, states);
    StateId state = implementation_.initial();
    std::size_t position = 0;
    const auto refuse = [&] {
      const auto& refused = evidence_.refusals[position];
      ensure(is_disjoint(implementation_.offers(state), refused), "the refused events are offered");
      ensure(implementation_.is_stable(state) || refused.empty(), "an unstable state refuses nothing");
      if (implementation_.is_stable(state)) states = restrict(spec, states, refused);
    };
    for (const Step& step : evidence_.path) {
      if (step.event != tau) {
        ensure(!states.empty(), "the refusal trace goes on after its failure");
        refuse();
        states = spec.after(states, step.event);
        forbid_divergence(spec, states);
        ++position;
      }
      state = step.target;
    }
    if (evidence_.kind == EvidenceKind::refusal_trace && !states.empty()) refuse();
    return states;
  }

  void refusal_trace() {
    Witness spec = specification();
    ensure(specification_after_refusals(spec).empty(), "the specification has the refusal trace");
  }

  void has_no_trace() {
    const auto performed = visible_trace(evidence_.path);
    ensure(performed.size() < question_.trace.size(), "the whole trace was performed");
    ensure(std::ranges::equal(performed, std::span(question_.trace).first(performed.size())),
           "the path leaves the trace");
    States states = implementation_.start();
    for (const EventId e : performed) states = implementation_.after(states, e);
    ensure(implementation_.after(states, question_.trace[performed.size()]).empty(), "the trace can be continued");
  }

  const Question& question_;
  const Evidence& evidence_;
  Witness implementation_;
  Budget& budget_;
  StateId last_{};
};

}  // namespace

void replay(const Question& question, const Evidence& evidence, Budget& budget) {
  Replay(question, evidence, budget).run();
}

}  // namespace tryst
