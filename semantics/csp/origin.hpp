// Where a suspended process comes from in the script, as its reader sees it: a named process with its arguments, or an
// expression, and the values of the variables around it.
#pragma once

#include <utility>
#include <vector>

#include "frontend/csp/typing.hpp"
#include "semantics/csp/event_shape.hpp"

namespace tryst::csp {

struct Origin {
  BindingId process;  // none: `expression` it is
  ExprId expression;
  std::vector<EventField> arguments;  // of the process, of all its argument lists
  // Variables bound by patterns outside; others are made of these.
  std::vector<std::pair<BindingId, EventField>> variables;
};

}  // namespace tryst::csp
