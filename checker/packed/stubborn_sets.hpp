// Stubborn sets: which enabled rules of a state are enough to follow to meet every deadlock, or every trace.
//
// A set of rules is stubborn in a state if some rule in it is enabled, and whatever the rules outside do, the enabled
// ones in it stay enabled and commute with that. So it holds, with an enabled rule, all rules that take part in a move
// of one of its components from the local state of now; with a disabled one, all rules that can move some one component
// that cannot perform its label: before that moves the rule stays disabled. Every reachable deadlock is then reached by
// following only stubborn sets; but not on a shortest way, and other states are lost. Systems that end, by ✓, are met
// like deadlocks.
//
// For traces, a set that holds an enabled visible rule holds all visible rules, so that their order is kept; and no
// visible rule may be put off for ever. Sets that hold all of them are met on every cycle, since a rule counts as visible
// where it makes a component close a cycle of its own ("sticky transitions").
// From each enabled rule the least set with it is closed; the one with fewest enabled rules is taken.
//
// Needs every local state of every component and so every rule: expand_everything(). Cost: of a state, enabled rules ×
// rules reached × their participants, mostly far less. Threads: one object for each.
// Sources: Valmari, "Stubborn sets for reduced state space generation", Advances in Petri Nets 1990, LNCS 483, and "The
// state explosion problem", Lectures on Petri Nets I, 1998, LNCS 1491, sec. 7 (traces); Kurshan, Levin, Minea, Peled &
// Yenigün, "Static partial order reduction", TACAS 1998 (cycles).
#pragma once

#include "semantics/budget.hpp"
#include "semantics/network/firing.hpp"

namespace tryst {

class StubbornSets {
 public:
  enum class Kept : std::uint8_t { deadlocks, traces };

  // Every row is there, and there are masks.
  StubbornSets(const Firing&, Kept);

  // The enabled rules that are left out, as a mask; valid until the next call.
  const std::uint64_t* left_out(const std::uint64_t* state);

 private:
  using Words = std::vector<std::uint64_t>;

  void try_seeds(const std::uint64_t* state, const Words& rules, bool among);
  std::size_t close(RuleId seed, const std::uint64_t* state);
  std::size_t add(const Words& rules, const std::uint64_t* mask);
  void find_sticky();
  bool counts_as_visible(RuleId, const std::uint64_t* state) const;

  const Firing& firing_;
  std::size_t words_;
  std::vector<Words> involved_;  // by component: the rules that it takes part in
  Words visible_;                // traces: the rules with an event other than τ; else none
  std::vector<Words> sticky_;    // traces: by component, words_ for each local state: the rules that close a cycle
  Words enabled_;
  Words closed_;   // the set under construction
  Words refused_;  // enabled rules whose least sets are no improvement
  Words best_;
  std::size_t fewest_ = 0;    // enabled rules in best_
  std::vector<RuleId> open_;  // rules in closed_ of which the others are not there yet
};

// Expands all local states of all components. False, and the network is of no use any more: it cannot be done, or not
// with so many local states and with masks.
bool expand_everything(Firing&, std::size_t locals_max, Budget&);

}  // namespace tryst
