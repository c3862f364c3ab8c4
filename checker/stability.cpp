#include "checker/stability.hpp"

#include <algorithm>
#include <atomic>
#include <bit>

#include "checker/signature_hash.hpp"

namespace tryst {

namespace {

constexpr std::size_t few = 32;  // elements of a signature, as bits of a word, that are compared one by one

// By block of at least two states: the signature of one of them. They lie together, so that the rows of all states can
// be compared with them in the order of the states, which is what memory is fast in.
class BlockSignatures {
 public:
  BlockSignatures(const Lts& lts, const DirtyPartition& partition) : lts_(lts), partition_(partition) {
    std::vector<Transition> elements;
    begin_.reserve(partition.block_count() + std::size_t{1});
    begin_.push_back(0);
    for (std::uint32_t b = 0; b < partition.block_count(); ++b) {
      prefetch_first_members(b);
      const std::span<const StateId> members = partition.members(static_cast<BlockId>(b));
      if (members.size() > 1) {
        signature(lts.transitions(members.front()), partition.blocks(), elements);
        elements_.insert(elements_.end(), elements.begin(), elements.end());
      }
      begin_.push_back(elements_.size());
    }
  }

  // Whether all of these states have the signatures of their blocks.
  bool are_of(std::uint32_t first, std::uint32_t last) const {
    std::vector<Transition> found;
    for (std::uint32_t s = first; s < last; ++s) {
      if (s + 16 < last) prefetch_block(static_cast<StateId>(s + 16));
      if (s + 8 < last) prefetch_signature(static_cast<StateId>(s + 8));
      const StateId state = static_cast<StateId>(s);
      if (partition_.size(partition_.block(state)) == 1) continue;
      const std::span<const Transition> row = lts_.transitions(state);
      const std::span<const Transition> expected = of(partition_.block(state));
      if (expected.size() > few) {
        signature(row, partition_.blocks(), found);
        if (!std::ranges::equal(found, expected)) return false;
      } else if (!has_signature(row, expected)) {
        return false;
      }
    }
    return true;
  }

 private:
  std::span<const Transition> of(BlockId b) const {
    return std::span(elements_).subspan(begin_[index(b)], begin_[index(b) + std::size_t{1}] - begin_[index(b)]);
  }
  // Of the blocks that come after this one: the state, its row, and the blocks that it leads to.
  void prefetch_first_members(std::uint32_t b) const {
    const auto first = [&](std::uint32_t block) { return partition_.members(static_cast<BlockId>(block)).front(); };
    const std::uint32_t count = partition_.block_count();
    if (b + 32 < count) __builtin_prefetch(partition_.members(static_cast<BlockId>(b + 32)).data());
    if (b + 24 < count) lts_.prefetch(first(b + 24));
    if (b + 16 < count) lts_.prefetch_row(first(b + 16));
    if (b + 8 >= count) return;
    for (const Transition& t : lts_.transitions(first(b + 8)))
      __builtin_prefetch(partition_.blocks().data() + index(t.target));
  }
  void prefetch_block(StateId s) const {
    partition_.prefetch(partition_.block(s));
    __builtin_prefetch(begin_.data() + index(partition_.block(s)));
  }
  void prefetch_signature(StateId s) const {
    __builtin_prefetch(elements_.data() + begin_[index(partition_.block(s))]);
    for (const Transition& t : lts_.transitions(s)) __builtin_prefetch(partition_.blocks().data() + index(t.target));
  }

  // Whether a row has these few elements: each of its own is one of them, and all of them are met.
  bool has_signature(std::span<const Transition> row, std::span<const Transition> expected) const {
    std::uint64_t met = 0;
    bool is_strange = false;
    for (const Transition& t : row) {
      const Transition element{t.event, static_cast<StateId>(partition_.blocks()[index(t.target)])};
      std::uint64_t at = 0;
      for (std::size_t i = 0; i < expected.size(); ++i) at |= std::uint64_t{expected[i] == element} << i;
      is_strange |= at == 0;
      met |= at;
    }
    if (is_strange) return false;
    return static_cast<std::size_t>(std::popcount(met)) == expected.size();
  }

  const Lts& lts_;
  const DirtyPartition& partition_;
  std::vector<std::uint64_t> begin_;  // by block, and the end
  std::vector<Transition> elements_;
};

}  // namespace

bool is_stable(const Lts& lts, const DirtyPartition& partition, Crew& crew) {
#ifndef NDEBUG
  partition.check();
#endif
  const std::uint32_t n = lts.state_count();
  if (partition.block_count() == n) return true;
  const BlockSignatures signatures(lts, partition);
  constexpr std::uint64_t share = 1 << 12;  // states
  std::atomic<std::uint64_t> next = 0;      // relaxed below: it deals out states, and orders nothing else
  std::atomic<bool> stable = true;
  crew.run(crew.size(), [&](unsigned) {
    while (stable.load(std::memory_order_relaxed)) {
      const std::uint64_t first = next.fetch_add(share, std::memory_order_relaxed);
      if (first >= n) return;
      const std::uint64_t last = std::min<std::uint64_t>(first + share, n);
      if (!signatures.are_of(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)))
        stable.store(false, std::memory_order_relaxed);
    }
  });
  return stable;
}

}  // namespace tryst
