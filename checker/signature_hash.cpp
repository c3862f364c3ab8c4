#include "checker/signature_hash.hpp"

#include <utility>

namespace tryst {

std::vector<std::uint32_t> event_ranks(const Lts& lts) {
  std::vector<std::uint8_t> occurs(lts.events().size(), 0);
  occurs[index(tau)] = occurs[index(tick)] = 1;
  std::size_t missing = occurs.size() - 2;  // mostly the first states have all events, and the others need no look
  for (std::uint32_t s = 0; s < lts.state_count() && missing > 0; ++s)
    for (const Transition& t : lts.transitions(static_cast<StateId>(s)))
      if (std::exchange(occurs[index(t.event)], 1) == 0) --missing;
  std::vector<EventId> order;
  for (std::uint32_t e = index(tick) + 1; e < occurs.size(); ++e)
    if (occurs[e] != 0) order.push_back(static_cast<EventId>(e));
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
