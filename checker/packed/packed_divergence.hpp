// Divergence in a packed search: the τ-cycles among the states that it has visited.
//
// Often the components alone show that there is none (cyclic_rules.hpp). Otherwise, after the search, τ-transitions of
// the rules that are left are counted by their target and states without incoming ones removed, again and again (Kahn,
// "Topological sorting of large networks", CACM 5(11), 1962): what remains is reachable from a τ-cycle, and usually
// nothing does. On what remains, strongly connected components (Tarjan, SIAM J. Comput. 1(2), 1972) tell which states
// are on cycles. A search that a failure has ended is first continued along τ alone, so that no cycle through a visited
// state is missed. Cost: two visits of each state and a look-up for each τ-transition; one byte for each slot of the
// visited set. Where the components show that there is none, nothing.
#pragma once

#include <optional>

#include "checker/packed/packed_search.hpp"
#include "checker/packed/packed_states.hpp"

namespace tryst {

// The least level with states on a τ-cycle, up to the last one that was searched, and those states.
struct Divergence {
  std::uint32_t level;
  PackedStates states;
};

std::optional<Divergence> find_divergence(PackedSearch&, const PackedQuestion&, Budget&);

// Whether there is a τ-cycle among the states that have been searched so far: for a search that is paused, and goes on.
bool shows_divergence(const PackedSearch&, const PackedQuestion&, Budget&);

}  // namespace tryst
