#include "checker/dirty_partition.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace tryst {

namespace {

constexpr std::size_t groups_searched_max = 8;  // one after another; more are hashed

}  // namespace

DirtyPartition::DirtyPartition(std::uint32_t states) : states_(states), position_(states), block_(states, 0) {
  for (std::uint32_t s = 0; s < states; ++s) states_[s] = static_cast<StateId>(s);
  std::iota(position_.begin(), position_.end(), 0);
  blocks_.reserve(states);  // takes no memory before it is used
  blocks_.push_back({0, states, 0, 0});
}

// The groups of the states, which are numbered as they are met, after the one with the key `first`.
void DirtyPartition::Scratch::group(std::span<const Keyed> states, const SignatureKey* first) {
  groups_.clear();
  group_.clear();
  if (first != nullptr) groups_.push_back({*first, 0, 0});
  for (const Keyed& s : states) {
    const std::uint32_t g = group_of(s.key);
    ++groups_[g].count;
    group_.push_back(g);
  }
  order_.clear();
  for (std::uint32_t g = 0; g < groups_.size(); ++g) order_.emplace_back(groups_[g].key, g);
  std::sort(order_.begin() + (first != nullptr ? 1 : 0), order_.end());
}

std::uint32_t DirtyPartition::Scratch::group_of(SignatureKey key) {
  const auto fresh = [&] {
    groups_.push_back({key, 0, 0});
    return static_cast<std::uint32_t>(groups_.size() - 1);
  };
  if (groups_.size() <= groups_searched_max) {
    for (std::uint32_t g = 0; g < groups_.size(); ++g)
      if (groups_[g].key == key) return g;
    if (groups_.size() < groups_searched_max) return fresh();
    slots_.assign(2 * groups_searched_max, 0);
  }
  if (2 * groups_.size() >= slots_.size()) grow_slots();
  std::size_t slot = key & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1))
    if (groups_[slots_[slot] - 1].key == key) return slots_[slot] - 1;
  const std::uint32_t group = fresh();
  slots_[slot] = group + 1;
  return group;
}

void DirtyPartition::Scratch::grow_slots() {
  slots_.assign(2 * slots_.size(), 0);
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    std::size_t slot = groups_[g].key & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = g + 1;
  }
}

// Brings the states of each group together, from position `at` on, in the order of the groups, and appends its parts.
void DirtyPartition::place(std::span<const Keyed> states, std::uint32_t at, Scratch& scratch) {
  for (const auto& [key, g] : scratch.order_) {
    Scratch::Group& group = scratch.groups_[g];
    group.next = at;
    at += group.count;
    scratch.parts_.push_back({group.next, at, key});
  }
  for (std::size_t i = 0; i < states.size(); ++i) {
    const std::uint32_t position = scratch.groups_[scratch.group_[i]].next++;
    states_[position] = states[i].state;
    position_[index(states[i].state)] = position;
  }
}

// What b is split into, from list to list in the order that split() promises.
void DirtyPartition::keep_largest(BlockId b, std::span<const std::span<const Part>> parts, std::vector<Part>& leaving) {
  const auto each = [&](auto visit) {
    for (const auto& list : parts)
      for (const Part& part : list) visit(part);
  };
  Part kept{};
  each([&](const Part& part) {
    if (part.end - part.begin > kept.end - kept.begin) kept = part;
  });
  each([&](const Part& part) {
    if (part.begin != kept.begin) leaving.push_back(part);
  });
  blocks_[index(b)] = {kept.begin, kept.end, 0, kept.key};
}

void DirtyPartition::split(BlockId b, std::span<const SignatureKey> keys, Scratch& scratch,
                           std::vector<Part>& leaving) {
  Block& block = blocks_[index(b)];
  scratch.states_.clear();
  for (const StateId s : dirty(b)) scratch.states_.push_back({keys[index(s)], s});
  scratch.group(scratch.states_, clean_key(b));
  if (scratch.groups_.size() == 1) {
    block.key = scratch.groups_.front().key;
    block.dirty = 0;
    return;
  }
  scratch.parts_.clear();
  place(scratch.states_, block.end - block.dirty, scratch);
  scratch.parts_.front().begin = block.begin;  // the clean states lie before the dirty ones of their group
  const std::span<const Part> parts = scratch.parts_;
  keep_largest(b, {&parts, 1}, leaving);
}

BlockId DirtyPartition::add_blocks(std::size_t count) {
  const BlockId first = static_cast<BlockId>(blocks_.size());
  blocks_.resize(blocks_.size() + count);
  return first;
}

void DirtyPartition::assign(Part part, BlockId b) {
  assert(part.begin < part.end);
  blocks_[index(b)] = {part.begin, part.end, 0, part.key};
  for (const StateId s : members(part)) block_[index(s)] = index(b);
}

void DirtyPartition::check() const {
  std::size_t covered = 0;
  for (std::uint32_t b = 0; b < block_count(); ++b) {
    assert(blocks_[b].begin < blocks_[b].end);
    assert(blocks_[b].dirty == 0);
    covered += size(static_cast<BlockId>(b));
    for ([[maybe_unused]] const StateId s : members(static_cast<BlockId>(b))) assert(block_[index(s)] == b);
  }
  assert(covered == states_.size());
  for (std::uint32_t s = 0; s < states_.size(); ++s) assert(index(states_[position_[s]]) == s);
}

}  // namespace tryst
