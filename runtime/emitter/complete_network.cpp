#include "runtime/emitter/collect.hpp"
#include "semantics/network/network_system.hpp"
#include "semantics/script_error.hpp"

namespace tryst::emitter {

namespace {

// False: there are more states and moves than component_rows_max.
bool complete_components(csp::CompiledNetwork& network, Budget& budget) {
  std::size_t rows = 0;
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t c = 0; c < network.size(); ++c)  // expand() may add components, and states to earlier ones
      for (std::uint32_t s = 0; s < network.graph(c).size(); ++s) {
        if (network.graph(c).is_expanded(LocalId{s})) continue;
        budget.poll();
        network.expand(c, LocalId{s});
        rows += 1 + network.graph(c).row(LocalId{s}).size();
        if (rows > component_rows_max) return false;
        grown = true;
      }
  }
  return true;
}

void explore_whole(csp::CompiledNetwork& network, Budget& budget) {
  NetworkSystem system(network);
  std::vector<Transition> transitions;
  for (std::uint32_t s = 0; s < system.size(); ++s) {
    budget.count_state();
    system.successors(StateId{s}, transitions);
    budget.count_transitions(transitions.size());
  }
}

}  // namespace

CompleteNetwork complete_network(csp::Evaluator& evaluator, csp::ProcessId process, Budget& budget) {
  const auto compile = [&] {
    return std::make_unique<csp::CompiledNetwork>(evaluator.terms(), evaluator, process, &budget,
                                                  csp::CompiledNetwork::Around::rules);
  };
  CompleteNetwork result{compile(), true};
  try {
    if (complete_components(*result.network, budget)) return result;
  } catch (const ScriptError&) {
    // The mistake may be in a state that the network never reaches; if it does, the exploration meets it again.
  }
  result = {compile(), false};
  explore_whole(*result.network, budget);
  return result;
}

}  // namespace tryst::emitter
