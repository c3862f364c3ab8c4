// The grammar of assertions.
#include "frontend/csp/grammar/build_declaration.hpp"
#include "frontend/csp/grammar/rules.hpp"
#include "frontend/csp/grammar/token_grammar.hpp"

namespace tryst::csp::grammar {

namespace {

using enum TokenKind;

constexpr KindSet refinements{refines_t, refines_f, refines_fd, refines_v, refines_vd, refines_r, refines_rd};
constexpr KindSet models{model_t, model_f, model_fd, model_v, model_vd, model_r, model_rd};
constexpr KindSet simple_properties{deadlock_free, divergence_free, deterministic};

constexpr x3::rule<struct trace_tag, ExprId> trace{"trace"};
constexpr x3::rule<struct claim_tag, Claim> claim{"claim"};
constexpr x3::rule<struct property_tag, Claim> property_claim{"property"};
constexpr x3::rule<struct option_tag, Option> option{"option"};
constexpr x3::rule<struct options_tag, std::vector<Option>> options{"options"};

constexpr auto make_trace_literal = [](ParseState& state, Span span, Exprs events) {
  return make_sequence(state, span, {Elements::Shape::list, std::move(events)}, {});
};

const auto trace_def = node<ExprId>(lit(less) >> sequence_body[expressions] >> lit(greater), make_trace_literal);
const auto property_claim_def =
    node<Claim>(tok(simple_properties) >> -tok(models) >> lit(close_property), make_property) |
    node<Claim>(lit(has_trace) >> -tok(models) >> lit(close_property) >> trace, make_trace);
const auto claim_def =
    node<Claim>(tok(refinements) >> expression, make_refinement) | lit(open_property) >> property_claim;
const auto option_def =
    node<Option>(tok({tau_priority, tau_priority_over}) >> lit(close_property) >> expression, make_priority) |
    node<Option>(lit(partial_order) >> -tok({precise, hybrid, fast}) >> lit(close_property), make_partial_order);
const auto options_def = *(lit(open_property) >> option);
const auto assertion_def =
    node<AssertionId>(lit(assert_) >> -tok(not_) >> expression >> claim >> options, make_assertion);

BOOST_SPIRIT_DEFINE(trace, claim, property_claim, option, options)

}  // namespace

BOOST_SPIRIT_DEFINE(assertion)
BOOST_SPIRIT_INSTANTIATE(AssertionRule, TokenIterator, Context)

}  // namespace tryst::csp::grammar
