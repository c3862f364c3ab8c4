// The relations between states, as greatest fixed points of their definitions on pairs: start with all pairs, and take
// away those that violate a clause until none does. What tests compare the partition refinements with.
#pragma once

#include <vector>

#include "checker/equivalence.hpp"

namespace tryst::naive {

using Pairs = std::vector<std::vector<bool>>;  // [s][t]: s is related to t

// Strong, branching, dp_branching, weak, dp_weak: the equivalence; simulation, ready_simulation: s is simulated by t.
Pairs greatest(const Lts&, Relation);

// Whether no pair of this relation violates a clause: it is a relation of the kind, perhaps not the greatest.
bool satisfies_clauses(const Lts&, Relation, const Pairs&);

}  // namespace tryst::naive
