// What one row of a transition system says about its state: stability and initials.
//
// ✓ is a signal that the environment cannot stop: a state that offers it is not stable, whatever else it offers, and
// contributes the acceptance {✓} (Roscoe, Understanding Concurrent Systems, 2010, ch. 6). Ω has an empty row as well;
// whoever must tell it from a deadlock asks is_terminated().
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "semantics/transition_system.hpp"

namespace tryst {

using Row = std::span<const Transition>;

// The τ-transitions: the front of the row.
inline Row internal(Row row) {
  const auto end = std::find_if(row.begin(), row.end(), [](const Transition& t) { return t.event != tau; });
  return row.first(static_cast<std::size_t>(end - row.begin()));
}

inline bool has_tau(Row row) { return !row.empty() && row.front().event == tau; }

inline bool offers_tick(Row row) {
  const Row rest = row.subspan(internal(row).size());
  return !rest.empty() && rest.front().event == tick;
}

inline bool is_stable(Row row) { return row.empty() || row.front().event > tick; }

// The transitions with this event.
inline Row with_event(Row row, EventId e) {
  const auto [first, last] = std::ranges::equal_range(row, e, {}, &Transition::event);
  return {first, last};
}

// The events of the row except τ, sorted, without duplicates; ✓ included. Replaces `out`.
inline void initials(Row row, std::vector<EventId>& out) {
  out.clear();
  for (const Transition& t : row)
    if (t.event != tau && (out.empty() || out.back() != t.event)) out.push_back(t.event);
}

}  // namespace tryst
