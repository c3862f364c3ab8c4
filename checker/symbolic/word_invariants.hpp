// Invariants that say of a word which other words and integers it is made of: s == b^<x>^a.
//
// Candidates are guessed from sample states of each control, which are reachable: all equations that hold in all of
// them. A piece may be an integer, a word, or, where a word has elements in all samples, its first or last one, or what is
// left without that. Those are kept that all steps keep (kept_candidates.hpp). Threads: none.
#pragma once

#include <vector>

#include "checker/symbolic/kept_candidates.hpp"

namespace tryst {

// By control, with what is known already; inductive if that is. `samples` as of random_states().
std::vector<ExpressionId> word_invariants(Expressions&, const SymbolicProblem&, const std::vector<ExpressionId>& known,
                                          const std::vector<std::vector<Numbers>>& samples, const Impossible&);

// Whether there are words in it.
bool has_words(const Expressions&, const SymbolicProblem&);

}  // namespace tryst
