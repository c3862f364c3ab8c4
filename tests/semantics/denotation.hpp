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

#include "tests/semantics/small_graph.hpp"
#include "tests/semantics/term_builder.hpp"

namespace tryst::csp {

// A trace (letters of `a b m`, `!` is ✓ and comes last) and what can be refused after it: bit X says that the set X
// can, where X is bits for a, b, m, ✓. No bit: unstable for ever. After ✓ everything is refused.
using Failures = std::map<std::string, std::uint16_t>;

// How a process is built: its form and its operands.
struct Process {
  std::size_t form;
  std::vector<Process> operands;
};

struct Form {
  std::string text;  // with P and Q for the operands
  std::size_t operands;
  ProcessId (*term)(TermBuilder&, const std::vector<ProcessId>&);
  Failures (*failures)(const std::vector<Failures>&);
};
const std::vector<Form>& forms();

ProcessId term_of(TermBuilder&, const Process&);
Failures failures_of(const Process&);
std::string text_of(const Process&);

// The same, seen in a transition system over events 2, 3 (a, b).
Failures failures_of(const SmallGraph&);

}  // namespace tryst::csp
