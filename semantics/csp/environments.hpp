// Codes with the values they have captured, interned: the same code with the same values is the same number.
//
// This is what makes recursion tie: suspended processes, function values and the shared values of lets are known by it.
// intern() costs O(values); numbers are dense from 0; spans stay valid. Threads: none.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <unordered_map>
#include <vector>

#include "semantics/csp/value.hpp"

namespace tryst::csp {

class Environments {
 public:
  // The number of (tag, values), and whether it is new.
  std::pair<std::uint32_t, bool> intern(std::uint32_t tag, std::span<const ValueId> values);

  std::uint32_t tag(std::uint32_t number) const { return entries_[number].tag; }
  std::span<const ValueId> values(std::uint32_t number) const { return entries_[number].values; }
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::uint32_t tag;
    std::vector<ValueId> values;
  };
  std::deque<Entry> entries_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> by_hash_;
};

}  // namespace tryst::csp
