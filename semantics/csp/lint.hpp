// What a script says that can never matter, as warnings.
//
//   P0901  a guard that is never true, and P0902 a branch that is never taken:
//   refuted together with the conditions
//          around them, for all integers and Booleans that their names may
//          stand for, constants of the script included; a condition without
//          local names is a switch, and not reported
//   P0903  an equation that is never used: one before it, or several together,
//   accept all that it accepts
//   P0904  a channel that both sides of a parallel must agree on, and
//   that only one of them ever names
// Nothing is evaluated. What is not understood is taken to be possible, so
// every warning is true of the script. Cost: one question to `impossible` for
// each condition; for P0904 one walk of what each side may call.
#pragma once

#include <functional>
#include <vector>

#include "frontend/csp/typing.hpp"
#include "semantics/symbolic/expressions.hpp"

namespace tryst::csp {

// Whether the conditions cannot hold together; `false` where that is not known.
using Impossible = std::function<bool(const std::vector<ExpressionId>&)>;

void lint(const Typed&, Expressions&, const Impossible&, Diagnostics&);

// The single passes.
void lint_conditions(const Typed&, Expressions&, const Impossible&, Diagnostics&);
void lint_equations(const Typed&, Diagnostics&);
void lint_parallels(const Typed&, Diagnostics&);

// Every expression below one, itself included, once; local declarations and
// what stands in statements and fields too.
void for_each_expression(const Typed&, ExprId, const std::function<void(ExprId)>&);
// The expressions directly below one.
std::vector<ExprId> parts_of(const Typed&, ExprId);

}  // namespace tryst::csp
