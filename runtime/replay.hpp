// Drives a program along a given trace of visible events, such as the counterexample that a checker printed.
//
// The hidden steps between the events are found by breadth-first search over the program's own states, so the run has as
// few steps as any with these events.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/network.hpp"

namespace tryst::runtime {

// The rules of a shortest run that performs exactly these visible events (✓ may be the last); none if the program cannot.
// With `to_deadlock` it goes on by hidden steps until nothing is ready. Throws std::length_error beyond `states_max`
// states.
std::optional<std::vector<RuleId>> find_run(const Network&, std::span<const Event> visible, bool to_deadlock,
                                            std::size_t states_max = 10'000'000);

// The event of that name, as the checker prints it.
std::optional<Event> find_event(const Network&, std::string_view name);

}  // namespace tryst::runtime
