// Which rules of a network can take part in a τ-cycle, told from its components alone.
//
// On a cycle of global states every component that moves goes round a closed walk of its own, with labels of the rules on
// the cycle. So a rule is ruled out where a component cannot come back to perform its label again: where each local
// state with that label is on no path from a cycle, of moves with labels of rules that are not ruled out. Ruling out
// rules may rule out more; the answer is the fixpoint. Often it is empty, and no state needs to be looked at.
// Local states without rows are no part of any global state that has been visited. Cost: rounds × moves of components.
#pragma once

#include <vector>

#include "semantics/network/network.hpp"

namespace tryst {

// By rule.
std::vector<bool> rules_of_tau_cycles(const Network&);

// Whether the components leave room for a τ-cycle. Where all their rows are there, false says that there is none.
bool may_diverge(const Network&);

}  // namespace tryst
