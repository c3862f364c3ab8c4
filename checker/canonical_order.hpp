// Numbering the states and events of a system so that isomorphic systems become identical, to the last byte of a file.
#pragma once

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

// The reachable part: events that occur numbered by their names, then states breadth first, of which those that one
// state leads to by one event keep their order. Where the numbers of `lts` depend on nothing but its isomorphism class,
// as those of blocks do (checker/signature_rounds.hpp), so does the result. O(m log m).
Lts in_canonical_order(Lts lts, Budget&);

}  // namespace tryst
