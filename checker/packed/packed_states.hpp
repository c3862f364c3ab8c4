// Sets of a few packed states, for what happens after a search.
#pragma once

#include <algorithm>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "checker/packed/visited_set.hpp"

namespace tryst {

inline std::uint64_t hash_of(const std::uint64_t* state, std::size_t words) {
  return VisitedSet::hash(state, static_cast<unsigned>(words));
}

using PackedState = std::vector<std::uint64_t>;
using PackedView = std::span<const std::uint64_t>;

struct PackedHash {
  using is_transparent = void;
  std::size_t operator()(PackedView state) const { return hash_of(state.data(), state.size()); }
};
struct PackedEqual {
  using is_transparent = void;
  bool operator()(PackedView a, PackedView b) const { return std::ranges::equal(a, b); }
};

using PackedStates = std::unordered_set<PackedState, PackedHash, PackedEqual>;
template <class T>
using PackedMap = std::unordered_map<PackedState, T, PackedHash, PackedEqual>;

}  // namespace tryst
