#include "checker/strong_refinement.hpp"

#include <algorithm>
#include <atomic>

namespace tryst {

StrongRefinement::StrongRefinement(const Lts& lts, Crew& crew, Budget& budget)
    : lts_(lts),
      crew_(crew),
      hash_(lts, seed_),
      predecessors_(lts),
      rounds_(lts.state_count(), predecessors_, crew, budget),
      scratch_(crew.size()) {}

bool StrongRefinement::round() {
  rounds_.each_share_of_dirty([&](std::span<const StateId> states, unsigned worker) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      prefetch_rows(states, i);
      if (partition().size(partition().block(states[i])) == 1) continue;
      rounds_.set_key(states[i], hash_(lts_.transitions(states[i]), partition().blocks(), scratch_[worker]));
    }
  });
  if (rounds_.split()) return true;
  if (is_stable()) return false;
  hash_ = SignatureHash(lts_, ++seed_);
  rounds_.make_all_dirty();
  return true;
}

bool StrongRefinement::is_stable() const {
#ifndef NDEBUG
  partition().check();
#endif
  constexpr std::uint32_t blocks_at_once = 256;
  std::atomic<std::uint32_t> next = 0;  // relaxed below: it deals out numbers, and orders nothing else
  std::atomic<bool> stable = true;
  crew_.run(crew_.size(), [&](unsigned) {
    std::vector<Transition> expected;
    std::vector<Transition> found;
    for (;;) {
      const std::uint32_t first = next.fetch_add(blocks_at_once, std::memory_order_relaxed);
      const std::uint32_t last = std::min(first + blocks_at_once, partition().block_count());
      if (first >= last || !stable.load(std::memory_order_relaxed)) return;
      for (std::uint32_t b = first; b < last; ++b)
        if (!have_one_signature(partition().members(static_cast<BlockId>(b)), expected, found))
          stable.store(false, std::memory_order_relaxed);
    }
  });
  return stable;
}

// Compared element by element.
bool StrongRefinement::have_one_signature(std::span<const StateId> states, std::vector<Transition>& expected,
                                          std::vector<Transition>& found) const {
  if (states.size() == 1) return true;
  signature(lts_.transitions(states.front()), partition().blocks(), expected);
  for (std::size_t i = 1; i < states.size(); ++i) {
    prefetch_rows(states, i);
    signature(lts_.transitions(states[i]), partition().blocks(), found);
    if (found != expected) return false;
  }
  return true;
}

// Of the states that come after this one.
void StrongRefinement::prefetch_rows(std::span<const StateId> states, std::size_t at) const {
  if (at + 16 < states.size()) lts_.prefetch(states[at + 16]);
  if (at + 8 < states.size()) __builtin_prefetch(lts_.transitions(states[at + 8]).data());
}

}  // namespace tryst
