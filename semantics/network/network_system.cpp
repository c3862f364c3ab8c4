#include "semantics/network/network_system.hpp"

#include <algorithm>

#include "semantics/budget.hpp"

namespace tryst {

namespace {

constexpr std::uint32_t states_max = 0xfffffffe;

std::uint64_t hash(const std::uint64_t* state, std::size_t words) {
  std::uint64_t h = 0;
  for (std::size_t i = 0; i < words; ++i) {
    h = (h ^ state[i]) * 0x9e3779b97f4a7c15;
    h ^= h >> 32;
  }
  return h;
}

}  // namespace

NetworkSystem::NetworkSystem(Network& network) : network_(network), firing_(network) {
  fill_slots(64);
  intern(firing_.initial().data());
}

void NetworkSystem::successors(StateId s, std::vector<Transition>& out) {
  out.clear();
  fired_.count = 0;
  while (!firing_.fire(state(s), fired_)) {
    missing_.clear();
    firing_.missing(state(s), missing_);
    const Packing old = firing_.packing();
    if (firing_.expand(missing_)) convert(old);
  }
  const std::size_t words = firing_.packing().words();
  for (std::size_t i = 0; i < fired_.count; ++i)
    out.push_back({network_.rules()[index(fired_.rules[i])].event, intern(fired_.targets.data() + i * words)});
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

StateId NetworkSystem::intern(const std::uint64_t* packed) {
  const std::size_t slot = slot_of(packed);
  if (slots_[slot] != 0) return static_cast<StateId>(slots_[slot] - 1);
  if (size() >= states_max) throw LimitReached{"the system has more than 4,294,967,294 states"};
  states_.insert(states_.end(), packed, packed + firing_.packing().words());
  slots_[slot] = static_cast<std::uint32_t>(size());
  if (5 * size() > 3 * slots_.size()) fill_slots(2 * slots_.size());
  return static_cast<StateId>(size() - 1);
}

// Where the state is, or would be.
std::size_t NetworkSystem::slot_of(const std::uint64_t* packed) const {
  const std::size_t words = firing_.packing().words();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash(packed, words) & mask;; slot = (slot + 1) & mask)
    if (slots_[slot] == 0 || std::equal(packed, packed + words, state(static_cast<StateId>(slots_[slot] - 1))))
      return slot;
}

void NetworkSystem::fill_slots(std::size_t count) {
  slots_.assign(count, 0);
  for (std::uint32_t i = 0; i < size(); ++i) slots_[slot_of(state(static_cast<StateId>(i)))] = i + 1;
}

void NetworkSystem::convert(const Packing& old) {
  const std::size_t count = states_.size() / old.words();
  std::vector<std::uint64_t> converted(count * firing_.packing().words());
  for (std::size_t i = 0; i < count; ++i)
    old.convert(states_.data() + i * old.words(), firing_.packing(), converted.data() + i * firing_.packing().words());
  states_ = std::move(converted);
  fill_slots(slots_.size());
}

}  // namespace tryst
