// Reachability of something bad in a system with unbounded integers: proved impossible, or refuted by a run.
//
//   bounded search    a shortest run, depth by depth; a proof if no run is longer
//   k-induction       nothing bad in k steps from the start, nor after any k steps that are not bad
//                     (Sheeran, Singh, Stålmarck, FMCAD 2000)
//   invariants        found by property-directed reachability (solver.hpp), and checked again, step by step, by queries
//                     that share nothing with how they were found
//   ranks             for divergence: silent steps that go round use something up (ranking.hpp)
// They take turns, the cheap first. What none of them closes is inconclusive. Whoever is given a run must perform it on
// the system itself before it is called a failure.
// Errors: InternalError; LimitReached only if the user interrupted. Threads: none inside.
#pragma once

#include <string>

#include "checker/symbolic/bounded_search.hpp"
#include "semantics/budget.hpp"

namespace tryst {

struct SymbolicAnswer {
  Solver::Answer is_bad = Solver::Answer::unknown;  // whether something bad is reachable
  std::string argument{};                           // no: what proves it
  SymbolicRun run{};                                // yes
  std::string reason{};                             // unknown: why
};

// `ambiguities` must be impossible for the question to make sense. `depth_max` bounds the length of runs and
// inductions; without a limit on time in the budget, `seconds_default` is one.
struct SymbolicLimits {
  std::uint32_t depth_max = 40;
  double seconds_default = 60;
};
SymbolicAnswer check_symbolically(Expressions&, const SymbolicProblem&, const std::vector<ExpressionId>& ambiguities,
                                  const SymbolicLimits&, Budget&);

}  // namespace tryst
