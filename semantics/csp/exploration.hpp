// The transition system of a process, by whichever engine is quicker: the reference engine while there is little to
// explore, the compiled network (semantics/csp/compiled_network.hpp) for more. Both have the same states.
#pragma once

#include <functional>
#include <optional>

#include "semantics/budget.hpp"
#include "semantics/csp/reference_system.hpp"
#include "semantics/lts.hpp"
#include "semantics/network/network.hpp"

namespace tryst::csp {

// What may take the place of the system of a network that is not small; none: nothing.
using Substitute = std::function<std::optional<Lts>(Network&)>;

// The reachable part, numbered breadth first; `reference` executes `process`. May throw ScriptError and LimitReached.
Lts explore_process(ReferenceSystem& reference, Terms&, Unfolder&, ProcessId process, Budget&,
                    const Substitute& substitute = {});

}  // namespace tryst::csp
