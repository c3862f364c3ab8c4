// States that random runs lead to: samples to guess invariants from.
//
// What a step receives is a number of the state it is taken in, or one next to it, or any small one. All states are
// reachable; runs are the same each time. Cost: walks * steps evaluations of the guards of a control. Threads: none.
#pragma once

#include <vector>

#include "semantics/budget.hpp"
#include "semantics/symbolic/symbolic_problem.hpp"

namespace tryst {

struct RandomRuns {
  std::size_t walks = 64;
  std::size_t steps = 24;        // of one walk
  std::size_t samples_max = 24;  // of one control
};

// By control: what its variables are worth in states that differ.
std::vector<std::vector<Numbers>> random_states(const Expressions&, const SymbolicProblem&, Budget&, RandomRuns = {});

}  // namespace tryst
