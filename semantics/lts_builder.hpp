// Collects transitions, in any order, into an Lts.
//
// In ascending order of their sources, as explorations meet them and as most files have them, they are stored once and
// in their place: 8 bytes a transition and a state. The first one out of order costs 4 more a transition for the
// sources, and 8 while finish() gathers the rows.
//   row_          while in order: row_[s] is where the row of s begins, for the states up to the last source
//   transitions_  as they came
//   sources_      once out of order: their sources; else empty
// add() is amortised O(1); finish() sorts each row.
#pragma once

#include <vector>

#include "semantics/lts.hpp"

namespace tryst {

class LtsBuilder {
 public:
  void reserve(std::uint64_t transitions) { transitions_.reserve(transitions); }
  void add(StateId source, Transition);
  std::uint64_t transition_count() const { return transitions_.size(); }
  std::span<const Transition> transitions() const { return transitions_; }  // as they came

  // Duplicates are dropped. Of `terminated`, in any order and perhaps with duplicates, the states without transitions
  // are Ω.
  Lts finish(std::uint32_t states, StateId initial, EventNames, std::span<const StateId> terminated = {}) &&;

 private:
  void leave_order();
  void gather_rows(std::uint32_t states);

  Lts::Table<std::uint64_t> row_;
  Lts::Table<Transition> transitions_;
  std::vector<StateId> sources_;
  bool in_order_ = true;
};

}  // namespace tryst
