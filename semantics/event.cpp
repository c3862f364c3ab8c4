#include "semantics/event.hpp"

namespace tryst {

EventNames::EventNames() : names_{"τ", "✓"} {}

EventId EventNames::intern(std::string_view name) {
  const auto [entry, fresh] = ids_.try_emplace(std::string(name), static_cast<EventId>(names_.size()));
  if (fresh) names_.push_back(entry->first);
  return entry->second;
}

}  // namespace tryst
