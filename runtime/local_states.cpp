#include "runtime/local_states.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace tryst::runtime {

std::size_t LocalStates::hash(const ComponentType& type, const std::byte* state) const {
  std::uint64_t hash = reinterpret_cast<std::uintptr_t>(&type) * 0x9e3779b97f4a7c15;
  for (std::size_t at = 0; at < type.size; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, state + at, std::min<std::size_t>(8, type.size - at));
    hash = (hash ^ word) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
  }
  return hash;
}

void LocalStates::insert(Id s) {
  std::size_t place = hash(*states_[s].type, bytes(s)) & (table_.size() - 1);
  while (table_[place] != 0) place = (place + 1) & (table_.size() - 1);
  table_[place] = s + 1;
}

std::optional<LocalStates::Id> LocalStates::shared(const ComponentType& type, const std::byte* state,
                                                   std::size_t labels) {
  for (std::size_t at = hash(type, state) & (table_.size() - 1); table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
    const Id s = table_[at] - 1;
    if (states_[s].type == &type && std::memcmp(bytes(s), state, type.size) == 0) return s;
  }
  if (sizeof(State) * states_.size() + 8 * bytes_.size() + 4 * labels_.size() >= bytes_max_) return std::nullopt;
  const Id s = add(type, state, labels, false);
  if (2 * ++shared_ > table_.size()) {
    const std::vector<std::uint32_t> before = std::move(table_);
    table_.assign(2 * before.size(), 0);
    for (const std::uint32_t old : before)
      if (old != 0) insert(old - 1);
  }
  insert(s);
  return s;
}

LocalStates::Id LocalStates::own(const ComponentType& type, const std::byte* state, std::size_t labels) {
  return add(type, state, labels, true);
}

LocalStates::Id LocalStates::add(const ComponentType& type, const std::byte* state, std::size_t labels, bool is_own) {
  const std::size_t place = bytes_.size();
  bytes_.resize(place + (type.size + 7) / 8);
  std::memcpy(bytes_.data() + place, state, type.size);
  if (room_.size() < labels) room_.resize(labels);
  const auto count = static_cast<std::uint32_t>(
      type.offers(reinterpret_cast<const std::byte*>(bytes_.data() + place), room_.data()) - room_.data());
  states_.push_back(
      {&type, static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(labels_.size()), count, is_own});
  labels_.insert(labels_.end(), room_.begin(), room_.begin() + count);
  if (is_own) labels_.resize(labels_.size() + labels - count);
  return static_cast<Id>(states_.size() - 1);
}

void LocalStates::assign(Id own, const std::byte* bytes) {
  State& state = states_[own];
  assert(state.is_own);
  std::memcpy(bytes_.data() + state.place, bytes, state.type->size);
  Label* const offered = labels_.data() + state.first_label;
  state.labels = static_cast<std::uint32_t>(state.type->offers(this->bytes(own), offered) - offered);
}

Label* LocalStates::fire(Id own, Label label, Label* before) {
  State& state = states_[own];
  assert(state.is_own);
  Label* const offered = labels_.data() + state.first_label;
  const auto count = static_cast<std::uint32_t>(
      state.type->step(reinterpret_cast<std::byte*>(bytes_.data() + state.place), label, room_.data()) - room_.data());
  if (count == state.labels && std::equal(offered, offered + count, room_.data())) return before;
  Label* const end = std::copy_n(offered, state.labels, before);
  std::copy_n(room_.data(), count, offered);
  state.labels = count;
  return end;
}

}  // namespace tryst::runtime
