// Which two parts of a net to compose next: those of whose rules the largest share becomes τ or one rule, and, among
// equals, with the smallest product (Crouzen & Lang, "Smart reduction", FASE 2011).
//
// Two rules become one where they differ only in which of the two parts takes part: equal clients of one server, say,
// whose events do not tell who they are of. Then it only matters how many are in which state: k parts of n states have
// C(n+k-1, k) such states instead of n^k, if they are composed one after the other. So of all parts that are alternatives
// in a rule, the largest is proposed together with the smallest.
// Cost: all rules of the parts, by their participants. Threads: none inside.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "checker/compose/action_net.hpp"

namespace tryst {

using PartPair = std::pair<PartId, PartId>;  // ascending

// A pair of `among`, which ascends, that is not refused, nor would have many times states_max. The larger part of a refused
// pair is no alternative any more.
std::optional<PartPair> best_pair(const ActionNet&, std::span<const PartId> among, std::span<const PartPair> refused,
                                  std::uint32_t states_max, Budget&);

}  // namespace tryst
