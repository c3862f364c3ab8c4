// Patterns are read as expressions and converted here: `x <- e` and `x` begin alike, and nothing should be read twice.
#pragma once

#include <vector>

#include "frontend/csp/grammar/parse_state.hpp"

namespace tryst::csp::grammar {

// Complains about what cannot be a pattern; the result is a pattern in any case.
PatternId to_pattern(ParseState&, ExprId);
Range<PatternId> to_patterns(ParseState&, const std::vector<ExprId>&);

}  // namespace tryst::csp::grammar
