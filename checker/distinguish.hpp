// A formula of least depth that tells two states apart that are not strongly bisimilar (Cleaveland, "On automatically
// explaining bisimulation inequivalence", CAV 1990), from the rounds of the refinement: two states in different blocks
// after k rounds differ in a formula of depth k, and a state's block after k rounds decides all formulas of depth k.
#pragma once

#include "checker/bisimulation.hpp"
#include "checker/formula.hpp"

namespace tryst {

// True of `left`, false of `right`, which must lie in different blocks. Deterministic; not recursive.
Distinction distinguish(const Lts&, const Bisimulation&, StateId left, StateId right, Budget&);

}  // namespace tryst
