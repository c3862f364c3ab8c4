#include "tests/semantics/small_graph.hpp"

#include <algorithm>
#include <functional>

namespace tryst::csp {

std::size_t SmallGraph::transitions() const {
  std::size_t n = 0;
  for (const auto& row : rows) n += row.size();
  return n;
}

SmallGraph explore(ReferenceSystem& system, std::size_t states_max) {
  SmallGraph graph;
  std::size_t met = index(system.initial()) + 1;
  for (std::uint32_t s = 0; s < met; ++s) {
    if (s == states_max) {
      graph.complete = false;
      break;
    }
    graph.rows.emplace_back();
    system.successors(StateId{s}, graph.rows.back());
    graph.ended.push_back(system.is_terminated(StateId{s}));
    for (const Transition& t : graph.rows.back()) met = std::max<std::size_t>(met, index(t.target) + 1);
  }
  return graph;
}

bool strongly_bisimilar(const SmallGraph& a, const SmallGraph& b) {
  using Signature = std::pair<std::uint32_t, std::set<std::pair<EventId, std::uint32_t>>>;
  const std::size_t shift = a.rows.size();
  std::vector<std::uint32_t> block(shift + b.rows.size(), 0);
  for (std::size_t blocks = 1;;) {
    std::map<Signature, std::uint32_t> numbers;
    std::vector<std::uint32_t> next;
    for (std::size_t s = 0; s < block.size(); ++s) {
      Signature signature{block[s], {}};
      for (const Transition& t : s < shift ? a.rows[s] : b.rows[s - shift])
        signature.second.emplace(t.event, block[index(t.target) + (s < shift ? 0 : shift)]);
      next.push_back(
          numbers.try_emplace(std::move(signature), static_cast<std::uint32_t>(numbers.size())).first->second);
    }
    block = std::move(next);
    if (numbers.size() == blocks) return block[0] == block[shift];
    blocks = numbers.size();
  }
}

States closed(const SmallGraph& graph, States states) {
  std::vector<std::uint32_t> pending(states.begin(), states.end());
  while (!pending.empty()) {
    const std::uint32_t s = pending.back();
    pending.pop_back();
    for (const Transition& t : graph.rows[s])
      if (t.event == tau && states.insert(index(t.target)).second) pending.push_back(index(t.target));
  }
  return states;
}

States after(const SmallGraph& graph, const States& states, EventId event) {
  States next;
  for (const std::uint32_t s : states)
    for (const Transition& t : graph.rows[s])
      if (t.event == event) next.insert(index(t.target));
  return closed(graph, next);
}

std::set<EventId> initials(const SmallGraph& graph, const States& states) {
  std::set<EventId> events;
  for (const std::uint32_t s : states)
    for (const Transition& t : graph.rows[s])
      if (t.event != tau) events.insert(t.event);
  return events;
}

std::set<std::set<EventId>> acceptances(const SmallGraph& graph, const States& states) {
  std::set<std::set<EventId>> all;
  for (const std::uint32_t s : states) {
    if (graph.ended[s]) continue;
    const std::set<EventId> offers = initials(graph, {s});
    const auto& row = graph.rows[s];
    if (offers.count(tick) != 0)
      all.insert({tick});
    else if (std::none_of(row.begin(), row.end(), [](const Transition& t) { return t.event == tau; }))
      all.insert(offers);
  }
  return all;
}

namespace {

using Agree = std::function<bool(const States&, const States&)>;

bool simulate(const SmallGraph& specification, const SmallGraph& implementation, const Agree& agree) {
  std::set<std::pair<States, States>> seen;
  std::vector<std::pair<States, States>> pending = {{closed(specification, {0}), closed(implementation, {0})}};
  while (!pending.empty()) {
    const auto pair = pending.back();
    pending.pop_back();
    if (!seen.insert(pair).second) continue;
    if (!agree(pair.first, pair.second)) return false;
    const std::set<EventId> allowed = initials(specification, pair.first);
    for (const EventId e : initials(implementation, pair.second)) {
      if (allowed.count(e) == 0) return false;
      if (e != tick) pending.emplace_back(after(specification, pair.first, e), after(implementation, pair.second, e));
    }
  }
  return true;
}

bool covered(const std::set<EventId>& offers, const std::set<std::set<EventId>>& allowed) {
  return std::any_of(allowed.begin(), allowed.end(), [&offers](const std::set<EventId>& acceptance) {
    return std::includes(offers.begin(), offers.end(), acceptance.begin(), acceptance.end());
  });
}

}  // namespace

bool refines_in_traces(const SmallGraph& specification, const SmallGraph& implementation) {
  return simulate(specification, implementation, [](const States&, const States&) { return true; });
}

bool refines_in_failures(const SmallGraph& specification, const SmallGraph& implementation) {
  return simulate(specification, implementation, [&](const States& spec, const States& impl) {
    const auto allowed = acceptances(specification, spec);
    for (const auto& offers : acceptances(implementation, impl))
      if (!covered(offers, allowed)) return false;
    return true;
  });
}

bool divergent(const SmallGraph& graph) {
  for (std::uint32_t s = 0; s < graph.rows.size(); ++s)
    for (const Transition& t : graph.rows[s])
      if (t.event == tau && closed(graph, {index(t.target)}).count(s) != 0) return true;
  return false;
}

bool deterministic(const SmallGraph& graph) {
  return !divergent(graph) && simulate(graph, graph, [&graph](const States& states, const States&) {
    const std::set<EventId> possible = initials(graph, states);
    for (const auto& offers : acceptances(graph, states))
      if (offers != possible) return false;
    return true;
  });
}

}  // namespace tryst::csp
