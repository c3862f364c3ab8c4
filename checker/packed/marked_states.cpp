#include "checker/packed/marked_states.hpp"

#include "checker/packed/visited_set.hpp"

namespace tryst {

namespace {

ZeroedArray<std::uint64_t> reserved(std::uint64_t words, const Budget& budget) {
  budget.reserve(words * sizeof(std::uint64_t));
  return ZeroedArray<std::uint64_t>(words);
}

}  // namespace

MarkedStates::MarkedStates(const StateStore& store, const Budget& budget)
    : store_(store), budget_(budget), marks_(reserved(store.reserved() / 64 + 1, budget)) {}

void MarkedStates::look_up(std::uint32_t level) {
  std::size_t count = 0;
  for_each(level, [&count](std::uint32_t) { ++count; });
  slots_ = {};  // given back first
  slots_ = reserved(std::bit_ceil(2 * count + 1), budget_);
  mask_ = slots_.size() - 1;
  for_each(level, [this](std::uint32_t position) {
    const std::uint64_t hash = VisitedSet::hash(store_[position], store_.words());
    std::size_t slot = home(hash);
    while (slots_[slot] != 0) slot = (slot + 1) & mask_;
    slots_[slot] = tag(hash) | (position + std::uint64_t{1});
  });
}

}  // namespace tryst
