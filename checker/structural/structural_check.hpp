// Deadlock freedom of a network without enumeration: proved from its structure, or refuted by a directed search.
//
// *holds* comes with the argument that closed the question; in models that are strict about divergence the rules of τ
// must also be such that no cycle of them is possible. Priority is left out of the argument, which makes it harder but not
// wrong: with priority, fewer states are reached, and the same ones are blocked. Nor is there a search for a deadlock then. *fails* is a run found on the network and replayed on the
// system. Whatever else happens is *inconclusive*, with the reason: the arguments are sound, not complete.
// Errors: InternalError; LimitReached only if the user interrupted; TrialOver passes. Threads: none inside.
#pragma once

#include "checker/question.hpp"

namespace tryst {

// Whether this question can be answered so: deadlock freedom of something with a network, one counterexample.
bool is_structural_question(const Question&, const Asking&);

// That no component of the network can be blocked for ever, as an argument in words; none: there is no such proof.
std::optional<std::string> prove_locally(const Question&, Budget&);

Verdict check_structurally(const Question&, Budget&, const Asking&);

}  // namespace tryst
