// Conditions on words as conditions on integers: what the solver is asked instead.
//
// Every word is empty or not, so there is a case for each way they are. In a case, equations replace words by what they
// are made of, and ends of words that are known are used: the first element of b^a is that of b if b is not empty. What
// is still said of words then has any answer, the same each time, so each case is weaker than the conditions are in it.
// Threads: none.
#pragma once

#include <vector>

#include "semantics/symbolic/expressions.hpp"

namespace tryst {

inline constexpr std::size_t word_variables_max = 6;  // of different lengths; others are not split

// If each case is impossible, so are the conditions together.
std::vector<std::vector<ExpressionId>> integer_cases(Expressions&, const std::vector<ExpressionId>& conditions);

}  // namespace tryst
