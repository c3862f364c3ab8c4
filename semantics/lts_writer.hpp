// Writes a transition system: Aldebaran's .aut, Graphviz' .dot, mCRL2's .fsm, and JSON.
//
// The initial state is written as state 0 (1 in .fsm); the order of transitions is that of the Lts; output is a
// function of the Lts and the options alone. JSON is {"schema": 1, "states", "initial", "labels", "terminated",
// "transitions"}, with transitions [source, label's index, target] and only the labels that occur. Memory: a buffer of
// 64 KiB. Errors are the stream's.
#pragma once

#include <ostream>

#include "semantics/lts.hpp"
#include "semantics/lts_labels.hpp"

namespace tryst {

enum class LtsFormat : std::uint8_t { aut, dot, fsm, json };

void write_lts(const Lts&, LtsFormat, const LabelOptions&, std::ostream&);

}  // namespace tryst
