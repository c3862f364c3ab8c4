#include "semantics/network/local_graph.hpp"

#include <algorithm>

#include "semantics/budget.hpp"

namespace tryst {

void LocalGraph::expand(LocalId s) {
  scratch_.clear();
  source_->moves(s, scratch_);
  if (moves_.size() + scratch_.size() >= unknown) throw LimitReached{"a component has more than 4,294,967,294 transitions"};
  const std::size_t first = moves_.size();
  std::uint32_t choice = 0;
  for (std::size_t i = 0; i < scratch_.size(); ++i) {
    choice = i > 0 && scratch_[i - 1].event == scratch_[i].event ? choice + 1 : 0;
    moves_.push_back({label(scratch_[i].event, choice), scratch_[i].target});
  }
  std::sort(moves_.begin() + static_cast<std::ptrdiff_t>(first), moves_.end(),
            [](const Move& a, const Move& b) { return a.label < b.label; });
  if (index(s) >= rows_.size()) rows_.resize(source_->size());
  rows_[index(s)] = {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(moves_.size() - first)};
}

std::optional<LocalId> LocalGraph::target(LocalId s, LabelId label) const {
  const auto moves = row(s);
  const auto at = std::ranges::lower_bound(moves, label, {}, &Move::label);
  if (at == moves.end() || at->label != label) return std::nullopt;
  return at->target;
}

LabelId LocalGraph::label(EventId event, std::uint32_t choice) {
  const auto [entry, added] = label_of_.try_emplace(std::uint64_t{index(event)} << 32 | choice,
                                                    static_cast<LabelId>(labels_.size()));
  if (added) labels_.push_back({event, choice});
  return entry->second;
}

}  // namespace tryst
