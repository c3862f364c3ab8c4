// A set of states that several threads add to and that is then taken as a list in ascending order: what one phase of a
// refinement leaves to the next.
//
// The order is worth the effort: the numbers of most systems say where a state was met, so what belongs to states of
// neighbouring numbers lies close together, and is read several times faster in their order than in any other.
//   flags_    by state: 1 if it is in the set
//   added_    by thread: the states it has added, up to few_max_; beyond, the flags are searched
// add() costs O(1), take() O(k log k) for k states if they are few, else O(n / 8). Memory: a byte a state, and
// with several threads 4 for each state that is taken.
// Threads: add() by several, each with a number of its own; take() by one, after the others, with any crew.
#pragma once

#include <atomic>
#include <vector>

#include "checker/packed/crew.hpp"
#include "semantics/huge_pages.hpp"
#include "semantics/transition_system.hpp"

namespace tryst {

class StateSet {
 public:
  StateSet(std::uint32_t states, unsigned threads);

  // Whether s was not in the set; of threads that add it at the same time several may be told so. Relaxed, as that is
  // harmless, and take() comes after a barrier.
  bool add(StateId s, unsigned thread) {
    const std::atomic_ref flag(flags_[index(s)]);
    if (flag.load(std::memory_order_relaxed) != 0) return false;
    flag.store(1, std::memory_order_relaxed);
    if (added_[thread].size() <= few_max_) added_[thread].push_back(s);
    return true;
  }
  void prefetch(StateId s) const { __builtin_prefetch(flags_.data() + index(s)); }

  // Replaces `out` by the states of the set, which is empty then.
  void take(std::vector<StateId>& out, Crew&);

 private:
  void take_few(std::vector<StateId>& out);
  void search(std::vector<StateId>& out, Crew&);
  void search(std::size_t first, std::size_t last, std::vector<StateId>& found);

  std::vector<std::uint8_t, HugePages<std::uint8_t>> flags_;
  std::vector<std::vector<StateId>> added_;
  std::size_t few_max_;
};

}  // namespace tryst
