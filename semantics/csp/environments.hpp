// Codes with the values they have captured, interned: the same code with the same values is the same number.
//
// This is what makes recursion tie: suspended processes, function values and the shared values of lets are known by it.
// An input of a hundred thousand values makes as many of them, so they are 16 bytes, their values, and a slot:
//   entries_  by number; the values lie in a pool that never moves, so spans stay valid
//   slots_    open addressing with linear probing, a power of two, at most half full: numbers, or `vacant`
// intern() costs O(values); numbers are dense from 0. Threads: none.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "semantics/csp/block_pool.hpp"
#include "semantics/csp/value.hpp"

namespace tryst::csp {

class Environments {
 public:
  // The number of (tag, values), and whether it is new.
  std::pair<std::uint32_t, bool> intern(std::uint32_t tag, std::span<const ValueId> values);

  std::uint32_t tag(std::uint32_t number) const { return entries_[number].tag; }
  std::span<const ValueId> values(std::uint32_t number) const {
    const Entry& entry = entries_[number];
    if (entry.count == 0) return {};
    return {values_.at(entry.first), entry.count};
  }
  std::size_t size() const { return entries_.size(); }

 private:
  static constexpr std::uint32_t vacant = 0xffffffff;
  struct Entry {
    std::uint32_t tag;
    std::uint32_t hash;
    std::uint32_t first;  // in values_
    std::uint32_t count;
  };
  void grow();

  std::vector<Entry> entries_;
  BlockPool<ValueId> values_;
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(16, vacant);
};

}  // namespace tryst::csp
