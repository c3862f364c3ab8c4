// Whether one state simulates another (checker/simulation_rules.hpp), by solving the game between the two
// (checker/game.hpp): only pairs that the defender's answers lead to are ever looked at. Meant for systems that are
// already minimal for strong bisimulation, where answering with the same state ends a play.
//
// Cost: O(pairs looked at times their steps); at worst all pairs of states, usually few more than states. Memory: about
// 150 bytes a pair.
#pragma once

#include <optional>
#include <vector>

#include "checker/simulation_rules.hpp"
#include "semantics/budget.hpp"

namespace tryst {

// When `second` simulates `first`: a simulation that relates them, without pairs of equal states. Else none.
std::optional<std::vector<SimulationPair>> find_simulation(const Lts&, SimulationPair, bool ready, Budget&);

}  // namespace tryst
