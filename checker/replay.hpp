// Checks evidence against the systems themselves before it is returned: a second, naive opinion.
//
// The path is performed step by step with fresh successors, and what is wrong at its end is decided again from the
// definition with plain sets of states: no normal form, no acceptances, no strongly connected components, no stored
// rows. Throws InternalError when anything does not agree. That the evidence is shortest is not checked here but in the
// tests. Cost: the states of the specification along one trace.
#pragma once

#include "checker/question.hpp"

namespace tryst {

void replay(const Question&, const Evidence&, Budget&);

}  // namespace tryst
