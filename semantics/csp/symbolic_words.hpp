// Sequences of any length whose elements are data, as words of integers (symbolic/expressions.hpp).
//
// A *layout* says how an element becomes integers: its *shape*, which is the element with its integers left out, and
// these. The words of a sequence, its *columns*, are as long as it is: one for the number of the shape, if there is
// more than one, and one for each integer of each shape, 0 where the element has another. A *base* is a layout with
// variables for columns: what a location knows of a sequence. Of each column it is known between which numbers it is in
// elements of its shape. Threads: none.
#pragma once

#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "semantics/csp/symbolic_value.hpp"

namespace tryst::csp {

struct WordRange {  // none: no bound
  std::optional<std::int64_t> least{}, most{};
  friend bool operator==(const WordRange&, const WordRange&) = default;
};

struct WordLayout {
  std::vector<SymbolicId> shapes;     // ascending
  std::vector<std::size_t> integers;  // by shape: how many
  std::vector<WordRange> ranges{};    // by column

  std::size_t all_integers() const { return std::accumulate(integers.begin(), integers.end(), std::size_t{0}); }
  bool has_number() const { return shapes.size() > 1 || all_integers() == 0; }
  std::size_t columns() const { return all_integers() + (has_number() ? 1 : 0); }
  // Of the first integer of a shape, or of where it would be.
  std::size_t first_column(std::size_t shape) const {
    const auto end = integers.begin() + static_cast<std::ptrdiff_t>(shape);
    return std::accumulate(integers.begin(), end, std::size_t{has_number() ? 1U : 0U});
  }
};

struct WordBase {
  WordLayout layout;
  std::vector<VariableId> columns{};
};

// A piece of a sequence of kind `base`, taken apart.
struct WordPiece {
  std::uint32_t base;
  std::uint32_t in_front, at_end;
};
inline WordPiece word_piece(const SymbolicNode& node) { return {node.number, node.given & 0xffff, node.given >> 16}; }
inline SymbolicNode word_node(WordPiece piece) {
  return {SymbolicKind::base, no_id<CodeId>, piece.base, piece.in_front | piece.at_end << 16};
}

}  // namespace tryst::csp
