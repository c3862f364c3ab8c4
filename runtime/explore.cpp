#include "runtime/explore.hpp"

#include <ostream>

#include "runtime/json.hpp"
#include "runtime/states.hpp"

namespace tryst::runtime {

namespace {

std::string label_of(const Network& network, Event event) {
  const std::string name = network.name(event);
  return index(event) > 1 && event != ended ? aut_label(name) : '"' + name + '"';
}

}  // namespace

Graph explore(const Network& network, std::size_t states_max) {
  States states(network, states_max);
  Graph graph;
  std::vector<RuleId> enabled;
  for (States::Id s = 0; s < states.size(); ++s) {
    states.enabled(s, enabled);
    for (const RuleId r : enabled) {
      const States::Id target = states.after(s, r);
      graph.edges.push_back({s, network.rules[index(r)].event, target});
    }
  }
  graph.states = static_cast<std::uint32_t>(states.size());
  return graph;
}

Graph explore_component(const Network& network, std::uint32_t component, std::size_t states_max) {
  States states(network, states_max);
  Graph graph;
  for (States::Id s = 0; s < states.size(); ++s)
    for (const Label label : states.offers(s, component)) {
      const States::Id target = states.after_alone(s, {component, label});
      graph.edges.push_back({s, network.components[component].labels[index(label)], target});
    }
  graph.states = static_cast<std::uint32_t>(states.size());
  return graph;
}

void write_aut(const Network& network, const Graph& graph, std::ostream& out) {
  out << "des (0," << graph.edges.size() << ',' << graph.states << ")\n";
  for (const Graph::Edge& edge : graph.edges)
    out << '(' << edge.source << ',' << label_of(network, edge.event) << ',' << edge.target << ")\n";
}

}  // namespace tryst::runtime
