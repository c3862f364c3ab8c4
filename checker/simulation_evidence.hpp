// A positive formula of least depth that one state satisfies and another does not, when the second does not simulate
// the first (checker/simulation_rules.hpp): <a> and conjunction only, for ready simulation also [a]false.
//
// A pair is refuted at depth k if some challenge has only answers that are refuted at less. Pairs are unfolded layer by
// layer from the start; a pair that is refuted tells the challenges that wait for it. Once the start is refuted, at
// depth k by the pairs seen so far, no pair of layer k or more can lower that, so what is unfolded is a neighbourhood
// of the start as deep as the formula. Cost: O(challenges and answers of the pairs in it).
#pragma once

#include "checker/formula.hpp"
#include "checker/simulation_rules.hpp"
#include "semantics/budget.hpp"

namespace tryst {

// True of the first, false of the second, which must not simulate it. Deterministic; not recursive.
Distinction refute_simulation(const Lts&, SimulationPair, bool ready, Budget&);

}  // namespace tryst
