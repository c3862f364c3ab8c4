// The logics of the bisimulations from their definitions: which states satisfy a formula, by explicit sets, and which
// states no formula of a depth tells apart. What tests compare the model checker and the distinguishing formulas with.
#pragma once

#include <set>

#include "checker/equivalence.hpp"
#include "checker/formula.hpp"
#include "tests/checker/naive_relations.hpp"

namespace tryst::naive {

// Exponential in the depth: subformulas are not remembered. Events are those of the system.
std::set<std::uint32_t> satisfying(const Lts&, const Formulas&, FormulaId);

// Of two states of one system, for any of the relations: the pairs that no formula of this depth in the logic tells
// apart; for simulation and ready_simulation [s][t] says that t satisfies what s satisfies.
Pairs alike(const Lts&, Relation, std::uint32_t depth);

}  // namespace tryst::naive
