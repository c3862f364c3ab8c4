#include "runtime/executor.hpp"

#include <algorithm>
#include <cstring>

namespace tryst::runtime {

namespace {

constexpr LocalStates::Id none = 0xffffffff;

std::size_t aligned(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

}  // namespace

Executor::Executor(const Network& network, std::size_t memory_bytes)
    : network_(network), locals_(memory_bytes), memo_(network.rules.size(), memory_bytes / 4) {
  network.check();
  std::uint32_t labels = 0;
  std::size_t most_labels = 0;
  std::size_t most_bytes = 0;
  slots_.reserve(network.components.size());
  for (const ComponentPlace& component : network.components) {
    slots_.push_back({none, labels});
    labels += static_cast<std::uint32_t>(component.labels.size());
    most_labels = std::max(most_labels, component.labels.size());
    most_bytes = std::max<std::size_t>(most_bytes, component.type->size);
  }
  before_.resize(most_labels);
  bytes_.resize((most_bytes + 7) / 8);
  first_watcher_.resize(labels + std::size_t{1});
  add_watchers();
  counts_.resize(network.rules.size());
  ready_.resize(network.rules.size());
  change_.resize(network.rules.size());
  for (std::uint32_t c = 0; c < slots_.size(); ++c) {
    std::memcpy(bytes_.data(), network.components[c].initial, network.components[c].type->size);
    enter(c, reinterpret_cast<const std::byte*>(bytes_.data()));
  }
  reset();
}

// Rules by label, each list ascending: counted first, then put at their places from behind.
void Executor::add_watchers() {
  watching_.resize(network_.participants.size());
  const auto label_of = [this](const Participant& one) { return slots_[one.component].first_label + index(one.label); };
  for (const Rule& rule : network_.rules)
    for (const Participant& one : network_.participants_of(rule)) ++first_watcher_[label_of(one)];
  for (std::size_t l = 1; l < first_watcher_.size(); ++l) first_watcher_[l] += first_watcher_[l - 1];
  for (std::size_t r = network_.rules.size(); r-- > 0;)
    for (const Participant& one : network_.participants_of(network_.rules[r]))
      watching_[--first_watcher_[label_of(one)]] = RuleId{static_cast<std::uint32_t>(r)};
}

void Executor::enter(std::uint32_t component, const std::byte* state) {
  const ComponentPlace& place = network_.components[component];
  LocalStates::Id& at = slots_[component].state;
  if (at != none && locals_.is_own(at)) return locals_.assign(at, state);
  const auto shared = locals_.shared(*place.type, state, place.labels.size());
  at = shared ? *shared : locals_.own(*place.type, state, place.labels.size());
}

// All counts from nothing but the states.
void Executor::reset() {
  ready_count_ = 0;
  for (std::size_t r = 0; r < counts_.size(); ++r) counts_[r].missing = network_.rules[r].count;
  for (std::uint32_t c = 0; c < slots_.size(); ++c)
    for (const Label label : offers(c)) {
      const std::size_t l = slots_[c].first_label + index(label);
      for (std::uint32_t i = first_watcher_[l]; i < first_watcher_[l + 1]; ++i) {
        Count& count = counts_[index(watching_[i])];
        if (--count.missing != 0) continue;
        count.place = static_cast<std::uint32_t>(ready_count_);
        ready_[ready_count_++] = watching_[i];
      }
    }
}

void Executor::count(std::uint32_t component, std::span<const Label> labels, std::int32_t by) {
  const std::uint32_t* const first = first_watcher_.data() + slots_[component].first_label;
  for (const Label label : labels)
    for (std::uint32_t i = first[index(label)]; i < first[index(label) + 1]; ++i) {
      const std::uint32_t r = index(watching_[i]);
      if (change_[r] == 0) changed_.push_back(r);  // perhaps again, if it was 0 meanwhile
      change_[r] += by;
    }
}

// One participant moves, as far as its own state says, and the step grows. False: in this state it need not do the same
// the next time, for its bytes have changed in place.
bool Executor::move(const Participant& one) {
  Slot& slot = slots_[one.component];
  const ComponentPlace& component = network_.components[one.component];
  LocalStates::Id after = slot.state;
  if (!locals_.is_own(after)) {
    std::byte* const state = reinterpret_cast<std::byte*>(bytes_.data());
    std::memcpy(state, locals_.bytes(slot.state), component.type->size);
    component.type->fire(state, one.label);
    std::optional<LocalStates::Id> shared;
    if (remembers_) shared = locals_.shared(*component.type, state, component.labels.size());
    after = shared ? *shared : locals_.own(*component.type, state, component.labels.size());
    if (!std::ranges::equal(locals_.offers(slot.state), locals_.offers(after))) {
      count(one.component, locals_.offers(slot.state), 1);
      count(one.component, locals_.offers(after), -1);
    }
  } else if (Label* const end = locals_.fire(after, one.label, before_.data()); end != before_.data()) {
    count(one.component, {before_.data(), end}, 1);
    count(one.component, locals_.offers(after), -1);
  }
  step_.insert(step_.end(), {one.component, slot.state, after});
  return !locals_.is_own(after);
}

StepMemo::Step Executor::perform(RuleId r) {
  const auto participants = network_.participants_of(network_.rules[index(r)]);
  step_.assign({index(r), static_cast<std::uint32_t>(participants.size()), 0});
  changed_.clear();
  bool lasting = true;
  for (const Participant& one : participants) lasting &= move(one);
  for (const std::uint32_t rule : changed_) {
    if (change_[rule] == 0) continue;  // or it was met before
    step_.insert(step_.end(), {rule, static_cast<std::uint32_t>(change_[rule])});
    ++step_[2];
    change_[rule] = 0;
  }
  if (lasting && remembers_) remembers_ = memo_.add(step_, fired_);
  return StepMemo::Step(step_.data());
}

StepMemo::Step Executor::find_or_perform(RuleId r) {
  const StepMemo::Step step = memo_.find(r, network_.participants_of(network_.rules[index(r)]), state_of());
  return step.parts() != 0 ? step : perform(r);
}

bool Executor::has_ended() const {
  return std::ranges::any_of(network_.end_marks, [this](const Participant& mark) {
    return std::ranges::find(offers(mark.component), mark.label) != offers(mark.component).end();
  });
}

std::string Executor::where(std::uint32_t component) const {
  return network_.components[component].type->where(locals_.bytes(slots_[component].state));
}

std::vector<std::byte> Executor::state() const {
  std::vector<std::byte> all;
  for (std::size_t c = 0; c < slots_.size(); ++c) {
    const std::byte* const bytes = locals_.bytes(slots_[c].state);
    all.insert(all.end(), bytes, bytes + aligned(network_.components[c].type->size));
  }
  return all;
}

void Executor::restore(std::span<const std::byte> state) {
  const std::byte* at = state.data();
  for (std::uint32_t c = 0; c < slots_.size(); ++c) {
    std::memcpy(bytes_.data(), at, network_.components[c].type->size);
    enter(c, reinterpret_cast<const std::byte*>(bytes_.data()));
    at += aligned(network_.components[c].type->size);
  }
  assert(at == state.data() + state.size());
  reset();
}

void Executor::check() const {
  std::vector<bool> offered(first_watcher_.size() - 1);
  for (std::uint32_t c = 0; c < slots_.size(); ++c)
    for (const Label label : offers(c)) offered[slots_[c].first_label + index(label)] = true;
  std::size_t ready = 0;
  for (std::uint32_t r = 0; r < counts_.size(); ++r) {
    [[maybe_unused]] std::uint32_t missing = 0;
    for (const Participant& one : network_.participants_of(network_.rules[r]))
      missing += !offered[slots_[one.component].first_label + index(one.label)];
    assert(counts_[r].missing == missing);
    assert(change_[r] == 0);
    if (missing != 0) continue;
    ++ready;
    assert(ready_[counts_[r].place] == RuleId{r});
  }
  assert(ready == ready_count_);
}

}  // namespace tryst::runtime
