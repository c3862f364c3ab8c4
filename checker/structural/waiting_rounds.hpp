// Shows that no component can wait for itself, not even indirectly, where components go round and the order of waiting
// turns with them, as in a marked graph: who waits, waits for somebody who is behind.
//
// Some steps of a component begin a *round*: those that lead back to a place from which a search of the component has
// come. Of two components that share rules it is found side by side how many rounds the one can be ahead of the other,
// in which places. Then ranks of places are looked for such that, wherever p waits for q and its component is r rounds
// ahead of the other (or behind, for r < 0),
//
//   rank(p) + r * round > rank(q)
//
// Around a circle of waiting components the rounds add up to nothing, and so do the ranks: there is none. With a round
// that counts more than all places, ranks exist iff no circle of places adds up to 0 rounds or less (longest paths). The
// order of waiting (waiting_order.hpp) is the special case of places that form no circle at all.
// Cost: for each pair, the transitions of the two side by side for each difference; then Bellman & Ford's, which is
// given up with the first circle.
// Source: periodic schedules of marked graphs (Commoner, Holt, Even & Pnueli, JCSS 5, 1971; Reiter, JACM 15, 1968), for
// the state dependency graphs of Martin, Oxford 1996. Threads: none inside.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "checker/structural/neighbours.hpp"

namespace tryst {

struct WaitingRounds {
  std::int64_t round;                              // what a round counts
  std::vector<std::pair<PlaceId, PlaceId>> turns;  // the steps that begin one
  std::vector<std::int64_t> ranks;                 // by place; 0 where nothing can block
};

// None: there is a circle, two components can be apart by more rounds than are looked at, or it is too much.
std::optional<WaitingRounds> waiting_rounds(const PlaceNet&, const Neighbours&, Budget&);

}  // namespace tryst
