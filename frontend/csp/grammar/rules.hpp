// The rules by which the units of the grammar know each other. One unit a grammar; the rest of its rules are its own.
#pragma once

#include <vector>

#include "frontend/csp/grammar/build_expression.hpp"
#include "frontend/csp/grammar/token_grammar.hpp"

namespace tryst::csp::grammar {

// expression.cpp
using ExpressionRule = x3::rule<struct expression_tag, ExprId>;
using ExpressionsRule = x3::rule<struct expressions_tag, Exprs>;
using QualifiedNameRule = x3::rule<struct qualified_name_tag, ExprId>;
inline constexpr ExpressionRule expression{"expression"};
inline constexpr ExpressionsRule expressions{"expressions"};  // one or more, between commas
inline constexpr QualifiedNameRule qualified_name{"qualified_name"};
BOOST_SPIRIT_DECLARE(ExpressionRule, ExpressionsRule, QualifiedNameRule)

// type.cpp
using TypeRule = x3::rule<struct type_tag, TypeExprId>;
inline constexpr TypeRule type{"type"};
BOOST_SPIRIT_DECLARE(TypeRule)

// assertion.cpp
using AssertionRule = x3::rule<struct assertion_tag, AssertionId>;
inline constexpr AssertionRule assertion{"assertion"};
BOOST_SPIRIT_DECLARE(AssertionRule)

// declaration.cpp
using LocalDeclarationsRule = x3::rule<struct local_declarations_tag, std::vector<DeclId>>;
inline constexpr LocalDeclarationsRule local_declarations{"local_declarations"};  // of a `let`
BOOST_SPIRIT_DECLARE(LocalDeclarationsRule)

}  // namespace tryst::csp::grammar
