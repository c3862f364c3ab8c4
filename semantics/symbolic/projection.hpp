// Conditions without some of their variables: that these can be chosen so that the condition holds.
//
// The condition is split into conjunctions; in each, an equation gives the variable's value, or its lower bounds are
// compared with its upper ones (Fourier–Motzkin elimination), which is exact for integers because only variables
// without a factor are eliminated. Cost: the number of conjunctions, and of pairs of bounds.
#pragma once

#include <optional>
#include <vector>

#include "semantics/symbolic/expressions.hpp"

namespace tryst {

inline constexpr std::size_t projection_cases_max = 256;

// None: a variable has a factor, or stands in a product, quotient or remainder, or there are too many cases.
std::optional<ExpressionId> project(Expressions&, ExpressionId condition, const std::vector<VariableId>& chosen);

}  // namespace tryst
