// The questions about one process: deadlock, divergence, determinism, and whether it has a trace.
//
// Determinism follows the definition: P is deterministic iff no acceptance of P after a trace lacks an event that P can
// perform after that trace (Roscoe, The Theory and Practice of Concurrency, 1998, ch. 3.3). The normal form of P itself
// tells what P can perform, so the search pairs P with its own normal form, and the least failing pair gives the
// shortest refusing path. The worst case is exponential; checking P against one of its deterministic refinements would
// not be, but says nothing about stable failures when P diverges, and its evidence is not shortest.
#pragma once

#include "checker/pair_search.hpp"
#include "checker/question.hpp"

namespace tryst {

// The evidence of a deadlock or a divergence.
Evidence explain_state(const Question&, Finding, Budget&);

Verdict check_deadlock_free(const Question&, Budget&, const Asking&);
Verdict check_divergence_free(const Question&, Budget&, const Asking&);
Verdict check_deterministic(const Question&, Budget&, const Asking&);
Verdict check_has_trace(const Question&, Budget&, const Asking&);

}  // namespace tryst
