// The one interface between calculi and algorithms: every algorithm in checker/ is written against this concept, and
// cannot tell a CSP process from a π process or a file.
//
//   initial()              the initial state
//   successors(s, out)     clears `out`, then appends the transitions of s, sorted by (event, target), without
//   duplicates events()               the names of the events met so far (grows during exploration) is_terminated(s) Ω,
//   the state after ✓: it has no transitions and is not a deadlock
// States are numbered by the system as it meets them, from 0, without gaps; the numbering depends only on the order of
// the calls.
//
// successors() may throw two things, which pass through every algorithm to the caller that asked the question:
//   ScriptError   the script went wrong while it was evaluated (semantics/script_error.hpp)
//   LimitReached  a limit of the run (semantics/budget.hpp)
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <vector>

#include "semantics/event.hpp"

namespace tryst {

enum class StateId : std::uint32_t {};

struct Transition {
  EventId event;
  StateId target;
  friend auto operator<=>(const Transition&, const Transition&) = default;
};

template <class T>
concept TransitionSystem = requires(T& system, StateId state, std::vector<Transition>& out) {
  { system.initial() } -> std::same_as<StateId>;
  system.successors(state, out);
  { system.events() } -> std::convertible_to<const EventNames&>;
  { system.is_terminated(state) } -> std::same_as<bool>;
};

}  // namespace tryst
