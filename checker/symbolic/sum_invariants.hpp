// Invariants about sums: what all variables of a control add up to, and bounds of sums and differences of two or three.
//
// Guessed from states that are reachable: all linear equations that hold in them (Karr, "Affine relationships among
// variables of a program", Acta Informatica 6, 1976, here from samples instead of by interpretation), and, of the
// variables that no equation gives, the least bounds that hold and are met. Those are kept that all steps keep
// (kept_candidates.hpp). Lengths are variables like others. Threads: none.
#pragma once

#include <vector>

#include "checker/symbolic/kept_candidates.hpp"

namespace tryst {

// By control, with what is known already; inductive if that is. `samples` as of random_states().
std::vector<ExpressionId> sum_invariants(Expressions&, const SymbolicProblem&, const std::vector<ExpressionId>& known,
                                         const std::vector<std::vector<Numbers>>& samples, const Impossible&);

}  // namespace tryst
