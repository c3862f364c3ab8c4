// Checks the evidence of an equivalence question, round by round and pair by pair, against the definitions.
//
// It knows nothing of the game, its positions or its lists of answers: all τ-closures are walked eagerly, and every
// challenge is enumerated again from the transitions. Small on purpose: this is what has to be right.
#pragma once

#include <span>
#include <vector>

#include "checker/pi/play.hpp"
#include "semantics/budget.hpp"

namespace tryst::pi {

// Whether the rounds are a winning strategy of the attacker from the first on: each challenge is a move of the
// situation, each answer to it is there, and leads to a later round. `integers`: the numbers that may have been sent.
bool confirm_play(Transitions&, const std::vector<Round>&, const Equivalence&, std::span<const Name> integers, Budget&);

// Whether the situations, together with all pairs of identical processes, are a bisimulation: each challenge in one of
// them has an answer that leads to one of them, or to one that stands for one of them (up_to.hpp). No number is
// received in any of them.
bool confirm_bisimulation(Transitions&, const std::vector<Situation>&, const Equivalence&, Budget&);

}  // namespace tryst::pi
