// The normal form of a system (checker/normal_form.hpp) as a system of its own: what all systems that are related to it
// by a trace or failure relation have in common, so that it can be minimised for strong bisimulation.
//
//   trace, weak_trace   deterministic; strong bisimulation makes it the smallest such system
//   failures            a state for each node and acceptance: the node's own offers what no stable state does, τ leads
//                       from it to one state for each minimal acceptance. Where nothing is stable, τ leads to the state
//                       itself.
//   failures_divergences  the same, but a node that diverges is a single state that does nothing else
// Nodes that nothing tells apart are one, and nothing follows ✓. Two systems are related iff these are isomorphic; for
// the failure relations they need not be the smallest, which is PSPACE-hard to find.
// Cost: that of the normal form, exponential at worst.
#pragma once

#include "checker/equivalence.hpp"

namespace tryst {

// `relation` is a refinement.
Lts normal_system(const Lts&, Relation, Budget&, unsigned threads = 1);

}  // namespace tryst
