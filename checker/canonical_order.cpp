#include "checker/canonical_order.hpp"

#include <algorithm>
#include <utility>

#include "checker/signature_hash.hpp"
#include "semantics/lts_builder.hpp"

namespace tryst {

namespace {

// As events of a system that has them in the order of their ranks.
EventNames names_by_rank(const Lts& lts, std::span<const std::uint32_t> ranks) {
  std::vector<EventId> by_rank(ranks.size(), tau);
  for (std::uint32_t e = 0; e < ranks.size(); ++e)
    if (ranks[e] > index(tick)) by_rank[ranks[e]] = static_cast<EventId>(e);
  EventNames names;
  for (const EventId e : by_rank)
    if (is_visible(e)) names.intern(lts.events().name(e));
  return names;
}

}  // namespace

Lts in_canonical_order(const Lts& lts, std::span<const StateId> rank, Budget& budget) {
  struct Step {
    EventId event;  // in the result
    StateId rank;   // of the target
    StateId target;
  };
  const std::vector<std::uint32_t> event_rank = event_ranks(lts);
  std::vector<StateId> number(lts.state_count(), no_id<StateId>);
  std::vector<StateId> order;  // also the queue
  order.reserve(lts.state_count());
  const auto meet = [&](StateId s) {
    if (number[index(s)] == no_id<StateId>) {
      number[index(s)] = static_cast<StateId>(order.size());
      order.push_back(s);
    }
    return number[index(s)];
  };
  LtsBuilder builder;
  builder.reserve(lts.transition_count());
  std::vector<StateId> terminated;
  std::vector<Step> row;
  meet(lts.initial());
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i + 16 < order.size()) {
      lts.prefetch(order[i + 16]);
      lts.prefetch_row(order[i + 8]);
    }
    budget.poll();
    const StateId source = static_cast<StateId>(i);
    row.clear();
    for (const Transition& t : lts.transitions(order[i]))
      row.push_back({static_cast<EventId>(event_rank[index(t.event)]), rank[index(t.target)], t.target});
    std::ranges::sort(row, {}, [](const Step& step) { return std::pair(step.event, step.rank); });
    for (const Step& step : row) builder.add(source, {step.event, meet(step.target)});
    if (lts.is_terminated(order[i])) terminated.push_back(source);
  }
  return std::move(builder).finish(static_cast<std::uint32_t>(order.size()), StateId{0}, names_by_rank(lts, event_rank),
                                   terminated);
}

}  // namespace tryst
