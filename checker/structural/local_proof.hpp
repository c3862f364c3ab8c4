// Proves that no component of a net can be blocked for ever (checker/local_deadlock.hpp), without enumerating its
// states.
//
// The arguments, cheapest first:
//   order   nobody can wait for itself, and whoever is waited for comes round (comes_round.hpp); not where the system
//           can end
//   rounds  likewise, where components go round and the order of waiting turns with them (waiting_rounds.hpp)
//   pairs   whoever is stuck, and whatever the others can do, neighbours exclude each other (local_formula.hpp)
//   traps   or a marked trap is not occupied any more, found candidate by candidate (traps.hpp)
// An argument is never wrong, but all may fail. Priority is unknown here: with it, more may be blocked.
// Errors: what the budget throws. Threads: none inside.
#pragma once

#include <optional>
#include <vector>

#include "checker/structural/certificate.hpp"
#include "checker/structural/local_formula.hpp"
#include "checker/structural/waiting_rounds.hpp"

namespace tryst {

struct LocalProof {
  std::vector<PlaceId> order;               // the argument `order`; else empty
  std::optional<WaitingRounds> rounds;      // the argument `rounds`
  std::vector<std::vector<PlaceId>> traps;  // sorted places
  std::optional<LocalFormula> formula;      // without model; none: `order` or `rounds`
};

std::optional<LocalProof> prove_locally_free(const PlaceNet&, Budget&);

// The proof for others to check. Solves the formula once more.
Certificate::Argument argument_of(const LocalProof&, Budget&);

}  // namespace tryst
