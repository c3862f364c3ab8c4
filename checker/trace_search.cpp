#include "checker/trace_search.hpp"

#include "checker/initials.hpp"
#include "checker/pairs.hpp"

namespace tryst {

TraceSearch search_trace(LazyLts& system, std::span<const EventId> trace, Budget& budget) {
  TraceSearch result;
  Pairs pairs;  // the node of a pair is the number of events performed
  std::uint32_t furthest = 0;
  const auto meet = [&](std::size_t position, StateId state, std::uint32_t from, EventId event) {
    if (!pairs.add({static_cast<NodeId>(position), state}, from, event)) return;
    budget.count_state();
    if (position > index(pairs[furthest].node)) furthest = pairs.size() - 1;
  };
  meet(0, system.initial(), 0, tau);
  for (std::uint32_t i = 0; i < pairs.size() && index(pairs[furthest].node) < trace.size(); ++i) {
    const Pair pair = pairs[i];
    const std::uint32_t position = index(pair.node);
    const Row row = system.row(pair.state);
    result.transitions += row.size();
    budget.count_transitions(row.size());
    for (const Transition& t : internal(row)) meet(position, t.target, i, tau);
    for (const Transition& t : with_event(row, trace[position])) meet(position + std::size_t{1}, t.target, i, t.event);
  }
  result.performed = index(pairs[furthest].node) == trace.size();
  result.path = pairs.path_to(furthest);
  result.pairs = pairs.size();
  return result;
}

std::vector<EventId> visible_trace(std::span<const Step> path) {
  std::vector<EventId> trace;
  for (const Step& step : path)
    if (step.event != tau) trace.push_back(step.event);
  return trace;
}

}  // namespace tryst
