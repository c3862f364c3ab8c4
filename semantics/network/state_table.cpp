#include "semantics/network/state_table.hpp"

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

StateTable::StateTable(std::size_t words) : words_(words), slots_(64, 0) {}

std::uint32_t StateTable::intern(const std::uint64_t* packed) {
  const std::size_t slot = slot_of(packed);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  if (size() >= states_max) throw LimitReached{"the system has more than 4,294,967,294 states"};
  states_.insert(states_.end(), packed, packed + words_);
  slots_[slot] = static_cast<std::uint32_t>(size());
  if (5 * size() > 3 * slots_.size()) fill_slots(2 * slots_.size());
  return static_cast<std::uint32_t>(size() - 1);
}

// Where the state is, or would be.
std::size_t StateTable::slot_of(const std::uint64_t* packed) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash(packed, words_) & mask;; slot = (slot + 1) & mask)
    if (slots_[slot] == 0 || std::equal(packed, packed + words_, (*this)[slots_[slot] - 1])) return slot;
}

void StateTable::fill_slots(std::size_t count) {
  slots_.assign(count, 0);
  for (std::uint32_t i = 0; i < size(); ++i) slots_[slot_of((*this)[i])] = i + 1;
}

void StateTable::convert(const Packing& from, const Packing& to) {
  std::vector<std::uint64_t> converted(size() * to.words());
  for (std::uint32_t i = 0; i < size(); ++i) from.convert((*this)[i], to, converted.data() + i * to.words());
  words_ = to.words();
  states_ = std::move(converted);
  fill_slots(slots_.size());
}

}  // namespace tryst
