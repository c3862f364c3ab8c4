// Hash-consed sets of typed ids: equal sets get the same SetId, so a set can be a node, a key or an array index.
//   blocks_     the elements, in blocks that never move, so that growing takes no more than what is added: with all
//               places numbered through, block 0 has 2^shift_ of them and each other one as many as all before it
//   end_        set i, sorted without duplicates, ends before place end_[i]; it begins where set i - 1 ends, or with its
//               block where it did not fit into the rest of the one before
//   slots_      open addressing with linear probing, a power of two, at most half full: set numbers + 1, or 0
// intern() costs O(|set|); a set's span is valid as long as the store. Not thread-safe.
#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

#include "frontend/arena.hpp"
#include "semantics/zeroed_array.hpp"

namespace tryst {

template <class SetId, class Element>
class SetStore {
 public:
  // Before the first set: the first block is for so many elements. What is reserved takes no memory before it is used.
  void reserve(std::size_t elements) {
    assert(end_.empty());
    shift_ = std::max(shift_, static_cast<unsigned>(std::bit_width(elements)));
  }

  // `set` is sorted without duplicates. `fresh` tells whether it was not known yet.
  SetId intern(std::span<const Element> set, bool* fresh = nullptr) {
    assert(std::adjacent_find(set.begin(), set.end(), [](auto a, auto b) { return !(a < b); }) == set.end());
    if (2 * (end_.size() + 1) > slots_.size()) grow();
    std::size_t slot = hash(set) & (slots_.size() - 1);
    for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
      const SetId known = static_cast<SetId>(slots_[slot] - 1);
      if (std::ranges::equal((*this)[known], set)) {
        if (fresh != nullptr) *fresh = false;
        return known;
      }
    }
    append(set);
    slots_[slot] = static_cast<std::uint32_t>(end_.size());
    if (fresh != nullptr) *fresh = true;
    return static_cast<SetId>(end_.size() - 1);
  }

  std::span<const Element> operator[](SetId id) const {
    assert(index(id) < end_.size());
    const std::size_t end = end_[index(id)];
    const std::size_t before = index(id) == 0 ? 0 : end_[index(id) - 1];
    if (end == before) return {};
    const unsigned block = block_of(end - 1);
    const std::size_t begin = std::max(before, first_of(block));
    return {blocks_[block].data() + (begin - first_of(block)), end - begin};
  }
  std::size_t size() const { return end_.size(); }
  std::size_t element_count() const { return element_count_; }

 private:
  unsigned block_of(std::size_t place) const { return static_cast<unsigned>(std::bit_width(place >> shift_)); }
  std::size_t first_of(unsigned block) const { return block == 0 ? 0 : std::size_t{1} << (shift_ + block - 1); }

  void append(std::span<const Element> set) {
    std::size_t begin = end_.empty() ? 0 : end_.back();
    if (!set.empty()) {
      unsigned block = block_of(begin);
      while (first_of(block + 1) - begin < set.size()) begin = first_of(++block);
      if (block >= blocks_.size()) blocks_.resize(block + 1);
      if (blocks_[block].size() == 0) blocks_[block] = ZeroedArray<Element>(first_of(block + 1) - first_of(block));
      std::ranges::copy(set, blocks_[block].data() + (begin - first_of(block)));
    }
    end_.push_back(begin + set.size());
    element_count_ += set.size();
  }

  static std::size_t hash(std::span<const Element> set) {
    std::uint64_t h = set.size();
    for (const Element e : set) {
      h = (h ^ static_cast<std::uint64_t>(e)) * 0x9e3779b97f4a7c15;
      h ^= h >> 29;
    }
    return static_cast<std::size_t>(h);
  }
  void grow() {
    slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), 0);
    for (std::uint32_t i = 0; i < end_.size(); ++i) {
      std::size_t slot = hash((*this)[static_cast<SetId>(i)]) & (slots_.size() - 1);
      while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = i + 1;
    }
  }

  unsigned shift_ = 8;
  std::vector<ZeroedArray<Element>> blocks_;
  std::vector<std::size_t> end_;
  std::size_t element_count_ = 0;
  std::vector<std::uint32_t> slots_;
};

}  // namespace tryst
