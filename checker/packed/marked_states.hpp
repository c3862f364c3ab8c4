// Some of the states of a store, such as those from which a failure is near.
//
// A mark is a bit for each position of the store, so marking all states of a search takes an eighth of a byte each. The
// marked states of one level at a time can also be found by what they are:
//   marks_   by position, 64 to a word
//   slots_   of the level that look_up() was called for: open addressing, a power of two, at most half full; an entry
//   is
//            the upper half of the state's hash over its position + 1, 0 is empty
// Cost: mark() and contains() O(1), the latter a cache miss, two for a state that is there; look_up() and for_each() a
// look at the marks of the level. Threads: mark() by many at once, and likewise the const functions; look_up() alone.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <span>

#include "checker/packed/state_store.hpp"
#include "semantics/budget.hpp"
#include "semantics/zeroed_array.hpp"

namespace tryst {

class MarkedStates {
 public:
  // Of the positions that the store has now. Throws LimitReached where there is no memory for the marks.
  MarkedStates(const StateStore&, const Budget&);

  void mark(std::uint32_t position) {
    // Relaxed: marks are read by others only when all are made.
    std::atomic_ref(marks_[position / 64]).fetch_or(std::uint64_t{1} << position % 64, std::memory_order_relaxed);
  }

  // The positions of the marked states of a level, ascending within its ranges.
  template <class Found>
  void for_each(std::uint32_t level, Found found) const {
    for (const StateStore::Range range : store_.level(level))
      for (std::uint32_t word = range.begin / 64; std::uint64_t{word} * 64 < range.end; ++word)
        for (std::uint64_t bits = within(range, word); bits != 0; bits &= bits - 1)
          found(word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
  }

  // From now on contains() speaks of this level; throws LimitReached where there is no memory for that.
  void look_up(std::uint32_t level);
  // Fetches what contains() looks at first, for a state with this hash (VisitedSet::hash()).
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[home(hash)]); }
  bool contains(const std::uint64_t* state, std::uint64_t hash) const {
    for (std::size_t slot = home(hash);; slot = (slot + 1) & mask_) {
      const std::uint64_t entry = slots_[slot];
      if (entry == 0) return false;
      if (tag(entry) == tag(hash) && is_at(static_cast<std::uint32_t>(entry) - 1, state)) return true;
    }
  }

 private:
  static std::uint64_t tag(std::uint64_t hash) { return hash >> 32 << 32; }
  std::size_t home(std::uint64_t hash) const { return static_cast<std::size_t>(hash) & mask_; }
  bool is_at(std::uint32_t position, const std::uint64_t* state) const {
    return std::memcmp(store_[position], state, store_.words() * sizeof *state) == 0;
  }
  // The marks of a word that lie in the range.
  std::uint64_t within(StateStore::Range range, std::uint32_t word) const {
    std::uint64_t bits = marks_[word];
    if (word == range.begin / 64) bits &= ~std::uint64_t{0} << range.begin % 64;
    if (word == range.end / 64) bits &= ~(~std::uint64_t{0} << range.end % 64);
    return bits;
  }

  const StateStore& store_;
  const Budget& budget_;
  ZeroedArray<std::uint64_t> marks_;
  ZeroedArray<std::uint64_t> slots_;
  std::size_t mask_ = 0;
};

}  // namespace tryst
