// The behaviours of a small transition system, written down from the definitions: every trace of at most `length`
// events with every refusal, revival and refusal trace, each set of refused events by itself. No subset construction,
// no minimal or maximal sets, no τ-components: what tests compare the checker with.
//
// A history is what was observed before now. For T, F and V it is the trace; for R it is X1 e1 X2 e2 ..., where Xi is a
// refused set (a bit mask over events) or -1: nothing was refused.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "checker/question.hpp"
#include "semantics/lts.hpp"

namespace tryst::naive {

using History = std::vector<int>;
using Shown = std::vector<int>;  // a kind, the history, and what is seen at its end

struct Behaviours {
  std::set<Shown> shown;
  std::set<History> divergent;  // after these, τ is possible for ever
};

Behaviours behaviours(const Lts&, Model, std::size_t length);

// The number of steps, τ included, of a shortest path of the implementation that shows, within `length` events, what
// the specification does not; none if there is none.
std::optional<std::size_t> shortest_failure(const Behaviours& specification, const Lts& implementation, Model,
                                            std::size_t length);

// From the definitions, on all reachable states.
bool has_deadlock(const Lts&);
bool has_divergence(const Lts&);
// Whether after some trace of at most `length` events an event can be both performed and refused.
bool is_nondeterministic(const Lts&, std::size_t length);

// ---- systems to try

// The system number `bits` of all those over the given events: bit (s * events + e) * states + t says that s has an
// e-transition to t. Event 1 is ✓ and, when listed, needs t to be the last state, which becomes Ω and loses its
// transitions.
Lts system_from_bits(std::uint32_t states, const std::vector<EventId>& events, std::uint64_t bits);

// About `density` transitions a state, any of them τ with probability `tau_share`; with `tick`, some states offer ✓.
Lts random_system(std::uint64_t seed, std::uint32_t states, std::uint32_t visible_events, double density,
                  double tau_share, bool tick);

// `a`, `b`, ...: the names of the visible events of these systems.
EventNames letters(std::uint32_t count);

// Of a, b and c; c is possible where the letter `distance` places before was a: as a specification, 2^distance sets.
Lts letter_before(std::uint32_t distance);

}  // namespace tryst::naive
