// Runs machine code against the component that it was translated from.
//
// Both are walked together from their initial states. They agree if every pair of states that is met offers the same
// events, each in one way only, and τ in the same order; then the pairs are a bisimulation, and the code may stand for
// the component. Nothing here is part of an emitted program: that is compared with the model once more, as C++.
#pragma once

#include <string>
#include <vector>

#include "runtime/emitter/machine_code.hpp"
#include "semantics/network/network.hpp"

namespace tryst::emitter {

// Why they do not agree; empty if they do. The component's rows are all there. Sets code.sequence_length_max.
std::string disagreement(MachineCode&, const Process& initial, const LocalGraph&, const EventNames&);

}  // namespace tryst::emitter
