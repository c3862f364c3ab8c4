// A partition of the states 0..n-1 into blocks that can only be split.
//   states_     n entries, a permutation; block b is states_[begin_[b], end_[b])
//   position_   n entries, its inverse: states_[position_[s]] == s
//   block_      n entries: s lies in block block_[s]
// split_off costs O(number of states that move). Not thread-safe.
#pragma once

#include <span>
#include <vector>

#include "frontend/arena.hpp"
#include "semantics/transition_system.hpp"

namespace tryst {

enum class BlockId : std::uint32_t {};

class Partition {
 public:
  explicit Partition(std::uint32_t states);  // one block, 0

  BlockId block(StateId s) const { return block_[index(s)]; }
  std::uint32_t size(BlockId b) const { return end_[index(b)] - begin_[index(b)]; }
  std::span<const StateId> members(BlockId b) const { return {states_.data() + begin_[index(b)], size(b)}; }
  std::uint32_t block_count() const { return static_cast<std::uint32_t>(begin_.size()); }
  std::uint32_t state_count() const { return static_cast<std::uint32_t>(states_.size()); }

  // Moves some members of one block, without duplicates and not all, into a new block, the next in number.
  BlockId split_off(std::span<const StateId> members);

  void check() const;  // asserts the invariants above

 private:
  std::vector<StateId> states_;
  std::vector<std::uint32_t> position_;
  std::vector<BlockId> block_;
  std::vector<std::uint32_t> begin_;
  std::vector<std::uint32_t> end_;
};

}  // namespace tryst
