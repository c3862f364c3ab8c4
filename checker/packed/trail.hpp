// How a failure of a packed search is reached: found afterwards, because the search stores no parents.
//
// The levels are gone through once from the last to the first, by all threads, and the states from which the failure is
// as near as can be are marked; then a path is walked through the marks from the initial state, by the least event at
// each step, and among equal events the least packed target. That is the path on which a search in one thread, level by
// level, event by event, would have met its first failure; it depends on the levels as sets, not on the number of threads.
// Cost: the transitions of all levels once more, each with a look-up among the marked states of the next level, mostly in
// vain. Memory: a bit for each state, and 16 to 32 bytes for each marked state of one level at a time.
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
