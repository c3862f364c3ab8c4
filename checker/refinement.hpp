// SPEC [M= IMPL in the seven models: the rules that tell the pair search what a specification forbids.
//
// Each behaviour of the implementation is looked for in the normal form of the specification, in its maximal form only,
// since the behaviours of a process are closed under smaller refusals:
//   T   a visible event, or ✓, must be possible after the same trace
//   F   and a stable state that offers A needs an acceptance within A
//   V   and each event of A needs an acceptance within A that contains it; an empty A needs the empty one
//   R   a stable state that offers A leaves only the specification's stable states within A; one must be left, and only
//       these can perform the next event
//   FD, VD, RD   and a divergence is allowed only where the specification diverges; what happens there, or later, is
//   free
// A state that offers ✓ is unstable and its acceptance {✓} is the specification's as soon as ✓ is possible there.
// Sources: see checker/README.md.
#pragma once

#include "checker/normal_form.hpp"
#include "checker/pair_search.hpp"
#include "checker/question.hpp"

namespace tryst {

// The evidence of a failure that a search has found with this normal form.
Evidence explain_refinement(const Question&, NormalForm& specification, Finding, Budget&);

Verdict check_refinement(const Question&, Budget&, const Asking&);

}  // namespace tryst
