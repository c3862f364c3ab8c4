// Hash-consed sets of typed ids: equal sets get the same SetId, so a set can be a node, a key or an array index.
//   elements_   all sets one after another, each sorted without duplicates; set i is elements_[end_[i - 1], end_[i])
//   slots_      open addressing with linear probing, a power of two, at most half full: set numbers + 1, or 0
// intern() costs O(|set|); a set's span is valid until the next intern(). Not thread-safe.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

#include "frontend/arena.hpp"
#include "semantics/huge_pages.hpp"

namespace tryst {

template <class SetId, class Element>
class SetStore {
 public:
  // For so many elements in all: what is reserved takes no memory before it is used, and growing beyond it takes twice
  // as much for a moment.
  void reserve(std::size_t elements) { elements_.reserve(elements); }

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
    elements_.insert(elements_.end(), set.begin(), set.end());
    end_.push_back(elements_.size());
    slots_[slot] = static_cast<std::uint32_t>(end_.size());
    if (fresh != nullptr) *fresh = true;
    return static_cast<SetId>(end_.size() - 1);
  }

  std::span<const Element> operator[](SetId id) const {
    assert(index(id) < end_.size());
    const std::size_t first = index(id) == 0 ? 0 : end_[index(id) - 1];
    return {elements_.data() + first, end_[index(id)] - first};
  }
  std::size_t size() const { return end_.size(); }
  std::size_t element_count() const { return elements_.size(); }

 private:
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

  std::vector<Element, HugePages<Element>> elements_;
  std::vector<std::size_t> end_;
  std::vector<std::uint32_t> slots_;
};

}  // namespace tryst
