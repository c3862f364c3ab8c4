// Is a partition a strong bisimulation? By the definition, without hashes: every state has the signature of its block,
// element by element.
//
// O(km) for rows of at most k transitions. Memory: at most that of the quotient. Threads: all of the crew.
#pragma once

#include "checker/dirty_partition.hpp"
#include "checker/packed/crew.hpp"
#include "semantics/lts.hpp"

namespace tryst {

bool is_stable(const Lts&, const DirtyPartition&, Crew&);

}  // namespace tryst
