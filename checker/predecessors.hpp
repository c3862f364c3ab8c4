// The rows of a system reversed: for each state, the states with a transition to it.
//   first_    states + 1 entries, ascending: the predecessors of t are sources_[first_[t], first_[t + 1])
//   tau_end_  by state: those by τ come first, up to sources_[tau_end_[t]]
// A state occurs once for each transition. Memory: 4 bytes a transition, 16 a state. O(m) to build; each of the crew
// reads all rows, and writes what belongs to its share of the targets.
#pragma once

#include <span>
#include <vector>

#include "checker/packed/crew.hpp"
#include "semantics/huge_pages.hpp"
#include "semantics/lts.hpp"

namespace tryst {

class Predecessors {
 public:
  Predecessors(const Lts&, Crew&);

  std::span<const StateId> of(StateId t) const {
    return {sources_.data() + first_[index(t)], sources_.data() + first_[index(t) + std::size_t{1}]};
  }
  std::span<const StateId> by_tau(StateId t) const {
    return {sources_.data() + first_[index(t)], sources_.data() + tau_end_[index(t)]};
  }
  // By all other events.
  std::span<const StateId> by_event(StateId t) const {
    return {sources_.data() + tau_end_[index(t)], sources_.data() + first_[index(t) + std::size_t{1}]};
  }

  // of(t) will be asked for soon: fetches where it begins.
  void prefetch(StateId t) const { __builtin_prefetch(first_.data() + index(t)); }

 private:
  std::vector<std::uint64_t, HugePages<std::uint64_t>> first_;
  std::vector<std::uint64_t, HugePages<std::uint64_t>> tau_end_;
  std::vector<StateId, HugePages<StateId>> sources_;
};

}  // namespace tryst
