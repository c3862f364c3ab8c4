// The patterns that CSPM's grammar allows and its matching does not: sequence patterns with two parts of unknown
// length, set patterns of several elements, `@@` in the field of a prefix. Reports P0211 to P0213.
#pragma once

#include "frontend/csp/ast.hpp"
#include "frontend/diagnostic.hpp"

namespace tryst::csp {

void check_pattern(const Script&, PatternId, bool in_field, Diagnostics&);

}  // namespace tryst::csp
