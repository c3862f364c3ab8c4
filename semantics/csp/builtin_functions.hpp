// The built-in functions and constants (language reference, section 7), on evaluated arguments.
#pragma once

#include <span>

#include "frontend/csp/builtin.hpp"
#include "semantics/csp/machine.hpp"

namespace tryst::csp {

// How many arguments it takes, all lists together; 0: a constant.
std::size_t builtin_arity(Builtin);

// Arguments in weak head normal form, as many as the arity says; timed functions have tock as one more.
Handle call_builtin(Machine&, Builtin, std::span<const Handle> arguments, Span call);

// `STOP`, `Int`, `Events` and their like.
Handle builtin_constant(Machine&, Builtin, Span);

}  // namespace tryst::csp
