// A run of a net of composed parts, found again in the components that it was made from.
//
// A part promises that each of its traces, and what it can refuse after it, is one of the set that it replaces. So the
// actions that it performed on the run are looked for in the product of its set, and, where the run ends in a stable
// state, a stable state there that offers no more than the part did; that path says what the parts of the set did, and
// so on down to the components. What they do by themselves in between nobody else takes part in: it is put before the
// next step that needs it. The result is a run, not a shortest one.
// Cost: of a part, its product times the length of what it performed, at worst. Threads: none.
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

// `steps` are those of a ComposedNetwork of the composer's net, from its initial state. With `is_stable`, the run ends
// where nothing internal can happen. None: the part that would have to do it cannot, which no compression should cause.
std::optional<std::vector<LiftedStep>> lift(const Composer&, std::span<const TrailStep> steps, bool is_stable, Budget&);

}  // namespace tryst
