// Are two processes bisimilar that receive numbers? The predicates of a DataGame, as a greatest fixpoint.
//
// All predicates begin as true, and are made stronger until no equation changes one; quantifiers are eliminated at each
// step, so the predicates stay formulas of linear arithmetic (Lin, "Computing bisimulations for finite-control
// π-calculus", JCST 2000, gives the algorithm for names; Presburger, 1929, why it can be done for numbers). Each step
// is an upper bound, so a predicate that is false for the first numbers is a final "no"; where nothing changes any
// more, the predicates are a symbolic bisimulation. It need not come to that: then a limit is reached. Threads: none
// inside.
#pragma once

#include <string>

#include "checker/pi/data_game.hpp"
#include "checker/verdict.hpp"

namespace tryst::pi {

struct DataComparison {
  Outcome outcome = Outcome::inconclusive;  // never that: a limit is thrown
  // holds: where the pairs of the bisimulation are related, in the variables that they mention; without those that
  // never are, and those of identical processes
  std::vector<std::pair<Situation, std::string>> related;
  std::vector<std::int64_t> numbers;  // fails: some that tell positions apart
};

// The game has been unfolded. A "yes" has been checked again, equation by equation. Throws LimitReached.
DataComparison compare_with_data(const DataGame&, const Terms&, Budget&);

}  // namespace tryst::pi
