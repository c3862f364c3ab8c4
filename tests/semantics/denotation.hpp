// Processes over two events as syntax, with two meanings: the term that the rules run, and the traces and stable
// failures that the laws of the denotational semantics give. The second is the oracle of the first.
//
// Source of the clauses: Roscoe, Understanding Concurrent Systems, chapters 10 and 11 (traces, stable failures; ✓ is a
// signal that may be refused everything beside: F4); the synchronising choice and interrupt are defined by what they
// can do first and the behaviour of their operands after it; linking by renaming, parallel and hiding.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/semantics/process_syntax.hpp"
#include "tests/semantics/small_graph.hpp"

namespace tryst::csp {

// A trace (letters of `a b m`, `!` is ✓ and comes last) and what can be refused after it: bit X says that the set X
// can, where X is bits for a, b, m, ✓. No bit: unstable for ever. After ✓ everything is refused.
using Failures = std::map<std::string, std::uint16_t>;

Failures failures_of(const Process&);  // of a process made of the forms before unbounded_forms

// The same, seen in a transition system over events 2, 3 (a, b).
Failures failures_of(const SmallGraph&);

}  // namespace tryst::csp
