// New systems from old ones: disjoint unions, contracted τ-cycles, and one state for each class of states.
#pragma once

#include <vector>

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

// Both systems side by side, `left` first, with event names of both; the initial state is left's.
struct Union {
  Lts lts;
  StateId left;
  StateId right;  // the initial states
};
Union disjoint_union(const Lts& left, const Lts& right);

// A system without τ-cycles whose states are the τ-components of another, τ always leading to smaller numbers. With
// `mark_divergence`, the states that stand for a τ-cycle get a self-loop of a visible event that no system has.
struct Contraction {
  Lts lts;
  std::vector<StateId> component;  // by state of the original
};
Contraction contract_tau_cycles(const Lts&, bool mark_divergence, Budget&);

// The classes of an equivalence on states.
struct Classes {
  std::vector<StateId> of;  // by state
  std::uint32_t count;
};

// Which τ-steps within a class the quotient keeps: all, none, or those on a τ-cycle.
enum class InnerTau : std::uint8_t { keep, drop, keep_cycles };

// The system whose states are the classes: one transition for each that some member has. A class is Ω if all its
// members are.
Lts quotient(const Lts&, const Classes&, InnerTau, Budget&);
// The same for the classes of strong bisimilarity, where what one member can do all can.
Lts strong_quotient(const Lts&, const Classes&, Budget&);

}  // namespace tryst
