// A transition system seen through another table of event names, so that two systems with tables of their own (a script
// and a file, two files) can be compared: equal names become equal ids.
//
//   SharedEvents right(system, names);   // `names` may grow; it must outlive `right`
// Satisfies TransitionSystem. Cost: a lookup a transition, one interning an event.
#pragma once

#include <algorithm>
#include <vector>

#include "semantics/transition_system.hpp"

namespace tryst {

template <TransitionSystem System>
class SharedEvents {
 public:
  SharedEvents(System& system, EventNames& names) : system_(system), names_(names), translation_{tau, tick} {}

  StateId initial() { return system_.initial(); }
  void successors(StateId s, std::vector<Transition>& out) {
    system_.successors(s, out);
    const EventNames& own = system_.events();
    while (translation_.size() < own.size())
      translation_.push_back(names_.intern(own.name(static_cast<EventId>(translation_.size()))));
    for (Transition& t : out) t.event = translation_[index(t.event)];
    std::sort(out.begin(), out.end());
  }
  const EventNames& events() const { return names_; }
  bool is_terminated(StateId s) { return system_.is_terminated(s); }

 private:
  System& system_;
  EventNames& names_;
  std::vector<EventId> translation_;  // by the system's own event
};

}  // namespace tryst
