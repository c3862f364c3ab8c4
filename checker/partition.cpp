#include "checker/partition.hpp"

#include <cassert>

namespace tryst {

Partition::Partition(std::uint32_t states) : block_(states, BlockId{0}), begin_{0}, end_{states} {
  states_.reserve(states);
  position_.reserve(states);
  for (std::uint32_t s = 0; s < states; ++s) {
    states_.push_back(static_cast<StateId>(s));
    position_.push_back(s);
  }
}

BlockId Partition::split_off(std::span<const StateId> members) {
  assert(!members.empty());
  const BlockId old = block(members.front());
  const BlockId fresh = static_cast<BlockId>(begin_.size());
  assert(members.size() < size(old));
  const std::uint32_t end = end_[index(old)];
  for (const StateId s : members) {
    assert(block(s) == old);
    const std::uint32_t last = --end_[index(old)];
    const StateId other = states_[last];
    position_[index(other)] = position_[index(s)];
    states_[position_[index(s)]] = other;
    position_[index(s)] = last;
    states_[last] = s;
    block_[index(s)] = fresh;
  }
  begin_.push_back(end_[index(old)]);
  end_.push_back(end);
  return fresh;
}

void Partition::check() const {
  std::uint32_t covered = 0;
  for (std::uint32_t b = 0; b < block_count(); ++b) {
    assert(begin_[b] < end_[b]);
    covered += end_[b] - begin_[b];
    for ([[maybe_unused]] const StateId s : members(static_cast<BlockId>(b))) assert(index(block(s)) == b);
  }
  assert(covered == states_.size());
  for (std::uint32_t s = 0; s < states_.size(); ++s) assert(index(states_[position_[s]]) == s);
}

}  // namespace tryst
