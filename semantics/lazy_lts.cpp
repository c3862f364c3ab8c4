#include "semantics/lazy_lts.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "frontend/arena.hpp"
#include "semantics/lts_builder.hpp"

namespace tryst {

std::span<const Transition> LazyLts::expand(StateId s) {
  source_->successors(s, scratch_);
  assert(std::is_sorted(scratch_.begin(), scratch_.end()));
  assert(std::adjacent_find(scratch_.begin(), scratch_.end()) == scratch_.end());
  Transition* const first = allocate(scratch_.size());
  std::copy(scratch_.begin(), scratch_.end(), first);
  if (index(s) >= rows_.size()) rows_.resize(std::max<std::size_t>(index(s) + 1, 2 * rows_.size()));
  rows_[index(s)] = {first, static_cast<std::uint32_t>(scratch_.size())};
  return rows_[index(s)].span();
}

// Room for `count` transitions; never null, also for an empty row.
Transition* LazyLts::allocate(std::size_t count) {
  const auto new_block = [this](std::size_t size) {
    blocks_.push_back(std::make_unique_for_overwrite<Transition[]>(size));
    return blocks_.back().get();
  };
  if (count > block_size_max) return new_block(count);
  if (free_ == nullptr || count > free_count_) {
    free_count_ = std::max(block_size_, count);
    free_ = new_block(free_count_);
    block_size_ = std::min(2 * block_size_, block_size_max);
  }
  Transition* const first = free_;
  free_ += count;
  free_count_ -= count;
  return first;
}

namespace {

// Calls meets_state() for each new state, and reads_row(size) for each row.
Lts breadth_first(LazyLts& system, const auto& meets_state, const auto& reads_row) {
  constexpr std::uint32_t unseen = 0xffffffff;
  std::vector<std::uint32_t> number;  // by the system's state
  std::vector<StateId> order;         // by ours; also the queue
  LtsBuilder builder;
  std::vector<StateId> terminated;
  std::vector<Transition> scratch;
  const auto meet = [&](StateId s) {
    if (index(s) >= number.size()) number.resize(std::max<std::size_t>(index(s) + 1, 2 * number.size()), unseen);
    if (number[index(s)] == unseen) {
      meets_state();
      number[index(s)] = static_cast<std::uint32_t>(order.size());
      order.push_back(s);
    }
    return static_cast<StateId>(number[index(s)]);
  };
  meet(system.initial());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const StateId source = static_cast<StateId>(i);
    if (i + 16 < order.size()) system.prefetch(order[i + 16], order[i + 8]);
    const auto row = system.row_once(order[i], scratch);
    reads_row(row.size());
    for (const Transition& t : row) builder.add(source, {t.event, meet(t.target)});
    if (row.empty() && system.is_terminated(order[i])) terminated.push_back(source);
  }
  return std::move(builder).finish(static_cast<std::uint32_t>(order.size()), StateId{0}, system.events(), terminated);
}

// Whether exploring would change nothing: each new state that the rows mention, one after another, is the next number.
bool is_numbered_breadth_first(const Lts& lts) {
  std::uint32_t met = 1;
  for (std::uint32_t s = 0; s < lts.state_count(); ++s) {
    if (s == met) return false;
    for (const Transition& t : lts.transitions(static_cast<StateId>(s))) {
      if (index(t.target) > met) return false;
      if (index(t.target) == met) ++met;
    }
  }
  return lts.initial() == StateId{0};
}

}  // namespace

Lts explore(LazyLts& system, Budget& budget) {
  return breadth_first(
      system, [&] { budget.count_state(); }, [&](std::size_t size) { budget.count_transitions(size); });
}

Lts reachable_part(Lts lts, Budget& budget) {
  if (is_numbered_breadth_first(lts)) return lts;
  LazyLts rows(std::as_const(lts));
  return breadth_first(
      rows, [&] { budget.poll(); }, [](std::size_t) {});
}

Lts explore(Lts&& lts, Budget& budget) {
  Lts result = reachable_part(std::move(lts), budget);
  for (std::uint32_t s = 0; s < result.state_count(); ++s) budget.count_state();
  budget.count_transitions(result.transition_count());
  return result;
}

}  // namespace tryst
