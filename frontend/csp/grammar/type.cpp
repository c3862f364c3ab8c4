// The grammar of written types, which stand in annotations only.
#include "frontend/csp/grammar/build_declaration.hpp"
#include "frontend/csp/grammar/rules.hpp"
#include "frontend/csp/grammar/token_grammar.hpp"

namespace tryst::csp::grammar {

namespace {

using enum TokenKind;

constexpr x3::rule<struct types_tag, Types> types{"types"};
constexpr x3::rule<struct type_name_tag, TypeExprId> type_name{"type_name"};
constexpr x3::rule<struct type_primary_tag, TypeExprId> type_primary{"type_primary"};
constexpr x3::rule<struct type_product_tag, Types> type_product{"type_product"};
constexpr x3::rule<struct type_dots_tag, TypeExprId> type_dots{"type_dots"};
constexpr x3::rule<struct type_step_tag, TypeStep> type_step{"type_step"};

const auto types_def = type % lit(comma);
const auto type_name_def = node<TypeExprId>(tok(identifier) >> *(lit(scope) >> tok(identifier)), make_type_name);
// `(a, b)` and `(a, b) -> c` begin alike, so a function type is a primary that extends to the right.
const auto type_primary_def =
    type_name | node<TypeExprId>(lit(open_brace) >> nested[type] >> lit(close_brace), make_set_type) |
    node<TypeExprId>(lit(less) >> sequence_body[type] >> lit(greater), make_sequence_type) |
    node<TypeExprId>(lit(open_map) >> nested[type_dots >> lit(yields) >> type] >> lit(close_map), make_map_type) |
    node<TypeExprId>(lit(open_paren) >> nested[-types] >> lit(close_paren) >> -(lit(arrow) >> nested_same[type]),
                     make_paren_type);
const auto type_product_def = type_primary % lit(dot);
const auto type_dots_def = node<TypeExprId>(type_product, make_dot_type);
const auto type_step_def = node<TypeStep>(tok({yields, yields_star}) >> type_dots, make_type_step);
const auto type_def = node<TypeExprId>(type_dots >> *type_step, make_arrow_type);

BOOST_SPIRIT_DEFINE(types, type_name, type_primary, type_product, type_dots, type_step)

}  // namespace

BOOST_SPIRIT_DEFINE(type)
BOOST_SPIRIT_INSTANTIATE(TypeRule, TokenIterator, Context)

}  // namespace tryst::csp::grammar
