// Numbering the states and events of a system so that isomorphic systems become identical, to the last byte of a file.
#pragma once

#include <span>

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

// The reachable part: events that occur numbered by their names, then states breadth first, of which those that one
// state leads to by one event come in the order of their ranks. `rank`, by state, tells all states apart. Where it depends
// on nothing but the system's isomorphism class, as the numbers of blocks do that have one state each
// (checker/signature_rounds.hpp), so does the result. O(m log m).
Lts in_canonical_order(const Lts&, std::span<const StateId> rank, Budget&);

}  // namespace tryst
