// The compiled network of a process against the reference engine, state by state: each global state is the term that
// the rules lead to, and has the transitions that they give it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "semantics/csp/compiled_network.hpp"
#include "semantics/csp/reference_system.hpp"
#include "semantics/network/network_system.hpp"
#include "tests/semantics/term_builder.hpp"

namespace tryst::csp {

// What is wrong with the network of a process; empty if nothing. Compares at most `states_max` states. `components`:
// how many there were in the end.
inline std::string difference(TermBuilder& t, ProcessId process, std::size_t states_max = 3000,
                              std::size_t* components = nullptr) {
  ReferenceSystem reference(t.terms, t, process);
  CompiledNetwork network(t.terms, t, process, nullptr);
  NetworkSystem system(network);
  std::map<ProcessId, StateId> state_of;  // the network's, by its term
  std::vector<std::pair<StateId, StateId>> queue{{reference.initial(), system.initial()}};
  std::vector<Transition> expected;
  std::vector<Transition> found;
  std::vector<LocalId> locals;
  for (std::size_t i = 0; i < queue.size() && i < states_max; ++i) {
    const auto [left, right] = queue[i];
    reference.successors(left, expected);
    system.successors(right, found);
    system.locals(right, locals);
    if (network.term(locals) != reference.term(left)) return "a state is another term";
    if (reference.is_terminated(left) != system.is_terminated(right)) return "Ω is not recognised";
    std::map<std::pair<EventId, ProcessId>, StateId> wanted;
    for (const Transition& e : expected) wanted.emplace(std::pair(e.event, reference.term(e.target)), e.target);
    if (wanted.size() != found.size()) return "a state has another number of transitions";
    for (const Transition& f : found) {
      system.locals(f.target, locals);
      const ProcessId target = network.term(locals);
      const auto match = wanted.find({f.event, target});
      if (match == wanted.end()) return "a transition is not one of the reference";
      const auto [known, added] = state_of.emplace(target, f.target);
      if (known->second != f.target) return "a term is two states";
      if (added) queue.emplace_back(match->second, f.target);
    }
  }
  if (components != nullptr) *components = network.size();
  return "";
}

}  // namespace tryst::csp
