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

// States to be found among many others: those that are not in the set are mostly told by a bit of their hash.
class PackedSelection {
 public:
  void insert(PackedView state) {
    filter_[hash_of(state.data(), state.size()) % filter_.size()] = true;
    states_.emplace(state.begin(), state.end());
  }
  bool contains(PackedView state) const {
    return filter_[hash_of(state.data(), state.size()) % filter_.size()] && states_.contains(state);
  }
  const PackedStates& states() const { return states_; }

 private:
  std::vector<bool> filter_ = std::vector<bool>(std::size_t{1} << 16);
  PackedStates states_;
};

}  // namespace tryst
