#include "checker/canonical_order.hpp"

#include "checker/signature_hash.hpp"
#include "semantics/lazy_lts.hpp"
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

Lts in_canonical_order(Lts lts, Budget& budget) {
  const std::vector<std::uint32_t> ranks = event_ranks(lts);
  LtsBuilder builder;
  builder.reserve(lts.transition_count());
  std::vector<StateId> terminated;
  for (std::uint32_t i = 0; i < lts.state_count(); ++i) {
    const StateId s = static_cast<StateId>(i);
    for (const Transition& t : lts.transitions(s))
      builder.add(s, {static_cast<EventId>(ranks[index(t.event)]), t.target});
    if (lts.is_terminated(s)) terminated.push_back(s);
  }
  lts = std::move(builder).finish(lts.state_count(), lts.initial(), names_by_rank(lts, ranks), terminated);
  return reachable_part(std::move(lts), budget);
}

}  // namespace tryst
