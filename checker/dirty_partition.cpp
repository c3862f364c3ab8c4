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

std::uint32_t DirtyPartition::Scratch::group_of(SignatureKey key) {
  const auto fresh = [&] {
    groups_.push_back({key, 0, 0});
    return static_cast<std::uint32_t>(groups_.size() - 1);
  };
  if (groups_.size() < groups_searched_max) {
    for (std::uint32_t g = 0; g < groups_.size(); ++g)
      if (groups_[g].key == key) return g;
    return fresh();
  }
  if (groups_.size() == groups_searched_max) slots_.assign(4 * groups_searched_max, 0);
  if (groups_.size() == groups_searched_max || 2 * groups_.size() >= slots_.size()) grow_slots();
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

// The groups of the dirty states and their sizes, and the group of each.
void DirtyPartition::group_dirty(BlockId b, std::span<const SignatureKey> keys, Scratch& scratch) const {
  scratch.groups_.clear();
  if (dirty_count(b) < size(b)) scratch.groups_.push_back({key(b), 0, 0});
  scratch.group_.clear();
  for (const StateId s : dirty(b)) {
    const std::uint32_t g = scratch.group_of(keys[index(s)]);
    ++scratch.groups_[g].count;
    scratch.group_.push_back(g);
  }
}

// Brings the dirty states of each group together, in the order of the groups.
void DirtyPartition::gather(BlockId b, Scratch& scratch) {
  std::uint32_t next = blocks_[index(b)].end - blocks_[index(b)].dirty;
  for (const auto& [key, g] : scratch.order_) {
    scratch.groups_[g].next = next;
    next += scratch.groups_[g].count;
  }
  const auto states = dirty(b);
  scratch.moved_.assign(states.begin(), states.end());
  for (std::size_t i = 0; i < scratch.moved_.size(); ++i) {
    const std::uint32_t at = scratch.groups_[scratch.group_[i]].next++;
    states_[at] = scratch.moved_[i];
    position_[index(scratch.moved_[i])] = at;
  }
}

void DirtyPartition::split(BlockId b, std::span<const SignatureKey> keys, Scratch& scratch,
                           std::vector<Part>& leaving) {
  Block& block = blocks_[index(b)];
  group_dirty(b, keys, scratch);
  const auto& groups = scratch.groups_;
  if (groups.size() == 1) {
    block.key = groups.front().key;
    block.dirty = 0;
    return;
  }
  auto& order = scratch.order_;
  order.clear();
  for (std::uint32_t g = 0; g < groups.size(); ++g) order.emplace_back(groups[g].key, g);
  std::sort(order.begin() + (block.dirty < size(b) ? 1 : 0), order.end());
  gather(b, scratch);
  // The clean states lie before the dirty ones of their group.
  const auto part = [&, begin = block.begin](std::size_t i) {
    const Scratch::Group& group = groups[order[i].second];
    return Part{i == 0 ? begin : group.next - group.count, group.next, group.key};
  };
  std::size_t kept = 0;
  for (std::size_t i = 1; i < order.size(); ++i)
    if (part(i).end - part(i).begin > part(kept).end - part(kept).begin) kept = i;
  for (std::size_t i = 0; i < order.size(); ++i)
    if (i != kept) leaving.push_back(part(i));
  const Part rest = part(kept);
  block = {rest.begin, rest.end, 0, rest.key};
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
