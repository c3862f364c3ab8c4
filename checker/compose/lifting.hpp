// A run of a net of composed parts, found again in the components that it was made from.
//
// A part promises that each of its traces, what it can refuse after it, and whether it diverges, is so of the set that
// it replaces. So the actions that it performed on the run are looked for in the product of its set, to a stable state
// that offers no more than the part did if the run ends in one; that path says what the parts of the set did, and so on
// down to the components. What they do by themselves in between nobody else takes part in: it is put before the next
// step that needs it. A run that ends in a loop is lifted to one that does: parts may need several rounds to come back
// to where they were. The result is a run, not a shortest one. Cost: of a part, its product times the length of what it
// performed, at worst. Threads: none.
#pragma once

#include "checker/compose/composer.hpp"
#include "checker/packed/trail.hpp"

namespace tryst {

struct LiftedStep {
  struct Move {
    std::uint32_t component;
    LocalId target;
  };
  EventId event;  // of the net: as the question sees it
  std::vector<Move> moves;
};

struct LiftedRun {
  std::vector<LiftedStep> stem;
  std::vector<LiftedStep> loop;  // from the end of the stem back to it
};

// What is to be lifted: steps of a ComposedNetwork of the composer's net, from its initial state.
struct ComposedRun {
  std::vector<TrailStep> stem;
  std::vector<TrailStep> loop;  // τ alone, from the end of the stem back to it; or empty
  bool is_stable = false;       // nothing internal can happen at the end
};

// None: the part that would have to do it cannot, which no compression should cause.
std::optional<LiftedRun> lift(const Composer&, const ComposedRun&, Budget&);

}  // namespace tryst
