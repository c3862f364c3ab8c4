// A partition of the states 0..n-1 whose blocks are split by the keys of their dirty states: the data structure of
// Jacobs & Wißmann, "Fast coalgebraic bisimilarity minimization", POPL 2023.
//
// A state is dirty while its key may have changed; the clean states of a block all have the same key. Each block's
// largest part keeps the block's number, so that a state changes its block at most log n times.
//   states_     n entries, a permutation; block b is states_[begin, end) of blocks_[b], its dirty states last
//   position_   n entries, its inverse: states_[position_[s]] == s
//   block_      n entries: s lies in block block_[s]
//   blocks_     by block: where it lies, how many of its states are dirty, and the key of the clean ones
// How the states fall apart and what numbers their blocks get depends on the keys and on which states are dirty, and
// not on the numbers of the states: isomorphic systems are partitioned alike.
//
// mark() costs O(1), split() O(dirty states) and sorting its groups, assign() O(states that leave). Memory: 12 bytes a
// state and 24 a block. Threads: blocks may be worked on at the same time, each by one thread; split_large() is for blocks
// so large that one thread would be what all others wait for.
#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "checker/packed/crew.hpp"
#include "checker/partition.hpp"
#include "semantics/huge_pages.hpp"

namespace tryst {

using SignatureKey = std::uint64_t;  // a hash of what a state can do

class DirtyPartition {
 public:
  explicit DirtyPartition(std::uint32_t states);  // one block, all clean, its key 0

  // The states at these positions leave their block together; all have this key.
  struct Part {
    std::uint32_t begin;
    std::uint32_t end;
    SignatureKey key;
  };

  // Room for the work of one thread: states with their keys, and the groups of those that have the same.
  class Scratch {
    friend class DirtyPartition;
    struct Keyed {
      SignatureKey key;
      StateId state;
    };
    struct Group {
      SignatureKey key;
      std::uint32_t count;
      std::uint32_t next;  // where the next of its states goes
    };
    void group(std::span<const Keyed>, const SignatureKey* first);
    std::uint32_t group_of(SignatureKey);
    void grow_slots();

    std::vector<Keyed> states_;
    std::vector<Group> groups_;
    std::vector<std::uint32_t> slots_;                           // open addressing: a group + 1, or 0
    std::vector<std::uint32_t> group_;                           // by state
    std::vector<std::pair<SignatureKey, std::uint32_t>> order_;  // of the groups
    std::vector<Part> parts_;
  };

  std::uint32_t block_count() const { return static_cast<std::uint32_t>(blocks_.size()); }
  BlockId block(StateId s) const { return static_cast<BlockId>(block_[index(s)]); }
  std::uint32_t size(BlockId b) const { return blocks_[index(b)].end - blocks_[index(b)].begin; }
  std::span<const StateId> members(BlockId b) const { return {states_.data() + blocks_[index(b)].begin, size(b)}; }
  std::span<const StateId> members(Part p) const { return {states_.data() + p.begin, p.end - p.begin}; }
  std::span<const StateId> states() const { return states_; }  // block by block, in any order of the blocks
  std::uint32_t dirty_count(BlockId b) const { return blocks_[index(b)].dirty; }
  SignatureKey key(BlockId b) const { return blocks_[index(b)].key; }  // of its clean states
  std::span<const std::uint32_t> blocks() const { return block_; }     // by state

  void prefetch(BlockId b) const { __builtin_prefetch(blocks_.data() + index(b)); }
  // mark(s) will be called soon: in about sixteen calls, and in eight.
  void prefetch_position(StateId s) const {
    prefetch(block(s));
    __builtin_prefetch(position_.data() + index(s));
  }
  void prefetch_exchange(StateId s) const {
    const Block& b = blocks_[block_[index(s)]];
    __builtin_prefetch(states_.data() + position_[index(s)], 1);
    __builtin_prefetch(states_.data() + b.end - b.dirty - 1, 1);
  }
  // Makes a clean s dirty, unless it is alone in its block. Whether it is the first one of the block.
  bool mark(StateId s) {
    Block& b = blocks_[block_[index(s)]];
    if (b.end - b.begin == 1) return false;
    const std::uint32_t at = position_[index(s)];
    const std::uint32_t last_clean = b.end - ++b.dirty;
    const StateId other = states_[last_clean];
    states_[at] = other;
    position_[index(other)] = at;
    states_[last_clean] = s;
    position_[index(s)] = last_clean;
    return b.dirty == 1;
  }

  // split(b) will be called soon: in about two calls, and in one.
  void prefetch_states(BlockId b) const { __builtin_prefetch(states_.data() + blocks_[index(b)].end - 1); }
  void prefetch_keys(BlockId b, std::span<const SignatureKey> keys) const {
    for (const StateId s : dirty(b).last(std::min<std::size_t>(dirty_count(b), 16)))
      __builtin_prefetch(keys.data() + index(s));
  }
  // Groups the states of b by their keys, given by state, of which the clean ones share the block's. The largest group
  // stays b (of equal ones the clean one, then the one of the least key); the others are appended to `leaving`: the
  // clean one, then in ascending order of their keys. All are clean after it.
  void split(BlockId b, std::span<const SignatureKey> keys, Scratch&, std::vector<Part>& leaving);
  // The same, to the letter, by all of the crew, each with its scratch; about twice as fast also by one alone, where there
  // are too many groups for the cache. Takes 16 bytes more a dirty state.
  void split_large(BlockId b, std::span<const SignatureKey> keys, Crew&, std::span<Scratch>,
                   std::vector<Part>& leaving);

  // Blocks to come, numbered from the result on; each must get its part.
  BlockId add_blocks(std::size_t count);
  // Threads: different parts at the same time.
  void assign(Part, BlockId);

  void check() const;  // asserts the invariants above, and that all are clean

 private:
  struct Block {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t dirty;
    SignatureKey key;
  };

  using Keyed = Scratch::Keyed;

  std::span<const StateId> dirty(BlockId b) const { return members(b).last(blocks_[index(b)].dirty); }
  bool has_clean(BlockId b) const { return dirty_count(b) < size(b); }
  // The key that comes before all others, if there is one.
  const SignatureKey* clean_key(BlockId b) const { return has_clean(b) ? &blocks_[index(b)].key : nullptr; }
  void place(std::span<const Keyed>, std::uint32_t at, Scratch&);
  void keep_largest(BlockId b, std::span<const std::span<const Part>> parts, std::vector<Part>& leaving);

  std::vector<StateId, HugePages<StateId>> states_;
  std::vector<std::uint32_t, HugePages<std::uint32_t>> position_;
  std::vector<std::uint32_t, HugePages<std::uint32_t>> block_;
  std::vector<Block, HugePages<Block>> blocks_;
};

}  // namespace tryst
