// The system that a network is, as an explicit one with few states: composed pair by pair, each minimised at once.
#pragma once

#include <optional>

#include "checker/compose/composer.hpp"

namespace tryst {

// Related to the network by what the compressions that it names keep, and by branching bisimilarity otherwise (of
// which kind, see checker/compose/compression.hpp); its events are those of the network. None: nothing is saved by
// that, or something on the way is beyond the limits of Composer. May throw ScriptError and LimitReached.
std::optional<Lts> composed_lts(Network&, Observed, Budget&);

}  // namespace tryst
