#include "semantics/network/local_graph.hpp"

#include <algorithm>
#include <utility>

#include "semantics/budget.hpp"

namespace tryst {

namespace {

constexpr const char* limit = "a component has more than 4,294,967,294 transitions";

}  // namespace

void LocalGraph::expand(LocalId s) {
  scratch_.clear();
  source_->moves(s, scratch_);
  if (moves_.size() + scratch_.size() >= unknown) throw LimitReached{limit};
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
  ++expanded_;
}

LabelId LocalGraph::extend(LocalId s, EventId event, LocalId to) {
  const LabelId added = label(event, 0);
  if (target(s, added)) return added;
  Row& row = rows_[index(s)];
  if (moves_.size() + row.count + 1 >= unknown) throw LimitReached{limit};
  if (row.first + row.count != moves_.size()) {  // to the end, where it can grow
    const Row old = std::exchange(row, {static_cast<std::uint32_t>(moves_.size()), row.count});
    for (std::uint32_t i = 0; i < old.count; ++i) moves_.push_back(Move(moves_[old.first + i]));
  }
  const auto begin = moves_.begin() + static_cast<std::ptrdiff_t>(row.first);
  moves_.insert(std::ranges::lower_bound(begin, moves_.end(), added, {}, &Move::label), {added, to});
  ++row.count;
  return added;
}

std::optional<LocalId> LocalGraph::target(LocalId s, LabelId label) const {
  const auto moves = row(s);
  const auto at = std::ranges::lower_bound(moves, label, {}, &Move::label);
  if (at == moves.end() || at->label != label) return std::nullopt;
  return at->target;
}

LabelId LocalGraph::label(EventId event, std::uint32_t choice) {
  const auto [entry, added] =
      label_of_.try_emplace(std::uint64_t{index(event)} << 32 | choice, static_cast<LabelId>(labels_.size()));
  if (added) labels_.push_back({event, choice});
  return entry->second;
}

}  // namespace tryst
