#include "semantics/network/network.hpp"

#include <algorithm>

namespace tryst {

void Network::expand(std::size_t component, LocalId s) {
  const std::uint32_t graph = graph_of_[component];
  const std::size_t known = graphs_[graph].labels().size();
  graphs_[graph].expand(s);
  for (std::size_t label = known; label < graphs_[graph].labels().size(); ++label)
    for (std::size_t i = 0; i < users_[graph].size(); ++i)  // on_label() may add graphs and components
      on_label(users_[graph][i], static_cast<LabelId>(label), graphs_[graph].labels()[label].event);
}

std::uint32_t Network::add_graph(std::unique_ptr<LocalSource> source) {
  graphs_.emplace_back(std::move(source));
  users_.emplace_back();
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

void Network::add_layer() { layers_.emplace_back(); }

bool Network::may_be_outranked(const Rule& rule) const {
  return std::ranges::any_of(ranks(rule), [this](Rank r) { return layers_[r.layer].grades[r.grade].may_be_outranked; });
}

}  // namespace tryst
