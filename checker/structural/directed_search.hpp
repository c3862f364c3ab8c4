// A run of a net towards a candidate, in the hope of a deadlock: the candidate or any other on the way.
//
// Depth first; at each state the rules that bring the components nearest to their places in the candidate come first,
// where near is counted in local moves, as if each component were alone. A state is not entered twice, and only the
// best few rules are tried at each, so nothing follows when no deadlock is found.
//   ready_      by rule: how many participants offer their action now
//   enabled_    the rules of which all do
// Cost: a step costs the rules of the components that move, and a look at all enabled rules. Memory: a few numbers a
// step. Source: greedy best-first search (Doran & Michie, 1966). Threads: none inside.
#pragma once

#include <optional>
#include <vector>

#include "checker/structural/place_net.hpp"

namespace tryst {

struct DirectedSearchLimits {
  std::size_t steps_max = std::size_t{1} << 20;
};

// The rules from the initial state to a deadlock.
std::optional<std::vector<RuleId>> find_deadlock(const PlaceNet&, const std::vector<PlaceId>& candidate, Budget&,
                                                 DirectedSearchLimits = {});

}  // namespace tryst
