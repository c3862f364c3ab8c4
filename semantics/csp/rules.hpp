// The operational rules: what a term can do, from what its operands can do.
//
// One function a rule, numbered by family, with the rule above it:
//   B basic processes (rules_basic.cpp)          C choices (rules_choice.cpp)
//   S sequencing and interruption (rules_sequence.cpp)   P parallel operators (rules_parallel.cpp)
//   R hiding and renaming (rules_relabel.cpp)    Q priority (rules_priority.cpp)
//   F functions: chase, deter, watchdogs (rules_function.cpp)
// In the rules: a, b range over visible events, τ is internal, ✓ termination, Ω the state after ✓; x is any of a, τ, ✓.
// Sources: Roscoe, Understanding Concurrent Systems (Springer 2010), chapter 9 for the rules and Ω, 3.8 and 20 for
// priority and `link`; distributed termination as semantics/README.md says.
//
// A rule appends its conclusions. Their order is the documented order of moves: rules in the order of the table, within
// a rule operands from left to right, within an operand its own order. `chase` follows the first τ of that order.
#pragma once

#include <span>

#include "semantics/csp/conclusions.hpp"
#include "semantics/csp/term_graph.hpp"

namespace tryst::csp {

// One application of rules: the term, and the moves of its operands.
struct Step {
  TermGraph& graph;
  Terms& terms;
  ProcessId id;
  TermView term;

  std::span<const Move> moves(std::size_t operand) const { return graph.operand_moves(term.operands[operand]); }
  bool in_set(std::size_t set, EventId e) const { return terms.contains(term.sets[set], e); }
  Alphabets::Membership membership(std::size_t set) const { return {terms.alphabets(), term.sets[set]}; }
};

using Rule = void (*)(const Step&, Conclusions&);

// The rules of an operator, in order.
std::span<const Rule> rules(Operator);

namespace rule {

void B1_skip(const Step&, Conclusions&);
void B2_prefix(const Step&, Conclusions&);
void B3_div(const Step&, Conclusions&);
void B4_run(const Step&, Conclusions&);
void B5_chaos_stops(const Step&, Conclusions&);
void B6_chaos_event(const Step&, Conclusions&);

void C1_internal(const Step&, Conclusions&);
void C2_external_tau(const Step&, Conclusions&);
void C3_external_resolves(const Step&, Conclusions&);
void C4_sliding_times_out(const Step&, Conclusions&);
void C5_sliding_tau(const Step&, Conclusions&);
void C6_sliding_resolves(const Step&, Conclusions&);
void C7_sync_external_joint(const Step&, Conclusions&);
void C8_sync_external_resolves(const Step&, Conclusions&);

void S1_sequential_first(const Step&, Conclusions&);
void S2_sequential_second(const Step&, Conclusions&);
void S3_interrupt_first(const Step&, Conclusions&);
void S4_interrupt_second_tau(const Step&, Conclusions&);
void S5_interrupt_second(const Step&, Conclusions&);
void S6_sync_interrupt_joint(const Step&, Conclusions&);
void S7_sync_interrupt_first(const Step&, Conclusions&);
void S8_sync_interrupt_second(const Step&, Conclusions&);
void S9_exception_thrown(const Step&, Conclusions&);
void S10_exception_first(const Step&, Conclusions&);

void P1_tau(const Step&, Conclusions&);
void P2_operand_ends(const Step&, Conclusions&);
void P3_all_ended(const Step&, Conclusions&);
void P4_interleave(const Step&, Conclusions&);
void P5_parallel_alone(const Step&, Conclusions&);
void P6_parallel_joint(const Step&, Conclusions&);
void P7_alphabetised(const Step&, Conclusions&);
void P8_link_tied(const Step&, Conclusions&);
void P9_link_untied(const Step&, Conclusions&);

void R1_hide(const Step&, Conclusions&);
void R2_project(const Step&, Conclusions&);
void R3_rename(const Step&, Conclusions&);

void Q1_prioritise(const Step&, Conclusions&);
void Q2_prioritise_po(const Step&, Conclusions&);

void F1_chase(const Step&, Conclusions&);
void F2_deter(const Step&, Conclusions&);
void F3_watchdog_allows(const Step&, Conclusions&);
void F4_watchdog_alarm(const Step&, Conclusions&);
void F5_failure_watchdog_tests(const Step&, Conclusions&);

}  // namespace rule

}  // namespace tryst::csp
