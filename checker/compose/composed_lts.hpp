// The system that a network is, as an explicit one with few states: composed pair by pair, each minimised at once. Its
// events are those of the network.
#pragma once

#include <optional>

#include "checker/compose/composer.hpp"
#include "checker/equivalence.hpp"

namespace tryst {

// Related to the network by what the compressions that it names keep, and by branching bisimilarity otherwise (of
// which kind, see checker/compose/compression.hpp). None: nothing is saved by that, or something on the way is beyond the
// limits of Composer. May throw ScriptError and LimitReached.
std::optional<Lts> composed_lts(Network&, Observed, Budget&);

// Related to the network by this relation: what is left after composing what is worth it, explored. Compressions that the
// network names are not done: they change what the finer relations see. None: nothing is saved by that, or the network
// has priorities. May throw ScriptError and LimitReached.
std::optional<Lts> composed_lts(Network&, Relation, Budget&);

}  // namespace tryst
