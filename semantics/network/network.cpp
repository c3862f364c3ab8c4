#include "semantics/network/network.hpp"

#include <algorithm>

#include "semantics/script_error.hpp"

namespace tryst {

void Network::expand(std::size_t component, LocalId s) {
  const std::uint32_t graph = graph_of_[component];
  graphs_[graph].expand(s);
  announce_labels(graph);
}

LabelId Network::extend(std::uint32_t graph, LocalId s, EventId event, LocalId target) {
  if (!graphs_[graph].is_expanded(s)) graphs_[graph].expand(s);
  const LabelId label = graphs_[graph].extend(s, event, target);
  grown_.push_back({graph, s});
  announce_labels(graph);
  return label;
}

void Network::announce_labels(std::uint32_t graph) {
  while (announced_[graph] < graphs_[graph].labels().size()) {
    const std::size_t label = announced_[graph]++;
    for (std::size_t i = 0; i < users_[graph].size(); ++i)  // on_label() may add graphs, components and labels
      on_label(users_[graph][i], static_cast<LabelId>(label), graphs_[graph].labels()[label].event);
  }
}

std::uint32_t Network::add_graph(std::unique_ptr<LocalSource> source) {
  graphs_.emplace_back(std::move(source));
  users_.emplace_back();
  announced_.push_back(0);
  return static_cast<std::uint32_t>(graphs_.size() - 1);
}

std::uint32_t Network::add_component(std::uint32_t graph) {
  const auto component = static_cast<std::uint32_t>(graph_of_.size());
  graph_of_.push_back(graph);
  users_[graph].push_back(component);
  return component;
}

void Network::add_rule(EventId event, std::span<const Participant> participants, std::span<const Rank> ranks,
                       std::span<const std::uint32_t> place) {
  rules_.push_back({event, participants_.add(participants), ranks_.add(ranks), places_.add(place)});
}

std::size_t components_soon(Network& network, std::size_t work) {
  try {
    for (std::uint32_t s = 0; !network.is_composed() && s < network.graph(0).size() && network.graph(0).moves() < work;
         ++s)
      if (!network.graph(0).is_expanded(LocalId{s})) network.expand(0, LocalId{s});
  } catch (const ScriptError&) {  // for whoever gets there to report
    return 1;
  }
  return network.size();
}

}  // namespace tryst
