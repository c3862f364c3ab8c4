// Finite maps: entries sorted by key. Lookup O(log n), update O(n).
#pragma once

#include <optional>
#include <span>
#include <utility>

#include "semantics/csp/values.hpp"

namespace tryst::csp {

using MapEntry = std::pair<ValueId, ValueId>;

ValueId empty_map(Values&);
ValueId map_from_list(Values&, std::span<const MapEntry>);  // a later entry of the same key wins
ValueId map_update(Values&, ValueId map, ValueId key, ValueId image);
ValueId map_update_multiple(Values&, ValueId map, std::span<const MapEntry>);  // an earlier entry of the same key wins
ValueId map_delete(Values&, ValueId map, ValueId key);                         // the same map when there is no such key
std::optional<ValueId> map_lookup(const Values&, ValueId map, ValueId key);
std::size_t map_size(const Values&, ValueId map);
MapEntry map_entry(const Values&, ValueId map, std::size_t i);  // in ascending order of keys
ValueId map_to_list(Values&, ValueId map);                      // a sequence of pairs

}  // namespace tryst::csp
