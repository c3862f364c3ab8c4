#include "checker/signature_hash.hpp"

namespace tryst {

std::vector<std::uint32_t> event_ranks(const Lts& lts) {
  std::vector<bool> occurs(lts.events().size(), false);
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (const Transition& t : lts.transitions(static_cast<StateId>(s))) occurs[index(t.event)] = true;
  std::vector<EventId> order;
  for (std::uint32_t e = index(tick) + 1; e < occurs.size(); ++e)
    if (occurs[e]) order.push_back(static_cast<EventId>(e));
  std::ranges::sort(order, {}, [&](EventId e) { return lts.events().name(e); });
  std::vector<std::uint32_t> ranks(occurs.size(), 0);
  ranks[index(tick)] = 1;
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks[index(order[i])] = 2 + i;
  return ranks;
}

void signature(std::span<const Transition> row, std::span<const std::uint32_t> blocks, std::vector<Transition>& out) {
  out.clear();
  for (const Transition& t : row) out.push_back({t.event, static_cast<StateId>(blocks[index(t.target)])});
  if (std::ranges::adjacent_find(out, std::ranges::greater_equal()) == out.end()) return;
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
}

}  // namespace tryst
