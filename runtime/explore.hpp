// The transition system that a program is, found by calling nothing but offers() and fire() (runtime/states.hpp).
//
// This is what a program is compared with its model by: `program --explore` writes the graph as Aldebaran's .aut, which
// any tool for transition systems reads. States are numbered breadth first.
// Throws std::length_error when there are more than `states_max` states.
#pragma once

#include <iosfwd>
#include <vector>

#include "runtime/network.hpp"

namespace tryst::runtime {

struct Graph {
  struct Edge {
    std::uint32_t source;
    Event event;
    std::uint32_t target;
  };
  std::uint32_t states = 0;
  std::vector<Edge> edges;  // by source
};

inline constexpr std::size_t explored_states_max = 10'000'000;

Graph explore(const Network&, std::size_t states_max = explored_states_max);
// One component on its own: what it calls its labels, whatever the rules make of them.
Graph explore_component(const Network&, std::uint32_t component, std::size_t states_max = explored_states_max);

// τ is `tau`, ✓ is `tick`; a visible event of such a name gets a backslash in front.
void write_aut(const Network&, const Graph&, std::ostream&);

}  // namespace tryst::runtime
