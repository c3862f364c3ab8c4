// The simulation preorders: which states can do all that others do, step by step (Park, "Concurrency and automata on
// infinite sequences", 1981), and ready simulation, where they must also refuse the same events (Bloom, Istrail &
// Meyer, "Bisimulation can't be traced", JACM 42(1), 1995). τ is a label like any other.
//
// One bit a pair of states; a row is cut down to the states that can match each step, until nothing changes. O(n m)
// word operations at worst; n² / 8 bytes, so that more than simulation_states_max states are a limit. Meant for systems
// that are already minimal for strong bisimulation.
#pragma once

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

inline constexpr std::uint32_t simulation_states_max = 1u << 16;

// Whether `first` and `second` simulate each other.
bool are_mutually_similar(const Lts&, StateId first, StateId second, bool ready, Budget&);

}  // namespace tryst
