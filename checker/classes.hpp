// The classes of the five bisimulations on the states of one system.
//
//   strong         rounds of signatures (checker/strong_refinement.hpp)
//   branching      the same with inherited signatures (checker/branching_refinement.hpp), after contracting τ-cycles,
//                  whose states are all branching bisimilar
//   dp_branching   with a mark on the contracted cycles: branching bisimilarity with explicit divergence (van Glabbeek,
//                  Luttik & Trčka, "Branching bisimilarity with explicit divergence", Fundamenta Informaticae 93, 2009)
//   weak, dp_weak  weak signatures in rounds, on the quotient by (dp_)branching, which is finer
// Without τ the five are the same.
#pragma once

#include <optional>
#include <utility>

#include "checker/equivalence.hpp"
#include "checker/quotient.hpp"

namespace tryst {

// With `apart`, may stop as soon as these two states are known to be in different classes; the classes are then too
// coarse.
Classes bisimulation_classes(const Lts&, Relation, Budget&, std::optional<std::pair<StateId, StateId>> apart = {},
                             unsigned threads = 1);

// The system whose states are these classes, related to the other one by the bisimulation that they are of.
Lts quotient(const Lts&, const Classes&, Relation bisimulation, Budget&);

}  // namespace tryst
