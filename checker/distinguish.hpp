// A formula of least depth that tells two states apart that are not bisimilar, in the logic of the bisimilarity
// (checker/formula.hpp), from the strata of a refinement: Cleaveland, "On automatically explaining bisimulation
// inequivalence", CAV 1990; for branching bisimilarity Martens & Groote, "Minimal depth distinguishing formulas without
// until for branching bisimulation", LNCS 14560, 2024.
//
// A formula is invariant under its relation, so that for all but strong the strata are computed on the quotient by
// (divergence-preserving) branching bisimilarity, which is often small; they stop as soon as the two states part. The
// search for the formula follows pairs of states; a pair is looked at once.
#pragma once

#include "checker/equivalence.hpp"
#include "checker/formula.hpp"
#include "checker/quotient.hpp"

namespace tryst {

// True of `both.left`, false of `both.right`, which must not be related by the bisimulation. Deterministic; not
// recursive. The formula has not been checked by anyone else.
Distinction distinguish(const Union& both, Relation, Budget&);

}  // namespace tryst
