// The relation that shows that two operands are related, as a JSON document, for `equiv --relation-out`.
//
//   {"schema_version": 1, "relation", "preorder", "kind": "partition" | "simulation", "left_states", "right_states",
//    "classes": [{"left": [0, 3], "right": [1]}, ...], "pairs": [[0, 2], ...]}
// States are numbered as `tryst lts` writes them. A partition relates two states iff they are in one class; a
// simulation relates s to t, which can do all that s does, iff they are in one class or their classes are a pair.
#pragma once

#include <string>

#include "checker/comparison.hpp"

namespace tryst::cli {

// `left_states` of the witness's states are of the left operand.
std::string json_witness(const Witness&, Relation, bool preorder, std::uint32_t left_states);

}  // namespace tryst::cli
