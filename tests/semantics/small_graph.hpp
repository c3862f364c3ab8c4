// Small explicit graphs of processes, and naive comparisons of them: oracles for tests, written for plainness.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "semantics/csp/reference_system.hpp"

namespace tryst::csp {

struct SmallGraph {
  std::vector<std::vector<Transition>> rows;
  std::vector<bool> ended;  // Ω
  bool complete = true;     // false: there were more than `states_max` states

  std::size_t transitions() const;
};

SmallGraph explore(ReferenceSystem&, std::size_t states_max = 20000);

// Strong bisimulation of the initial states, by refining the partition until nothing changes.
bool strongly_bisimilar(const SmallGraph&, const SmallGraph&);

// What a process can do after a trace: events, and the acceptances of its stable states and of those that offer ✓.
using States = std::set<std::uint32_t>;
States closed(const SmallGraph&, States);  // with what τ reaches
States after(const SmallGraph&, const States&, EventId);
std::set<EventId> initials(const SmallGraph&, const States&);
std::set<std::set<EventId>> acceptances(const SmallGraph&, const States&);

// Whether every trace (and stable failure) of `implementation` is one of `specification`; exact, by the joint subsets.
bool refines_in_traces(const SmallGraph& specification, const SmallGraph& implementation);
bool refines_in_failures(const SmallGraph& specification, const SmallGraph& implementation);

// Divergence-free, and no event is both possible and refused after the same trace.
bool deterministic(const SmallGraph&);
bool divergent(const SmallGraph&);

}  // namespace tryst::csp
