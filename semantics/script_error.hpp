// The one exception that a specification's own mistake may raise while it is evaluated (head of an empty sequence, a value
// outside a channel's set, recursion without a guard ...). It carries a finished diagnostic, call stack included as notes,
// and is caught where a question is asked: the assertion, operand or `evaluate` argument gets the error, the rest goes on.
#pragma once

#include "frontend/diagnostic.hpp"

namespace tryst {

struct ScriptError {
  Diagnostic diagnostic;
};

}  // namespace tryst
