#include "semantics/lts.hpp"

#include <algorithm>
#include <cassert>

namespace tryst {

Lts::Lts(std::uint32_t states, StateId initial, std::vector<Edge> edges, EventNames events,
         std::vector<StateId> terminated)
    : initial_(initial), events_(std::move(events)), row_(states + std::size_t{1}, 0), terminated_(states, false) {
  for (const Edge& edge : edges) ++row_[index(edge.source) + std::size_t{1}];
  for (std::size_t s = 0; s < states; ++s) row_[s + 1] += row_[s];
  transitions_.resize(edges.size());
  std::vector<std::uint64_t> next(row_.begin(), row_.end() - 1);
  for (const Edge& edge : edges) transitions_[next[index(edge.source)]++] = {edge.event, edge.target};
  edges = {};
  sort_rows();
  for (const StateId s : terminated) terminated_[index(s)] = true;
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
