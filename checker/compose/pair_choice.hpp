// Which two parts of a net to compose next: those of whose rules the largest share becomes τ and, among equals, with the
// smallest product (Crouzen & Lang, "Smart reduction", FASE 2011).
//
// Cost: all rules of the parts, and O(parts in it) for each that is τ. Threads: none inside.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "checker/compose/action_net.hpp"

namespace tryst {

using PartPair = std::pair<PartId, PartId>;  // ascending

// A pair of `among`, which ascends, that is not refused; none that would have many times states_max.
std::optional<PartPair> best_pair(const ActionNet&, std::span<const PartId> among, std::span<const PartPair> refused,
                                  std::uint32_t states_max, Budget&);

}  // namespace tryst
