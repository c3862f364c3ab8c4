// The relation that shows that two systems are related, and a checker for it: the definitions of the relations, read as
// conditions on a relation that is given.
#pragma once

#include <vector>

#include "checker/equivalence.hpp"
#include "checker/quotient.hpp"
#include "checker/simulation_rules.hpp"

namespace tryst {

// The classes are of the states of both systems, left's first. A bisimulation relates two states iff they are in one
// class; a simulation relates s to t, which can do all that s does, iff they are in one class, which is of strong
// bisimilarity, or their classes are a pair.
struct Witness {
  Classes classes;
  std::vector<SimulationPair> pairs;  // of classes, sorted, without duplicates; both ways for an equivalence
};

// Throws InternalError unless the witness is a relation of the kind that relates the initial states. In weak and
// dp_weak each transition of the quotient costs a walk backwards through the τ-steps that lead to it, in the others the
// transitions of the classes (and pairs) involved.
void confirm_witness(const Union& both, Relation, bool preorder, const Witness&, Budget&);

}  // namespace tryst
