#include "semantics/lts_builder.hpp"

namespace tryst {

namespace {

// Rows of states without transitions are made at once for so many states: a lone large number costs no more than that.
constexpr std::size_t rows_ahead_max = 1u << 24;

}  // namespace

void LtsBuilder::add(StateId source, Transition t) {
  if (in_order_) {
    const bool is_far = index(source) > rows_ahead_max + 8 * transitions_.size();
    if (index(source) + std::size_t{1} >= row_.size() && !is_far)
      row_.resize(index(source) + std::size_t{1}, transitions_.size());
    else
      leave_order();
  }
  if (!in_order_) sources_.push_back(source);
  transitions_.push_back(t);
}

void LtsBuilder::leave_order() {
  in_order_ = false;
  sources_.reserve(transitions_.capacity());
  for (std::size_t s = 0; s < row_.size(); ++s)
    sources_.resize(s + 1 < row_.size() ? row_[s + 1] : transitions_.size(), static_cast<StateId>(s));
}

void LtsBuilder::gather_rows(std::uint32_t states) {
  row_.assign(states + std::size_t{1}, 0);
  for (const StateId s : sources_) ++row_[index(s) + std::size_t{1}];
  for (std::size_t s = 0; s < states; ++s) row_[s + 1] += row_[s];
  Lts::Table<Transition> sorted(transitions_.size());
  std::vector<std::uint64_t> next(row_.begin(), row_.end() - 1);
  for (std::size_t i = 0; i < transitions_.size(); ++i) sorted[next[index(sources_[i])]++] = transitions_[i];
  transitions_ = std::move(sorted);
  sources_ = {};
}

Lts LtsBuilder::finish(std::uint32_t states, StateId initial, EventNames events,
                       std::span<const StateId> terminated) && {
  if (in_order_)
    row_.resize(states + std::size_t{1}, transitions_.size());
  else
    gather_rows(states);
  return Lts(initial, std::move(events), std::move(row_), std::move(transitions_), terminated);
}

}  // namespace tryst
