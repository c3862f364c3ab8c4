// Stubborn sets: which enabled rules of a state are enough to follow to meet every deadlock.
//
// A set of rules is stubborn in a state if some rule in it is enabled, and whatever the rules outside do, the enabled
// ones in it stay enabled and commute with that. So it holds, with an enabled rule, all rules that take part in a move
// of one of its components from the local state of now; with a disabled one, all rules that can move some one component
// that cannot perform its label: before that moves the rule stays disabled. Every reachable deadlock is then reached by
// following only stubborn sets; but not on a shortest way, and other states are lost. Systems that end, by ✓, are met
// like deadlocks.
// From each enabled rule the least set with it is closed; the one with fewest enabled rules is taken.
//
// Needs every local state of every component and so every rule: expand_everything(). Cost: of a state, enabled rules ×
// rules reached × their participants, mostly far less. Threads: one object for each.
// Source: Valmari, "Stubborn sets for reduced state space generation", Advances in Petri Nets 1990, LNCS 483.
#pragma once

#include "semantics/budget.hpp"
#include "semantics/network/firing.hpp"

namespace tryst {

class StubbornSets {
 public:
  // Every row is there, and there are masks.
  explicit StubbornSets(const Firing&);

  // The enabled rules that are left out, as a mask; valid until the next call.
  const std::uint64_t* left_out(const std::uint64_t* state);

 private:
  using Words = std::vector<std::uint64_t>;

  std::size_t close(RuleId seed, const std::uint64_t* state, std::size_t enough);
  void add(const Words& involved, const std::uint64_t* mask);

  const Firing& firing_;
  std::size_t words_;
  std::vector<Words> involved_;  // by component: the rules that it takes part in
  Words enabled_;
  Words closed_;  // the set under construction
  Words best_;
  std::vector<RuleId> open_;  // rules in closed_ of which the others are not there yet
};

// Expands all local states of all components. False, and the network is of no use any more: it cannot be done, or not
// with so many local states and with masks.
bool expand_everything(Firing&, std::size_t locals_max, Budget&);

}  // namespace tryst
