#include "tests/checker/naive_formulas.hpp"

#include <functional>

namespace tryst::naive {

namespace {

using States = std::set<std::uint32_t>;

std::span<const Transition> row(const Lts& lts, std::uint32_t s) { return lts.transitions(static_cast<StateId>(s)); }

States closed(const Lts& lts, States states) {
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::uint32_t s : States(states))
      for (const Transition& t : row(lts, s))
        if (t.event == tau) changed |= states.insert(index(t.target)).second;
  }
  return states;
}

States after(const Lts& lts, const States& states, EventId e) {
  States reached;
  for (const std::uint32_t s : states)
    for (const Transition& t : row(lts, s))
      if (t.event == e) reached.insert(index(t.target));
  return reached;
}

// The states that can do τ for ever within the set.
States divergent_within(const Lts& lts, States within) {
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::uint32_t s : States(within)) {
      bool goes_on = false;
      for (const std::uint32_t t : after(lts, {s}, tau)) goes_on |= within.contains(t);
      if (!goes_on) changed = within.erase(s) > 0;
    }
  }
  return within;
}

States all_states(const Lts& lts) {
  States states;
  for (std::uint32_t s = 0; s < lts.state_count(); ++s) states.insert(s);
  return states;
}

States where(const Lts& lts, const std::function<bool(std::uint32_t)>& holds) {
  States states;
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    if (holds(s)) states.insert(s);
  return states;
}

bool meet(const States& a, const States& b) {
  for (const std::uint32_t s : a)
    if (b.contains(s)) return true;
  return false;
}

States conjunction(const Lts& lts, const Formulas& formulas, std::span<const FormulaId> parts) {
  States states = all_states(lts);
  for (const FormulaId part : parts) {
    const States some = satisfying(lts, formulas, part);
    std::erase_if(states, [&](std::uint32_t s) { return !some.contains(s); });
  }
  return states;
}

States modality(const Lts& lts, const Formulas& formulas, FormulaId f) {
  const EventId e = formulas[f].event;
  const States before = conjunction(lts, formulas, formulas.before(f));
  const States ends = conjunction(lts, formulas, formulas.after(f));
  switch (formulas[f].modality) {
    case Modality::step: return where(lts, [&](std::uint32_t s) { return meet(after(lts, {s}, e), ends); });
    case Modality::weak_step:
      return where(lts, [&](std::uint32_t s) {
        const States reached = closed(lts, {s});
        return meet(e == tau ? reached : closed(lts, after(lts, reached, e)), ends);
      });
    case Modality::branching_step:
      return where(lts, [&](std::uint32_t s) {
        for (const std::uint32_t at : closed(lts, {s}))
          if (before.contains(at) && (meet(after(lts, {at}, e), ends) || (e == tau && ends.contains(at)))) return true;
        return false;
      });
    case Modality::divergence: {
      const States divergent = divergent_within(lts, ends);
      return where(lts, [&](std::uint32_t s) { return meet(closed(lts, {s}), divergent); });
    }
    case Modality::weak_divergence:
      return divergent_within(lts, where(lts, [&](std::uint32_t s) { return meet(closed(lts, {s}), ends); }));
  }
  return {};
}

// What one modality sees of s in terms of a relation that is given: whether t sees it too.
class OneModality {
 public:
  OneModality(const Lts& lts, Relation relation, const Pairs& related)
      : lts_(lts), relation_(relation), related_(related) {}

  bool seen_by(std::uint32_t s, std::uint32_t t) const {
    switch (relation_) {
      case Relation::strong:
      case Relation::simulation: return steps(s, t);
      case Relation::ready_simulation: return steps(s, t) && offers(s) == offers(t);
      case Relation::weak: return weak_steps(s, t);
      case Relation::dp_weak: return weak_steps(s, t) && weak_divergence(s, t);
      case Relation::branching: return branching_steps(s, t);
      case Relation::dp_branching: return branching_steps(s, t) && divergence(s, t);
      default: return false;
    }
  }

 private:
  bool some(std::uint32_t s, const States& states) const {
    for (const std::uint32_t t : states)
      if (related_[s][t]) return true;
    return false;
  }
  States related_to(std::uint32_t s) const {
    return where(lts_, [&](std::uint32_t t) { return related_[s][t]; });
  }
  std::set<EventId> offers(std::uint32_t s) const {
    std::set<EventId> events;
    for (const Transition& t : row(lts_, s)) events.insert(t.event);
    return events;
  }

  bool steps(std::uint32_t s, std::uint32_t t) const {
    for (const Transition& step : row(lts_, s))
      if (!some(index(step.target), after(lts_, {t}, step.event))) return false;
    return true;
  }

  bool weak_steps(std::uint32_t s, std::uint32_t t) const {
    const States here = closed(lts_, {s}), there = closed(lts_, {t});
    for (const std::uint32_t at : here)
      if (!some(at, there)) return false;
    for (std::uint32_t e = 1; e < lts_.events().size(); ++e)
      for (const std::uint32_t end : closed(lts_, after(lts_, here, EventId{e})))
        if (!some(end, closed(lts_, after(lts_, there, EventId{e})))) return false;
    return true;
  }

  bool branching_steps(std::uint32_t s, std::uint32_t t) const {
    const States there = closed(lts_, {t});
    for (const std::uint32_t at : closed(lts_, {s})) {
      if (!some(at, there)) return false;
      for (const Transition& step : row(lts_, at)) {
        bool found = false;
        for (const std::uint32_t other : there) {
          if (!related_[at][other]) continue;
          found |= some(index(step.target), after(lts_, {other}, step.event));
          found |= step.event == tau && related_[index(step.target)][other];
        }
        if (!found) return false;
      }
    }
    return true;
  }

  bool divergence(std::uint32_t s, std::uint32_t t) const {
    for (const std::uint32_t at : closed(lts_, {s})) {
      const States divergent = divergent_within(lts_, related_to(at));
      if (divergent.contains(at) && !meet(closed(lts_, {t}), divergent)) return false;
    }
    return true;
  }

  bool weak_divergence(std::uint32_t s, std::uint32_t t) const {
    for (const std::uint32_t end : closed(lts_, {s})) {
      const States ends = related_to(end);
      const States divergent =
          divergent_within(lts_, where(lts_, [&](std::uint32_t x) { return meet(closed(lts_, {x}), ends); }));
      if (divergent.contains(s) && !divergent.contains(t)) return false;
    }
    return true;
  }

  const Lts& lts_;
  Relation relation_;
  const Pairs& related_;
};

}  // namespace

States satisfying(const Lts& lts, const Formulas& formulas, FormulaId f) {
  const States states = modality(lts, formulas, f);
  if (!formulas[f].negated) return states;
  return where(lts, [&](std::uint32_t s) { return !states.contains(s); });
}

Pairs alike(const Lts& lts, Relation relation, std::uint32_t depth) {
  const std::uint32_t n = lts.state_count();
  const bool symmetric = relation != Relation::simulation && relation != Relation::ready_simulation;
  Pairs related(n, std::vector<bool>(n, true));
  for (; depth > 0; --depth) {
    const OneModality modality(lts, relation, related);
    Pairs next = related;
    for (std::uint32_t s = 0; s < n; ++s)
      for (std::uint32_t t = 0; t < n; ++t)
        next[s][t] = modality.seen_by(s, t) && (!symmetric || modality.seen_by(t, s));
    related = std::move(next);
  }
  return related;
}

}  // namespace tryst::naive
