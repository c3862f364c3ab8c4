// A component whose state machine is a table: for processes that have no readable program of their own.
//   row       states + 1 entries; the moves of state s are moves[row[s], row[s + 1])
//   moves     ascending by label within a row
//   names     by state, may be empty
// offers() costs the row, fire() its logarithm.
#pragma once

#include <algorithm>
#include <cassert>
#include <span>

#include "runtime/network.hpp"

namespace tryst::runtime {

struct Table {
  struct Move {
    Label label;
    std::uint32_t target;
  };
  std::span<const std::uint32_t> row;
  std::span<const Move> moves;
  std::span<const char* const> names;

  std::span<const Move> moves_of(std::uint32_t state) const {
    return moves.subspan(row[state], row[state + 1] - row[state]);
  }
  // The move of that label, or null.
  const Move* find(std::uint32_t state, Label label) const {
    const auto all = moves_of(state);
    const auto at = std::ranges::lower_bound(all, label, {}, &Move::label);
    return at == all.end() || at->label != label ? nullptr : &*at;
  }
};

template <const Table& table>
struct TableComponent {
  std::uint32_t state = 0;

  void offers(Offers& out) const {
    for (const Table::Move& move : table.moves_of(state)) out.add(move.label);
  }
  void fire(Label label) {
    const Table::Move* move = table.find(state, label);
    assert(move != nullptr);
    state = move->target;
  }
  std::string where() const { return table.names.empty() ? std::string() : table.names[state]; }
};

}  // namespace tryst::runtime
