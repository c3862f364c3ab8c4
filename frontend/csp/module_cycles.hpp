// No module may use an instance of itself, directly or through other definitions: its text would depend on its own
// copy.
//
// The declarations of the script and of modules form a graph: a declaration leads to those it uses, a module to those
// inside it, an instance to its module and to what its arguments use. An instance in one strongly connected component
// (Tarjan 1972) with its module is the mistake, reported with a shortest way from the module to the instance (P0221).
// Cost: linear in declarations and uses.
#pragma once

#include "frontend/csp/resolution.hpp"

namespace tryst::csp {

void check_module_cycles(const Resolution&);

}  // namespace tryst::csp
