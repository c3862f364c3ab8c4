// The simulation game on pairs of states of one system: what `second` must be able to do to simulate `first`.
//
// A simulation relates first to second only if second answers each step of first by a step of the same event to a state
// that again simulates (Park, "Concurrency and automata on infinite sequences", 1981). For ready simulation both must
// also offer the same events (Bloom, Istrail & Meyer, "Bisimulation can't be traced", JACM 42(1), 1995): an event that
// only second offers is a challenge that has no answer. τ is a label like any other.
#pragma once

#include <vector>

#include "checker/initials.hpp"
#include "semantics/lts.hpp"

namespace tryst {

struct SimulationPair {
  StateId first, second;
  friend auto operator<=>(const SimulationPair&, const SimulationPair&) = default;
};

struct SimulationChallenge {
  bool is_offer;  // of second, which first refuses; else a step of first
  EventId event;
  StateId target;  // of the step; no_id for an offer
};

struct SimulationRules {
  const Lts& lts;
  bool ready;

  // None for a state and itself: equal states answer everything.
  std::vector<SimulationChallenge> challenges(SimulationPair pair) const {
    std::vector<SimulationChallenge> out;
    if (pair.first == pair.second) return out;
    for (const Transition& t : lts.transitions(pair.first)) out.push_back({false, t.event, t.target});
    if (!ready) return out;
    EventId last = no_id<EventId>;
    for (const Transition& t : lts.transitions(pair.second)) {
      if (t.event != last && with_event(lts.transitions(pair.first), t.event).empty())
        out.push_back({true, t.event, no_id<StateId>});
      last = t.event;
    }
    return out;
  }

  // The steps that could answer.
  Row answers(SimulationPair pair, const SimulationChallenge& challenge) const {
    return challenge.is_offer ? Row{} : with_event(lts.transitions(pair.second), challenge.event);
  }
};

}  // namespace tryst
