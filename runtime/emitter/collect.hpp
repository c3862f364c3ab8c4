// A CSP process → what its program is made of.
//
// The process is compiled to a network (semantics/csp/compiled_network.hpp) and the network is built to the end: first
// each component on its own, which is cheap however many states the whole has; where that goes wrong or does not end
// (a counter that only its partners keep small), that component by exploring the whole.
// Throws ScriptError and LimitReached.
#pragma once

#include <memory>
#include <vector>

#include "frontend/source.hpp"
#include "runtime/emitter/emission.hpp"
#include "semantics/csp/compiled_network.hpp"
#include "semantics/csp/evaluator.hpp"

namespace tryst::emitter {

// States and moves of all components together, each on its own. An intruder who may learn anything has more.
inline constexpr std::size_t component_rows_max = 100'000;

struct CompleteNetwork {
  std::unique_ptr<csp::CompiledNetwork> network;
  std::vector<bool> is_whole;  // by component: its graph is all that it can do on its own, not what the whole needs
};

CompleteNetwork complete_network(csp::Evaluator&, csp::ProcessId, Budget&);

// Events, channels, machines, components and rules; the rest of the emission is the caller's. The evaluator is that of
// the script, which grows by the names of the components as expressions.
void collect(csp::Typed&, SourceSet&, csp::Evaluator&, csp::ProcessId, const CompleteNetwork&, Emission&);

}  // namespace tryst::emitter
