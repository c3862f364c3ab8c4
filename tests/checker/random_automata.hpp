// Networks of small automata made at random: components that go on for ever, each event shared by one, two or three of
// them.
//
// Unlike processes made from all operators, about as many are free of deadlock as are not.
#pragma once

#include <random>

#include "semantics/csp/compiled_network.hpp"
#include "tests/semantics/term_builder.hpp"

namespace tryst::csp {

struct Automaton {
  struct Edge {
    std::uint32_t event;
    std::uint32_t target;
  };
  std::vector<std::vector<Edge>> states;  // the first is the initial one
};

using Automata = std::vector<Automaton>;

Automata random_automata(std::mt19937&);

// Side by side; each takes part in the events on its edges. Some events may be hidden.
ProcessId parallel_of(TermBuilder&, const Automata&, bool hides_first);

}  // namespace tryst::csp
