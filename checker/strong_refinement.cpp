#include "checker/strong_refinement.hpp"

#include <algorithm>
#include <atomic>
#include <bit>

namespace tryst {

namespace {

constexpr std::size_t few = 64;  // elements of a signature, as bits of a word

}  // namespace

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
      if (i + 8 < states.size()) partition().prefetch(partition().block(states[i + 8]));
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
  if (partition().block_count() == lts_.state_count()) return true;
  constexpr std::size_t share = 1 << 12;  // states
  const std::span<const StateId> states = partition().states();
  std::atomic<std::size_t> next = 0;  // relaxed below: it deals out positions, and orders nothing else
  std::atomic<bool> stable = true;
  crew_.run(crew_.size(), [&](unsigned) {
    std::vector<Transition> expected;
    std::vector<Transition> found;
    for (;;) {
      const std::size_t first = next.fetch_add(share, std::memory_order_relaxed);
      if (first >= states.size() || !stable.load(std::memory_order_relaxed)) return;
      const std::size_t last = std::min(first + share, states.size());
      for (std::size_t i = first; i < last;) {
        const std::span<const StateId> block = partition().members(partition().block(states[i]));
        const bool begins_here = block.data() == states.data() + i;
        if (begins_here && !have_one_signature(i, block.size(), expected, found))
          stable.store(false, std::memory_order_relaxed);
        i = static_cast<std::size_t>(block.data() - states.data()) + block.size();
      }
    }
  });
  return stable;
}

// The states of a block, given by their positions. Compared element by element.
bool StrongRefinement::have_one_signature(std::size_t first, std::size_t count, std::vector<Transition>& expected,
                                          std::vector<Transition>& found) const {
  const std::span<const StateId> states = partition().states();
  if (count == 1) return true;
  signature(lts_.transitions(states[first]), partition().blocks(), expected);
  for (std::size_t i = first + 1; i < first + count; ++i) {
    prefetch_rows(states, i);
    const Row row = lts_.transitions(states[i]);
    if (expected.size() > few) {
      signature(row, partition().blocks(), found);
      if (found != expected) return false;
    } else if (!has_signature(row, expected)) {
      return false;
    }
  }
  return true;
}

// Whether a row has these few elements: each of its own is one of them, and all of them are met.
bool StrongRefinement::has_signature(Row row, std::span<const Transition> expected) const {
  std::uint64_t met = 0;
  std::size_t first = 0;  // of the elements with the event
  for (const Transition& t : row) {
    const Transition element{t.event, static_cast<StateId>(partition().blocks()[index(t.target)])};
    while (first < expected.size() && expected[first].event < element.event) ++first;
    std::size_t at = first;
    while (at < expected.size() && expected[at] < element) ++at;
    if (at == expected.size() || expected[at] != element) return false;
    met |= std::uint64_t{1} << at;
  }
  return static_cast<std::size_t>(std::popcount(met)) == expected.size();
}

// Of the states that come after this one.
void StrongRefinement::prefetch_rows(std::span<const StateId> states, std::size_t at) const {
  if (at + 24 < states.size()) lts_.prefetch(states[at + 24]);
  if (at + 16 < states.size()) __builtin_prefetch(lts_.transitions(states[at + 16]).data());
  if (at + 8 >= states.size()) return;
  for (const Transition& t : lts_.transitions(states[at + 8]))
    __builtin_prefetch(&partition().blocks()[index(t.target)]);
}

}  // namespace tryst
