// Freedom of deadlock or divergence of a network without enumeration: proved from its structure; a deadlock may also be
// found by a directed search.
//
// *holds* comes with the argument that closed the question; in models that are strict about divergence the rules of τ
// must also be such that no cycle of them is possible. Priority is left out of the argument, which makes it harder but
// not wrong: with priority, fewer states are reached, and the same ones are blocked. Nor is there a search for a
// deadlock then. *fails* is a run found on the network and replayed on the system. Whatever else happens is
// *inconclusive*, with the reason: the arguments are sound, not complete. Errors: InternalError; LimitReached only if
// the user interrupted. Threads: none inside.
#pragma once

#include "checker/question.hpp"

namespace tryst {

// Whether this question can be answered so: freedom of deadlock or divergence of something with a network, one
// counterexample.
bool is_structural_question(const Question&, const Asking&);

// Of a question that holds when nobody is blocked for ever: says so in the verdict, in words and, if it has a
// certificate, there. False: there is no such proof, and nothing has been changed.
bool prove_locally(const Question&, Budget&, Verdict&);

Verdict check_structurally(const Question&, Budget&, const Asking&);

}  // namespace tryst
