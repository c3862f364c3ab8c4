// Invariants of the form x - y <= n, x <= n and x >= n at each control, by abstract interpretation.
//
// A *zone* is a matrix of bounds of differences, closed under shortest paths; entry (i, j) bounds x_i - x_j, and x_0 is
// the number 0. Steps are followed from the initial control until nothing grows; a bound that keeps growing is widened
// to the next constant of the problem, and then to none. Conditions that are no differences are ignored, so the
// invariants hold, but need not be the strongest. Source: Dill, "Timing assumptions and verification of finite-state
// concurrent systems", CAV 1989; Cousot & Cousot, POPL 1977, for widening. Cost: a step costs the cube of the variables
// that take part. Threads: none.
#pragma once

#include <vector>

#include "semantics/budget.hpp"
#include "semantics/symbolic/symbolic_problem.hpp"

namespace tryst {

// By control; `false` where none is reached.
std::vector<ExpressionId> zone_invariants(Expressions&, const SymbolicProblem&, Budget&);

}  // namespace tryst
