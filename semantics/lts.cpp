#include "semantics/lts.hpp"

#include <algorithm>
#include <cassert>

#include "semantics/lts_builder.hpp"

namespace tryst {

Lts::Lts(std::uint32_t states, StateId initial, std::vector<Edge> edges, EventNames events,
         std::vector<StateId> terminated)
    : Lts([&] {
        LtsBuilder builder;
        builder.reserve(edges.size());
        for (const Edge& edge : edges) builder.add(edge.source, {edge.event, edge.target});
        edges = {};
        return std::move(builder).finish(states, initial, std::move(events), terminated);
      }()) {}

Lts::Lts(StateId initial, EventNames events, Table<std::uint64_t> row, Table<Transition> transitions,
         std::span<const StateId> terminated)
    : initial_(initial), events_(std::move(events)), row_(std::move(row)), transitions_(std::move(transitions)) {
  sort_rows();
  terminated_.resize(state_count());
  for (const StateId s : terminated) terminated_[index(s)] = row_[index(s)] == row_[index(s) + std::size_t{1}];
#ifndef NDEBUG
  check();
#endif
}

// Sorts each row and closes the gaps that duplicates leave.
void Lts::sort_rows() {
  auto out = transitions_.begin();
  for (std::size_t s = 0; s + 1 < row_.size(); ++s) {
    const auto first = transitions_.begin() + static_cast<std::ptrdiff_t>(row_[s]);
    auto last = transitions_.begin() + static_cast<std::ptrdiff_t>(row_[s + 1]);
    std::sort(first, last);
    last = std::unique(first, last);
    row_[s] = static_cast<std::uint64_t>(out - transitions_.begin());
    out = first == out ? last : std::move(first, last, out);
  }
  row_.back() = static_cast<std::uint64_t>(out - transitions_.begin());
  transitions_.erase(out, transitions_.end());
}

void Lts::check() const {
  assert(!row_.empty() && row_.front() == 0 && row_.back() == transitions_.size());
  assert(state_count() > 0);
  assert(index(initial_) < state_count());
  assert(terminated_.size() == state_count());
  for (std::uint32_t s = 0; s < state_count(); ++s) {
    assert(row_[s] <= row_[s + 1]);
    const auto row = transitions(static_cast<StateId>(s));
    assert(std::adjacent_find(row.begin(), row.end(), [](const auto& a, const auto& b) { return !(a < b); }) ==
           row.end());
    assert(!terminated_[s] || row.empty());
    for ([[maybe_unused]] const Transition& t : row)
      assert(index(t.target) < state_count() && index(t.event) < events_.size());
  }
}

}  // namespace tryst
