// Patterns as trees of constructors, and whether a row of them still accepts something that no earlier row accepts.
//
// A *constructor* is a Boolean, number or character, a constant of a datatype with its fields, a tuple, and of sequences
// the empty one and one element in front of a rest. What has no such form (sets, s^<1>, parts of dotted values) accepts
// less than nothing said about it: an earlier row with it counts for nothing, and in the row in question it is anything.
// Source: Maranget, "Warnings for pattern matching", JFP 17, 2007. Cost: exponential in the worst case, so limited; then
// the row is taken to be useful. Threads: none.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "frontend/csp/typing.hpp"

namespace tryst::csp {

struct PatternTree {
  using Key = std::pair<std::uint32_t, std::int64_t>;  // of a constructor
  std::optional<Key> key{};                            // none: anything
  std::size_t siblings = 0;                            // constructors of its type; 0: without a limit
  std::vector<PatternTree> parts{};
};
using PatternRow = std::vector<PatternTree>;

// None: the pattern has no such form. `wider`: then it is one that accepts more, which there always is.
std::optional<PatternTree> pattern_tree(const Typed&, PatternId, bool wider);

// Whether the row accepts something that none of the earlier ones accepts; they are equally long.
bool is_useful(const std::vector<PatternRow>& earlier, const PatternRow&);

}  // namespace tryst::csp
