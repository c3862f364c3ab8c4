// Formulas as text, in the syntax of mCRL2's modal formulas, negation pushed inwards: <a>(<b>true && [c]false).
//
// A subformula that is used more than once is written once. τ is `tau`, ✓ is `tick`. Neither function is recursive:
// formulas may be as deep as the systems are long. Cost: the size of the text.
#pragma once

#include <string>

#include "checker/formula.hpp"

namespace tryst {

// For reading: visible events in quotes, and a line `X1 = ...` for each shared subformula before the formula.
std::string text(const Distinction&, const EventNames&);

// For mCRL2: actions as `tryst lts --label-style mcrl2` writes them. The language has no abbreviations, so shared
// subformulas become the cases of one fixed point, `mu X(n: Nat = 0). (val(n == 0) && ...) || ...`.
std::string mcf(const Distinction&, const EventNames&);

}  // namespace tryst
