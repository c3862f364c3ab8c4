#include "checker/stability.hpp"

#include <algorithm>
#include <atomic>
#include <bit>

#include "checker/signature_hash.hpp"

namespace tryst {

namespace {

constexpr std::size_t few = 64;  // elements of a signature, as bits of a word

// By block of at least two states: the signature of one of them. They lie together, so that the rows of all states can
// be compared with them in the order of the states, which is what memory is fast in.
class BlockSignatures {
 public:
  BlockSignatures(const Lts& lts, const DirtyPartition& partition) : lts_(lts), partition_(partition) {
    std::vector<Transition> elements;
    begin_.reserve(partition.block_count() + std::size_t{1});
    begin_.push_back(0);
    for (std::uint32_t b = 0; b < partition.block_count(); ++b) {
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
    std::size_t first = 0;  // of the elements with the event
    for (const Transition& t : row) {
      const Transition element{t.event, static_cast<StateId>(partition_.blocks()[index(t.target)])};
      while (first < expected.size() && expected[first].event < element.event) ++first;
      std::size_t at = first;
      while (at < expected.size() && expected[at] < element) ++at;
      if (at == expected.size() || expected[at] != element) return false;
      met |= std::uint64_t{1} << at;
    }
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
