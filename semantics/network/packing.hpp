// Global states as bit fields: each number, such as the local state of a component, in as few bits as its values so far
// need.
//
// A field lies within one word; fields are placed in order, each in the first word with room for it. A number with one
// value takes no bits. The packing is a function of the numbers of values alone.
// Cost: O(1) to read or write a field. Threads: immutable.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "semantics/network/local_graph.hpp"

namespace tryst {

class Packing {
 public:
  struct Field {
    std::uint32_t word = 0;
    std::uint32_t shift = 0;
    std::uint64_t mask = 0;  // of the field's values, not shifted

    LocalId of(const std::uint64_t* state) const { return static_cast<LocalId>(state[word] >> shift & mask); }
    std::uint64_t placed(LocalId s) const { return std::uint64_t{index(s)} << shift; }
    // What to xor into the word to go from one local state to another.
    std::uint64_t step(LocalId from, LocalId to) const { return placed(from) ^ placed(to); }
  };

  Packing() = default;
  explicit Packing(std::span<const std::uint32_t> sizes);  // by field: its number of values, at least 1

  std::size_t words() const { return words_; }  // at least 1
  std::span<const Field> fields() const { return fields_; }
  const Field& field(std::size_t i) const { return fields_[i]; }
  // Whether there is such a field, with room for so many values.
  bool fits(std::size_t i, std::uint32_t size) const { return i < fields_.size() && size - 1 <= fields_[i].mask; }

  // The same state in another packing, which may have more fields: those are 0.
  void convert(const std::uint64_t* state, const Packing& to, std::uint64_t* out) const;

 private:
  std::vector<Field> fields_;
  std::size_t words_ = 1;
};

}  // namespace tryst
