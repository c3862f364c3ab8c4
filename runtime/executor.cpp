#include "runtime/executor.hpp"

#include <algorithm>
#include <cassert>

namespace tryst::runtime {

Executor::Executor(const Network& network) : network_(network) {
  network.check();
  std::size_t words = 0;
  std::size_t labels = 0;
  std::uint32_t most = 0;
  for (const ComponentPlace& component : network.components) {
    words += (component.type->size + 7) / 8;
    labels += component.labels.size();
  }
  for (const Rule& rule : network.rules) most = std::max(most, rule.count);
  state_.resize(words);
  labels_.resize(2 * labels);
  changes_.resize(most);

  auto* state = reinterpret_cast<std::byte*>(state_.data());
  std::uint32_t first_label = 0;
  for (const ComponentPlace& component : network.components) {
    const auto count = static_cast<std::uint32_t>(component.labels.size());
    Label* room = labels_.data() + 2 * std::size_t{first_label};
    slots_.push_back({component.type->step, state, room, room + count, 0, first_label});
    std::memcpy(state, component.initial, component.type->size);
    state += (component.type->size + 7) / 8 * 8;
    first_label += count;
  }
  add_watchers();
  reset();
}

void Executor::add_watchers() {
  std::vector<std::vector<RuleId>> rules(labels_.size() / 2);
  for (std::uint32_t r = 0; r < network_.rules.size(); ++r) {
    const Rule& rule = network_.rules[r];
    counts_.push_back({0, 0, rule.first, rule.count});
    for (const Participant& one : network_.participants_of(rule))
      rules[slots_[one.component].first_label + index(one.label)].push_back(RuleId{r});
  }
  for (const auto& list : rules) {
    const auto count = static_cast<std::uint32_t>(list.size());
    watchers_.push_back({count == 1 ? index(list[0]) : static_cast<std::uint32_t>(watching_.size()), count});
    if (count != 1) watching_.insert(watching_.end(), list.begin(), list.end());
  }
}

// All counts from nothing but the states.
void Executor::reset() {
  ready_.clear();
  for (Count& count : counts_) count.missing = count.count;
  for (std::size_t c = 0; c < slots_.size(); ++c) {
    Slot& slot = slots_[c];
    slot.count = static_cast<std::uint32_t>(network_.components[c].type->offers(slot.state, slot.offered) - slot.offered);
    offer(slot);
  }
}

template <class Each>
inline void Executor::watchers_of(const Slot& slot, const Label* labels, std::uint32_t count, Each each) {
  const Watchers* const watchers = watchers_.data() + slot.first_label;
  for (const Label* label = labels; label != labels + count; ++label) {
    const Watchers& these = watchers[index(*label)];
    if (these.count == 1) {
      each(RuleId{these.first});
    } else {
      for (std::uint32_t i = these.first; i < these.first + these.count; ++i) each(watching_[i]);
    }
  }
}

inline void Executor::withdraw(const Slot& slot) {
  watchers_of(slot, slot.offered, slot.count, [this](RuleId r) {
    Count& count = counts_[index(r)];
    if (count.missing++ != 0) return;
    const RuleId last = ready_.back();
    ready_[count.place] = last;
    counts_[index(last)].place = count.place;
    ready_.pop_back();
  });
}

inline void Executor::offer(const Slot& slot) {
  watchers_of(slot, slot.offered, slot.count, [this](RuleId r) {
    Count& count = counts_[index(r)];
    if (--count.missing != 0) return;
    count.place = static_cast<std::uint32_t>(ready_.size());
    ready_.push_back(r);
  });
}

void Executor::fire(RuleId r) {
  assert(counts_[index(r)].missing == 0);
  const Count& rule = counts_[index(r)];
  const Participant* const first = network_.participants.data() + rule.first;
  // All participants move before any count changes: a rule that is ready only between two of their steps never shows.
  Change* end = changes_.data();
  for (const Participant* one = first; one != first + rule.count; ++one) {
    Slot& slot = slots_[one->component];
    const auto count = static_cast<std::uint32_t>(slot.step(slot.state, one->label, slot.spare) - slot.spare);
    if (count != slot.count || !std::equal(slot.spare, slot.spare + count, slot.offered)) *end++ = {&slot, count};
  }
  for (Change* change = changes_.data(); change != end; ++change) withdraw(*change->slot);
  for (Change* change = changes_.data(); change != end; ++change) {
    Slot& slot = *change->slot;
    std::swap(slot.offered, slot.spare);
    slot.count = change->count;
    offer(slot);
  }
}

bool Executor::has_ended() const {
  return std::ranges::any_of(network_.end_marks, [this](const Participant& mark) {
    return std::ranges::find(offers(mark.component), mark.label) != offers(mark.component).end();
  });
}

std::string Executor::where(std::uint32_t component) const {
  return network_.components[component].type->where(slots_[component].state);
}

std::vector<std::byte> Executor::state() const {
  const auto bytes = std::as_bytes(std::span(state_));
  return {bytes.begin(), bytes.end()};
}

void Executor::restore(std::span<const std::byte> state) {
  assert(state.size() == 8 * state_.size());
  std::ranges::copy(state, std::as_writable_bytes(std::span(state_)).begin());
  reset();
}

void Executor::check() const {
  std::vector<bool> offered(labels_.size() / 2);
  for (std::uint32_t c = 0; c < slots_.size(); ++c)
    for (const Label label : offers(c)) offered[slots_[c].first_label + index(label)] = true;
  std::size_t ready = 0;
  for (std::uint32_t r = 0; r < counts_.size(); ++r) {
    [[maybe_unused]] std::uint32_t missing = 0;
    for (const Participant& one : network_.participants_of(network_.rules[r]))
      missing += !offered[slots_[one.component].first_label + index(one.label)];
    assert(counts_[r].missing == missing);
    if (missing != 0) continue;
    ++ready;
    assert(ready_[counts_[r].place] == RuleId{r});
  }
  assert(ready == ready_.size());
}

}  // namespace tryst::runtime
