// How a failure of a packed search is reached: found afterwards, because the search stores no parents.
//
// The levels are gone through once from the last to the first, keeping the states from which the failure is as near as
// can be; then a path is walked through them from the initial state, by the least event at each step, and among equal
// events the least packed target. That is the path on which a search in one thread, level by level, event by event,
// would have met its first failure.
// Cost: the transitions of all levels once more, without the visited set; memory for the states on shortest paths.
#pragma once

#include "checker/packed/packed_divergence.hpp"

namespace tryst {

struct TrailStep {
  EventId event;
  std::vector<LocalId> locals;  // after it
};

struct Trail {
  Fault fault;
  std::vector<TrailStep> path;         // from the initial state
  NodeId node;                         // of the specification, at its end
  std::optional<TrailStep> forbidden;  // the event at fault, if it is one
};

// To the nearest failure: what ended the search, or a divergence where that is at least as near.
Trail find_trail(PackedSearch&, const PackedQuestion&, PackedSearch::Ending, const std::optional<Divergence>&, Budget&);

}  // namespace tryst
