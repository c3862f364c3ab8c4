#include "checker/packed/cyclic_rules.hpp"

#include <algorithm>

namespace tryst {

namespace {

using Labels = std::vector<bool>;  // of one component

// The labels among these that a state on a path from a cycle can perform; the cycle and the path take moves with these
// labels.
Labels labels_after_cycles(const LocalGraph& graph, const Labels& labels) {
  const auto for_each_target = [&](LocalId s, auto use) {
    if (!graph.is_expanded(s)) return;
    for (const LocalGraph::Move& move : graph.row(s))
      if (labels[index(move.label)]) use(move);
  };
  std::vector<std::uint32_t> incoming(graph.size(), 0);
  for (std::uint32_t s = 0; s < graph.size(); ++s)
    for_each_target(LocalId{s}, [&](const LocalGraph::Move& move) { ++incoming[index(move.target)]; });
  std::vector<LocalId> removed;  // nothing leads to them
  for (std::uint32_t s = 0; s < graph.size(); ++s)
    if (incoming[s] == 0) removed.push_back(LocalId{s});
  for (std::size_t i = 0; i < removed.size(); ++i)
    for_each_target(removed[i], [&](const LocalGraph::Move& move) {
      if (--incoming[index(move.target)] == 0) removed.push_back(move.target);
    });
  Labels kept(labels.size(), false);
  for (std::uint32_t s = 0; s < graph.size(); ++s)
    if (incoming[s] > 0)
      for_each_target(LocalId{s}, [&](const LocalGraph::Move& move) { kept[index(move.label)] = true; });
  return kept;
}

}  // namespace

std::vector<bool> rules_of_tau_cycles(const Network& network) {
  const auto rules = network.rules();
  std::vector<bool> kept;
  for (const Rule& rule : rules) kept.push_back(rule.event == tau);
  for (bool changed = true; changed;) {
    std::vector<Labels> labels;  // by component: those of the rules that are kept
    for (std::size_t c = 0; c < network.size(); ++c) labels.emplace_back(network.graph(c).labels().size(), false);
    for (std::size_t r = 0; r < rules.size(); ++r)
      if (kept[r])
        for (const Participant& p : network.participants(rules[r])) labels[p.component][index(p.label)] = true;
    for (std::size_t c = 0; c < network.size(); ++c)
      if (std::ranges::find(labels[c], true) != labels[c].end())
        labels[c] = labels_after_cycles(network.graph(c), labels[c]);
    changed = false;
    for (std::size_t r = 0; r < rules.size(); ++r) {
      const auto stays = [&](const Participant& p) { return labels[p.component][index(p.label)]; };
      if (!kept[r] || std::ranges::all_of(network.participants(rules[r]), stays)) continue;
      kept[r] = false;
      changed = true;
    }
  }
  return kept;
}

bool may_diverge(const Network& network) {
  const std::vector<bool> cyclic = rules_of_tau_cycles(network);
  return std::ranges::find(cyclic, true) != cyclic.end();
}

}  // namespace tryst
