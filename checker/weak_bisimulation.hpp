// Weak bisimulation (Milner, Communication and Concurrency, 1989, ch. 5) by rounds of weak signatures.
//
// The signature of s is the set of blocks that τ* reaches from s, and of (event, block) that τ* event τ* reaches. Both
// are unions over the τ-steps of s, so states are visited in the order of their numbers: τ must lead to smaller ones,
// as contract_tau_cycles() makes it. Meant for a system that is already minimal for branching bisimulation: without
// τ-steps the two coincide and nothing is done. Cost: rounds times the sizes of all signatures; memory: the signatures
// of one round, equal ones shared.
#pragma once

#include "checker/quotient.hpp"

namespace tryst {

Classes weak_bisimulation(const Lts&, Budget&);

// Takes away each transition that the others imply in the weak sense. The system must be minimal for weak bisimulation,
// but for τ-loops: then its τ-steps have no other cycles, and what is left is the least system that is weakly bisimilar
// to it.
Lts without_implied_transitions(const Lts&, Budget&);

}  // namespace tryst
