#include "tests/checker/naive_relations.hpp"

#include <set>

namespace tryst::naive {

namespace {

std::set<std::uint32_t> tau_closure(const Lts& lts, std::uint32_t s) {
  std::set<std::uint32_t> reached{s};
  std::vector<std::uint32_t> open{s};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    for (const Transition& t : lts.transitions(static_cast<StateId>(at)))
      if (t.event == tau && reached.insert(index(t.target)).second) open.push_back(index(t.target));
  }
  return reached;
}

std::span<const Transition> row(const Lts& lts, std::uint32_t s) { return lts.transitions(static_cast<StateId>(s)); }

bool on_tau_cycle(const Lts& lts, std::uint32_t s) {
  for (const Transition& t : row(lts, s))
    if (t.event == tau && tau_closure(lts, index(t.target)).contains(s)) return true;
  return false;
}

// τ* a τ*, or τ* for τ itself.
std::set<std::uint32_t> weak_successors(const Lts& lts, std::uint32_t s, EventId e) {
  if (e == tau) return tau_closure(lts, s);
  std::set<std::uint32_t> reached;
  for (const std::uint32_t before : tau_closure(lts, s))
    for (const Transition& t : row(lts, before))
      if (t.event == e) reached.merge(tau_closure(lts, index(t.target)));
  return reached;
}

// Whether τ-steps from s can go on for ever within the set.
bool diverges_within(const Lts& lts, std::uint32_t s, std::set<std::uint32_t> within) {
  for (bool changed = true; changed;) {
    changed = false;
    for (auto at = within.begin(); at != within.end();) {
      bool goes_on = false;
      for (const Transition& t : row(lts, *at)) goes_on |= t.event == tau && within.contains(index(t.target));
      changed |= !goes_on;
      at = goes_on ? std::next(at) : within.erase(at);
    }
  }
  return within.contains(s);
}

struct Clauses {
  const Lts& lts;
  Relation relation;

  // Whether t can answer every step of s, given the pairs that are still related.
  bool hold(const Pairs& related, std::uint32_t s, std::uint32_t t) const {
    for (const Transition& step : row(lts, s))
      if (!answers(related, s, t, step)) return false;
    if (relation == Relation::ready_simulation && initials(s) != initials(t)) return false;
    if (relation == Relation::dp_weak) return answers_divergence_weakly(related, s, t);
    return relation != Relation::dp_branching || answers_divergence(related, s, t);
  }

 private:
  std::set<EventId> initials(std::uint32_t s) const {
    std::set<EventId> events;
    for (const Transition& t : row(lts, s)) events.insert(t.event);
    return events;
  }

  bool answers(const Pairs& related, std::uint32_t s, std::uint32_t t, const Transition& step) const {
    const std::uint32_t target = index(step.target);
    const bool weak = relation == Relation::weak || relation == Relation::dp_weak;
    if (weak) {
      for (const std::uint32_t u : weak_successors(lts, t, step.event))
        if (related[target][u]) return true;
      return false;
    }
    const bool branching = relation == Relation::branching || relation == Relation::dp_branching;
    if (branching && step.event == tau && related[target][t]) return true;
    for (const std::uint32_t before : branching ? tau_closure(lts, t) : std::set<std::uint32_t>{t}) {
      if (branching && !related[s][before]) continue;
      for (const Transition& u : row(lts, before))
        if (u.event == step.event && related[target][index(u.target)]) return true;
    }
    return false;
  }

  // If τ leads from s for ever through states related to t, then τ+ leads from t to a state that one of them is related
  // to.
  bool answers_divergence(const Pairs& related, std::uint32_t s, std::uint32_t t) const {
    std::set<std::uint32_t> unanswered;
    for (std::uint32_t x = 0; x < lts.state_count(); ++x) {
      bool answered = !related[x][t];
      for (const Transition& u : row(lts, t))
        if (u.event == tau)
          for (const std::uint32_t after : tau_closure(lts, index(u.target))) answered |= related[x][after];
      if (!answered) unanswered.insert(x);
    }
    return !diverges_within(lts, s, unanswered);
  }

  // As if every state on a τ-cycle had a step of its own name to itself.
  bool answers_divergence_weakly(const Pairs& related, std::uint32_t s, std::uint32_t t) const {
    if (!on_tau_cycle(lts, s)) return true;
    for (const std::uint32_t before : tau_closure(lts, t))
      if (on_tau_cycle(lts, before))
        for (const std::uint32_t after : tau_closure(lts, before))
          if (related[s][after]) return true;
    return false;
  }
};

}  // namespace

Pairs greatest(const Lts& lts, Relation relation) {
  const std::uint32_t n = lts.state_count();
  const bool symmetric = relation != Relation::simulation && relation != Relation::ready_simulation;
  const Clauses clauses{lts, relation};
  Pairs related(n, std::vector<bool>(n, true));
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t s = 0; s < n; ++s)
      for (std::uint32_t t = 0; t < n; ++t) {
        if (!related[s][t]) continue;
        if (clauses.hold(related, s, t) && (!symmetric || clauses.hold(related, t, s))) continue;
        related[s][t] = false;
        if (symmetric) related[t][s] = false;
        changed = true;
      }
  }
  return related;
}

bool satisfies_clauses(const Lts& lts, Relation relation, const Pairs& related) {
  const Clauses clauses{lts, relation};
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (std::uint32_t t = 0; t < lts.state_count(); ++t)
      if (related[s][t] && !clauses.hold(related, s, t)) return false;
  return true;
}

}  // namespace tryst::naive
