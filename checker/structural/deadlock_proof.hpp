// Proves a net free of deadlock without enumerating its states, or finds a candidate that no argument excludes.
//
// The arguments, cheapest first:
//   order   nobody can wait for itself (waiting_order.hpp)
//   rounds  nor by going round (waiting_rounds.hpp)
//   pairs   no blocked state consists of places in which neighbours can meet (deadlock_formula.hpp)
//   traps   nor one that also has a place of each of some marked traps, found candidate by candidate (traps.hpp)
//   cuts    nor one in which more is counted than there can be (linear_cuts.hpp)
//   tuples  nor one in which a few components are where they cannot be together (tuples.hpp)
// An argument is never wrong, but all may fail on a net that has no deadlock.
// Source of the loop: abstraction refined by counterexamples (Clarke, Grumberg, Jha, Lu & Veith, CAV 2000).
// Errors: what the budget throws. Threads: none inside.
#pragma once

#include <optional>
#include <vector>

#include "checker/structural/certificate.hpp"
#include "checker/structural/deadlock_formula.hpp"
#include "checker/structural/linear_cuts.hpp"
#include "checker/structural/tuples.hpp"
#include "checker/structural/waiting_rounds.hpp"

namespace tryst {

struct DeadlockProof {
  std::vector<PlaceId> order;               // the argument `order`; else empty
  std::optional<WaitingRounds> rounds;      // the argument `rounds`
  std::vector<std::vector<PlaceId>> traps;  // sorted places
  std::vector<LinearSum> sums;
  std::vector<TupleCut> tuples;
  std::optional<DeadlockFormula> formula;  // without model; none: `order` or `rounds`
};

struct ProofAttempt {
  std::optional<DeadlockProof> proof;
  std::vector<PlaceId> candidate;  // without proof: by component, its place
};

ProofAttempt prove_deadlock_free(const PlaceNet&, Budget&);

// The proof for others to check; of what is proved, the size of the net alone. Solves the formula once more.
Certificate certificate_of(const DeadlockProof&, const PlaceNet&, Budget&);

}  // namespace tryst
