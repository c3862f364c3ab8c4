// What processes and the solver have in common: tests of numbers as formulas, where integer_variable(k) is variable k.
#pragma once

#include <vector>

#include "checker/smt.hpp"
#include "semantics/pi/term.hpp"

namespace tryst::pi {

// The process with variables in place of the sums that definitions are called with, each time another one: variable
// first + i stands for sums[i]. Numbers are replaced only with `numbers_too`.
TermId with_variables(Terms&, TermId, std::vector<Name>& sums, std::uint32_t first, bool numbers_too);

Presburger::Linear linear_of(const Sum&);
// That all of them hold.
FormulaId formula_of(Presburger&, const Integers&, const std::vector<Test>&);

}  // namespace tryst::pi
