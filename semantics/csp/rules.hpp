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
#include <vector>

#include "semantics/csp/term_graph.hpp"

namespace tryst::csp {

// One application of rules: the term, and the moves of its operands.
struct Step {
  TermGraph& graph;
  Terms& terms;
  ProcessId id;
  TermView term;

  std::span<const Move> moves(std::size_t operand) const { return graph.operand_moves(term.operands[operand]); }
  // The term with one operand moved on.
  ProcessId replace(std::size_t operand, ProcessId target) const {
    return terms.with_operand(id, operand, graph.known(target));
  }
  bool in_set(std::size_t set, EventId e) const { return terms.contains(term.sets[set], e); }
};

using Rule = void (*)(const Step&, std::vector<Move>& out);

// The rules of an operator, in order.
std::span<const Rule> rules(Operator);

namespace rule {

void B1_skip(const Step&, std::vector<Move>&);
void B2_prefix(const Step&, std::vector<Move>&);
void B3_div(const Step&, std::vector<Move>&);
void B4_run(const Step&, std::vector<Move>&);
void B5_chaos_stops(const Step&, std::vector<Move>&);
void B6_chaos_event(const Step&, std::vector<Move>&);

void C1_internal(const Step&, std::vector<Move>&);
void C2_external_tau(const Step&, std::vector<Move>&);
void C3_external_resolves(const Step&, std::vector<Move>&);
void C4_sliding_times_out(const Step&, std::vector<Move>&);
void C5_sliding_tau(const Step&, std::vector<Move>&);
void C6_sliding_resolves(const Step&, std::vector<Move>&);
void C7_sync_external_joint(const Step&, std::vector<Move>&);
void C8_sync_external_resolves(const Step&, std::vector<Move>&);

void S1_sequential_first(const Step&, std::vector<Move>&);
void S2_sequential_second(const Step&, std::vector<Move>&);
void S3_interrupt_first(const Step&, std::vector<Move>&);
void S4_interrupt_second_tau(const Step&, std::vector<Move>&);
void S5_interrupt_second(const Step&, std::vector<Move>&);
void S6_sync_interrupt_joint(const Step&, std::vector<Move>&);
void S7_sync_interrupt_first(const Step&, std::vector<Move>&);
void S8_sync_interrupt_second(const Step&, std::vector<Move>&);
void S9_exception_thrown(const Step&, std::vector<Move>&);
void S10_exception_first(const Step&, std::vector<Move>&);

void P1_tau(const Step&, std::vector<Move>&);
void P2_operand_ends(const Step&, std::vector<Move>&);
void P3_all_ended(const Step&, std::vector<Move>&);
void P4_interleave(const Step&, std::vector<Move>&);
void P5_parallel_alone(const Step&, std::vector<Move>&);
void P6_parallel_joint(const Step&, std::vector<Move>&);
void P7_alphabetised(const Step&, std::vector<Move>&);
void P8_link_tied(const Step&, std::vector<Move>&);
void P9_link_untied(const Step&, std::vector<Move>&);

void R1_hide(const Step&, std::vector<Move>&);
void R2_project(const Step&, std::vector<Move>&);
void R3_rename(const Step&, std::vector<Move>&);

void Q1_prioritise(const Step&, std::vector<Move>&);
void Q2_prioritise_po(const Step&, std::vector<Move>&);

void F1_chase(const Step&, std::vector<Move>&);
void F2_deter(const Step&, std::vector<Move>&);
void F3_watchdog_allows(const Step&, std::vector<Move>&);
void F4_watchdog_alarm(const Step&, std::vector<Move>&);
void F5_failure_watchdog_tests(const Step&, std::vector<Move>&);

}  // namespace rule

}  // namespace tryst::csp
