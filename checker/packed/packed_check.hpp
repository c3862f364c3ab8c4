// Questions answered by the packed search of a network: refinement in T, F and FD, deadlock and divergence freedom.
//
// The verdict is the one that the pair search gives on the system itself, and the evidence as short; where several
// failures are equally short, the same order chooses among them, up to events that lead to several states. The evidence
// is made and replayed on the system itself, which the network cannot vouch for.
// Threads: Asking::threads of them inside.
#pragma once

#include "checker/question.hpp"

namespace tryst {

// Whether this question, of which the network is known, can be answered so: one counterexample is enough.
bool is_packed_question(const Question&, const Asking&);

// `known`: a failure that has been found by other means; it stands unless a nearer one is met soon.
Verdict check_packed(const Question&, Budget&, const Asking&, std::optional<Verdict> known = {});

}  // namespace tryst
