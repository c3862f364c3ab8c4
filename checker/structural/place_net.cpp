#include "checker/structural/place_net.hpp"

#include <algorithm>

namespace tryst {

namespace {

// False: the limits are exceeded. Rows bring states, labels and components, of components before too; the loop ends
// when all have been seen.
bool build_all_rows(Network& network, const PlaceNet::Limits& limits, Budget& budget) {
  std::vector<std::uint32_t> built;  // by graph: states with rows
  for (bool is_complete = false; !is_complete;) {
    is_complete = true;
    std::size_t places = 0;
    std::size_t moves = 0;
    for (std::size_t c = 0; c < network.size(); ++c) {
      if (network.graph_of(c) >= built.size()) built.resize(network.graph_of(c) + 1, 0);
      for (std::uint32_t& next = built[network.graph_of(c)]; next < network.graph(c).size(); ++next) {
        is_complete = false;
        if (!network.graph(c).is_expanded(LocalId{next})) network.expand(c, LocalId{next});
        budget.poll();
        if (network.graph(c).size() > std::min(limits.places_of_graph_max, network.alone_max(c)) ||
            network.graph(c).moves() > limits.moves_of_graph_max || network.rules().size() > limits.size_max)
          return false;
      }
      places += network.graph(c).size();
      moves += network.graph(c).moves();
      if (std::max(places, moves) > limits.size_max) return false;
    }
  }
  return true;
}

}  // namespace

std::optional<PlaceNet> PlaceNet::of(Network& network, Budget& budget, const Limits& limits) {
  if (!build_all_rows(network, limits, budget)) return std::nullopt;
  PlaceNet net;
  net.add_components(network, budget);
  net.add_rules(network, budget);
  net.mark_blockable(network);
  net.mark_resting(network);
  return net;
}

void PlaceNet::add_components(const Network& network, Budget& budget) {
  std::size_t size = 0;
  for (std::size_t c = 0; c < network.size(); ++c) size += network.graph(c).moves();
  std::vector<std::pair<std::uint32_t, Move>> moves;
  std::vector<std::pair<std::uint32_t, Arc>> arcs;
  budget.reserve(size * (sizeof(moves[0]) + sizeof(arcs[0]) + sizeof(Move) + sizeof(Arc)));
  moves.reserve(size);
  arcs.reserve(size);
  for (std::uint32_t c = 0; c < network.size(); ++c) {
    const LocalGraph& graph = network.graph(c);
    first_place_.push_back(static_cast<std::uint32_t>(component_of_.size()));
    first_action_.push_back(static_cast<std::uint32_t>(component_of_action_.size()));
    component_of_.resize(component_of_.size() + graph.size(), c);
    component_of_action_.resize(component_of_action_.size() + graph.labels().size(), c);
    for (std::uint32_t s = 0; s < graph.size(); ++s) {
      const auto row = graph.row(LocalId{s});
      budget.poll(static_cast<std::uint32_t>(row.size()) + 1);
      for (const LocalGraph::Move& move : row) {
        const PlaceId from = place(c, LocalId{s});
        const PlaceId to = place(c, move.target);
        const ActionId action{first_action_[c] + index(move.label)};
        moves.push_back({index(from), {action, to}});
        arcs.push_back({index(action), {from, to}});
      }
    }
  }
  first_place_.push_back(static_cast<std::uint32_t>(component_of_.size()));
  first_action_.push_back(static_cast<std::uint32_t>(component_of_action_.size()));
  moves_ = Groups<Move>(places(), moves);
  arcs_ = Groups<Arc>(actions(), arcs);
}

void PlaceNet::add_rules(const Network& network, Budget& budget) {
  std::size_t size = 0;
  for (const Rule& rule : network.rules()) size += network.participants(rule).size();
  std::vector<std::pair<std::uint32_t, ActionId>> participants;
  std::vector<std::pair<std::uint32_t, RuleId>> rules;
  budget.reserve(size * (sizeof(participants[0]) + sizeof(rules[0]) + sizeof(ActionId) + sizeof(RuleId)));
  participants.reserve(size);
  rules.reserve(size);
  for (std::uint32_t r = 0; r < network.rules().size(); ++r) {
    const auto those = network.participants(network.rules()[r]);
    budget.poll(static_cast<std::uint32_t>(those.size()));
    for (const Participant& p : those) {
      const ActionId action{first_action_[p.component] + index(p.label)};
      participants.push_back({r, action});
      rules.push_back({index(action), RuleId{r}});
    }
  }
  participants_ = Groups<ActionId>(network.rules().size(), participants);
  rules_of_ = Groups<RuleId>(actions(), rules);
}

void PlaceNet::mark_blockable(const Network& network) {
  moves_alone_.assign(places(), false);
  for (std::uint32_t r = 0; r < rules(); ++r)
    if (participants_[r].size() == 1)
      for (const Arc& arc : arcs(participants_[r].front())) moves_alone_[index(arc.from)] = true;
  can_block_ = moves_alone_;
  can_block_.flip();
  for (const Participant& mark : network.end_marks())
    for (const Arc& arc : arcs(ActionId{first_action_[mark.component] + index(mark.label)}))
      can_block_[index(arc.from)] = false;
}

void PlaceNet::mark_resting(const Network& network) {
  may_rest_.assign(places(), false);
  for (std::uint32_t p = 0; p < places(); ++p) {
    const std::uint32_t c = component_of(PlaceId{p});
    const auto labels = network.graph(c).labels();
    may_rest_[p] = !network.is_process(c) || std::ranges::any_of(moves(PlaceId{p}), [&](const Move& move) {
      return labels[index(move.action) - first_action_[c]].event == ended;
    });
  }
}

std::optional<PlaceId> PlaceNet::target(PlaceId p, ActionId a) const {
  const auto row = moves(p);
  const auto at = std::ranges::lower_bound(row, a, {}, &Move::action);
  if (at == row.end() || at->action != a) return std::nullopt;
  return at->target;
}

}  // namespace tryst
