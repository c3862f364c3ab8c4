#include "semantics/event.hpp"

namespace tryst {

EventNames::EventNames() : names_{"τ", "✓"} {}

// The views must point into the copy's own keys.
EventNames::EventNames(const EventNames& other) : EventNames() {
  for (std::size_t e = names_.size(); e < other.names_.size(); ++e) intern(other.names_[e]);
}

EventNames& EventNames::operator=(EventNames other) {
  ids_.swap(other.ids_);
  names_.swap(other.names_);
  return *this;
}

std::optional<EventId> EventNames::find(std::string_view name) const {
  const auto entry = ids_.find(name);
  if (entry == ids_.end()) return std::nullopt;
  return entry->second;
}

EventId EventNames::intern(std::string_view name) {
  if (const auto known = ids_.find(name); known != ids_.end()) return known->second;
  const auto entry = ids_.emplace(name, static_cast<EventId>(names_.size())).first;
  names_.push_back(entry->first);
  return entry->second;
}

}  // namespace tryst
