// Invariants that say of a word which other words and integers it is made of: s == b^<x>^a.
//
// Candidates are guessed from sample states of each control, which are reachable: all equations that hold in all of
// them. Then those are dropped that some step does not keep, until all are kept (Flanagan & Leino, "Houdini, an
// annotation assistant for ESC/Java", FME 2001). Cost: a query a step and candidate, a few times. Threads: none.
#pragma once

#include <functional>
#include <vector>

#include "semantics/symbolic/symbolic_problem.hpp"

namespace tryst {

struct WordSearch {
  // By control: numbers of its variables in some reachable states.
  std::vector<std::vector<Numbers>> samples;
  // Whether no numbers fulfil all of these.
  std::function<bool(const std::vector<ExpressionId>&)> is_impossible;
};

// By control, with what is known already; inductive if that is.
std::vector<ExpressionId> word_invariants(Expressions&, const SymbolicProblem&, const std::vector<ExpressionId>& known,
                                          const WordSearch&);

// Whether there are words in it.
bool has_words(const Expressions&, const SymbolicProblem&);

}  // namespace tryst
