// Can a process that receives numbers come to a state without transitions? A search of pairs of a process and what is
// known of the numbers in it.
//
// A state is stuck for those numbers for which no transition's tests hold (King, "Symbolic execution and program
// testing", CACM 1976, for the idea of path conditions). Variables that a process no longer mentions are eliminated
// from what is known, and a pair is not searched again if one with the same process knows less. Names received are
// fresh, as in the late transition system. What definitions are called with becomes a variable, of which is known what
// it is equal to; so a process that adds numbers up may have finitely many states. Threads: none inside.
#pragma once

#include "checker/verdict.hpp"
#include "semantics/pi/pi_system.hpp"

namespace tryst::pi {

struct DataDeadlock {
  Outcome outcome = Outcome::inconclusive;  // fails: there is one
  std::vector<std::int64_t> numbers;        // fails: some that lead to it, or to where others do
};

// Whether the process is free of deadlocks. Throws LimitReached.
DataDeadlock find_deadlock_with_data(Transitions&, TermId, Ending, Budget&);

// Small numbers, and those around the ones that stand in terms: a sample of what can be received.
std::vector<Name> sample_of_integers(Terms&);
// Whether data are received, sent or tested in one of the terms or in what they may come to.
bool mentions_data(const Terms&, const std::vector<TermId>&);

}  // namespace tryst::pi
