// The doors to the grammar; no Boost behind them is visible here.
#pragma once

#include <optional>

#include "frontend/csp/grammar/parse_state.hpp"

namespace tryst::csp::grammar {

// Parses all tokens into `script().top`, reporting every declaration that does not parse.
void parse_declarations(ParseState&);

// Parses all tokens as one expression; nothing, and reported, when they are not.
std::optional<ExprId> parse_single_expression(ParseState&);

}  // namespace tryst::csp::grammar
