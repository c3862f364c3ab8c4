// A model checker for the formulas of checker/formula.hpp on the states of one system: what every formula is checked
// with before anyone sees it. It knows the meaning of the modalities and nothing of how formulas are found.
//
// First downwards: at which states does the value of each subformula matter? Then upwards: its value there. A fixed
// point is computed on the states that τ reaches. Not recursive. Cost: each subformula costs the transitions of the
// states at which it matters, τ-successors included; memory: those states.
#pragma once

#include "checker/formula.hpp"
#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

// `events` are those that the formula speaks of; the system's own events are found by their names.
bool satisfies(const Lts&, StateId, const Distinction&, const EventNames& events, Budget&);

}  // namespace tryst
