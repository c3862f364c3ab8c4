// An explicit labelled transition system, immutable once built: compressed rows.
// explore() numbers states breadth first; a file's states keep their numbers.
//   row_     states + 1 entries, ascending; the transitions of state s are transitions_[row_[s], row_[s + 1])
//   transitions_   sorted by (event, target) within a row, without duplicates
//   terminated_    one bit a state: Ω; such a state has no transitions
// Memory: 8 bytes a transition and a state. Satisfies TransitionSystem. Threads: a const Lts may be shared.
#pragma once

#include <span>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/huge_pages.hpp"
#include "semantics/transition_system.hpp"

namespace tryst {

class Lts {
 public:
  template <class T>
  using Table = std::vector<T, HugePages<T>>;  // large ones are read at random

  struct Edge {
    StateId source;
    EventId event;
    StateId target;
  };

  // Takes edges in any order, duplicates allowed. Terminated states must have no edges. Meant for small systems; an
  // LtsBuilder (semantics/lts_builder.hpp) needs less memory.
  Lts(std::uint32_t states, StateId initial, std::vector<Edge> edges, EventNames events,
      std::vector<StateId> terminated = {});

  std::uint32_t state_count() const { return static_cast<std::uint32_t>(row_.size() - 1); }
  std::uint64_t transition_count() const { return transitions_.size(); }
  std::span<const Transition> transitions(StateId s) const {
    return {transitions_.data() + row_[index(s)], transitions_.data() + row_[index(s) + 1]};
  }
  // The row of s will be asked for soon: fetches where it begins; later, the row itself.
  void prefetch(StateId s) const { __builtin_prefetch(row_.data() + index(s)); }
  void prefetch_row(StateId s) const { __builtin_prefetch(transitions_.data() + row_[index(s)]); }

  StateId initial() const { return initial_; }
  void successors(StateId s, std::vector<Transition>& out) const {
    const auto row = transitions(s);
    out.assign(row.begin(), row.end());
  }
  const EventNames& events() const { return events_; }
  bool is_terminated(StateId s) const { return terminated_[index(s)]; }

  void check() const;  // asserts the invariants above

 private:
  friend class LtsBuilder;
  // Rows in any order, perhaps with duplicates; of `terminated` the states without transitions are Ω.
  Lts(StateId initial, EventNames, Table<std::uint64_t> row, Table<Transition>, std::span<const StateId> terminated);
  void sort_rows();

  StateId initial_;
  EventNames events_;
  Table<std::uint64_t> row_;
  Table<Transition> transitions_;
  std::vector<bool> terminated_;
};

static_assert(TransitionSystem<const Lts>);

}  // namespace tryst
