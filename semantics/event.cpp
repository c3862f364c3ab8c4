#include "semantics/event.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace tryst {

namespace {

constexpr std::size_t block_bytes_max = std::size_t{1} << 20;

std::uint32_t hash_of(std::string_view name) {
  const std::uint64_t h = std::hash<std::string_view>()(name);
  return static_cast<std::uint32_t>(h ^ h >> 32);
}

}  // namespace

EventNames::EventNames() : names_{"τ", "✓"}, slots_(16) {}

// The views must point into the copy's own blocks.
EventNames::EventNames(const EventNames& other) : names_(other.names_), slots_(other.slots_) {
  for (std::size_t e = 2; e < names_.size(); ++e) names_[e] = stored(names_[e]);
}

EventNames& EventNames::operator=(EventNames other) {
  blocks_.swap(other.blocks_);
  std::swap(free_, other.free_);
  std::swap(free_bytes_, other.free_bytes_);
  std::swap(block_bytes_, other.block_bytes_);
  names_.swap(other.names_);
  slots_.swap(other.slots_);
  return *this;
}

std::optional<EventId> EventNames::find(std::string_view name) const {
  const EventId event = slots_[slot_of(name, hash_of(name))].event;
  if (event == tau) return std::nullopt;
  return event;
}

EventId EventNames::intern(std::string_view name) {
  const std::uint32_t hash = hash_of(name);
  std::size_t slot = slot_of(name, hash);
  if (slots_[slot].event != tau) return slots_[slot].event;
  if (2 * (names_.size() + 1) > slots_.size()) {
    grow();
    slot = slot_of(name, hash);
  }
  slots_[slot] = {hash, static_cast<EventId>(names_.size())};
  names_.push_back(stored(name));
  return slots_[slot].event;
}

// Where the name is, or would be.
std::size_t EventNames::slot_of(std::string_view name, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.event == tau || (slot.hash == hash && names_[index(slot.event)] == name)) return i;
  }
}

std::string_view EventNames::stored(std::string_view name) {
  if (name.size() > free_bytes_) {
    free_bytes_ = std::max(block_bytes_, name.size());
    free_ = blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(free_bytes_)).get();
    block_bytes_ = std::min(2 * block_bytes_, block_bytes_max);
  }
  char* const first = free_;
  std::ranges::copy(name, first);
  free_ += name.size();
  free_bytes_ -= name.size();
  return {first, name.size()};
}

void EventNames::grow() {
  std::vector<Slot> old(2 * slots_.size());
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.event == tau) continue;
    std::size_t i = slot.hash & mask;
    while (slots_[i].event != tau) i = (i + 1) & mask;
    slots_[i] = slot;
  }
}

}  // namespace tryst
