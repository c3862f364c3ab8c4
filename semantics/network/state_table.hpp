// Packed states, interned: each has a number, from 0 in the order in which they are met.
//
//   states_   the states, one after the other, by number
//   slots_    exact set of them: open addressing, a power of two, at most 3/5 full; number + 1, 0 is empty
// When a field of the packing gets too narrow, convert() packs all states anew; numbers stay.
// Memory: 8 bytes a state and word, and at most 7 in the set. Cost: a cache miss or two a look-up. Not thread-safe.
#pragma once

#include <vector>

#include "semantics/network/packing.hpp"

namespace tryst {

class StateTable {
 public:
  explicit StateTable(std::size_t words);

  std::size_t size() const { return states_.size() / words_; }
  // Valid until the next state is added.
  const std::uint64_t* operator[](std::uint32_t number) const { return states_.data() + number * words_; }

  // The number of the state, which is added if it is not there. Throws LimitReached beyond 2^32 - 2 states.
  std::uint32_t intern(const std::uint64_t* packed);
  void convert(const Packing& from, const Packing& to);

 private:
  std::size_t slot_of(const std::uint64_t* packed) const;
  void fill_slots(std::size_t count);

  std::size_t words_;
  std::vector<std::uint64_t> states_;
  std::vector<std::uint32_t> slots_;
};

}  // namespace tryst
