// Which state simulates which (checker/simulation_rules.hpp), for all pairs of states of a system, and the smallest
// system that simulates and is simulated.
//
// The greatest simulation: from all pairs in which the second state has the events of the first, those are removed
// whose step has lost its last answer (Henzinger, Henzinger & Kopke, "Computing simulations on finite and infinite
// graphs", FOCS 1995, without their counters). O(n m) removals, each with a look at one row; n² / 4 bytes for n states,
// counted before. Meant for systems that are minimal for strong bisimulation.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

// A relation on the states of a system, one bit a pair: for each state a row of words, of which bit t % 64 of word
// t / 64 says whether it is related to t.
class StateRelation {
 public:
  // Throws LimitReached where memory does not suffice.
  StateRelation(std::uint32_t states, const Budget&);

  bool contains(StateId s, StateId t) const { return (bits_[at(s, t)] & bit(t)) != 0; }
  void add(StateId s, StateId t) { bits_[at(s, t)] |= bit(t); }
  void remove(StateId s, StateId t) { bits_[at(s, t)] &= ~bit(t); }
  std::span<std::uint64_t> row(StateId s) { return {bits_.data() + index(s) * words_, words_}; }

 private:
  std::size_t at(StateId s, StateId t) const { return index(s) * words_ + index(t) / 64; }
  static std::uint64_t bit(StateId t) { return std::uint64_t{1} << (index(t) % 64); }

  std::size_t words_;  // a row
  std::vector<std::uint64_t> bits_;
};

// (s, t): t simulates s; if `ready`, as a ready simulation.
StateRelation simulation_preorder(const Lts&, bool ready, Budget&);

// The smallest system that is (ready) similar to this one: states that simulate each other are one, and of a state's
// steps by the same event only those stay whose target no other one's simulates (Bustan & Grumberg, "Simulation-based
// minimization", ACM TOCL 4(2), 2003). Unreachable states may be left.
Lts least_by_simulation(const Lts&, bool ready, Budget&);

}  // namespace tryst
