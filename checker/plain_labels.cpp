#include "checker/plain_labels.hpp"

#include <utility>

#include "semantics/lts_builder.hpp"

namespace tryst {

namespace {

// The same transitions, each event replaced by the one at its place.
Lts relabelled(const Lts& lts, std::span<const EventId> by_event, EventNames names) {
  LtsBuilder builder;
  builder.reserve(lts.transition_count());
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (const Transition& t : lts.transitions(static_cast<StateId>(s)))
      builder.add(static_cast<StateId>(s), {by_event[index(t.event)], t.target});
  return std::move(builder).finish(lts.state_count(), lts.initial(), std::move(names));
}

}  // namespace

PlainNames plain_names(const Lts& left, const Lts& right) {
  const auto unused = [&](std::string name) {
    while (left.events().find(name) || right.events().find(name)) name += '\'';
    return name;
  };
  return {unused("tau"), unused("tick")};
}

Lts with_plain_labels(const Lts& lts, const PlainNames& plain, bool plain_tau) {
  EventNames names = lts.events();
  std::vector<EventId> by_event{plain_tau ? names.intern(plain.tau) : tau, names.intern(plain.tick)};
  for (std::size_t e = 2; e < lts.events().size(); ++e) by_event.push_back(static_cast<EventId>(e));
  return relabelled(lts, by_event, std::move(names));
}

Lts without_plain_labels(const Lts& lts, const PlainNames& plain) {
  EventNames names;
  std::vector<EventId> by_event{tau, tick};
  for (std::size_t e = 2; e < lts.events().size(); ++e) {
    const std::string_view name = lts.events().name(static_cast<EventId>(e));
    by_event.push_back(name == plain.tau ? tau : name == plain.tick ? tick : names.intern(name));
  }
  return relabelled(lts, by_event, std::move(names));
}

}  // namespace tryst
