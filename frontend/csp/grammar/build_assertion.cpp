// Builders of the grammar of assertions.
#include <cassert>

#include "frontend/csp/grammar/build_declaration.hpp"

namespace tryst::csp::grammar {

namespace {

struct ModelRow {
  TokenKind refines;
  TokenKind in_brackets;
  Model model;
};

using enum TokenKind;

constexpr ModelRow model_rows[] = {
    {refines_t, model_t, Model::traces},
    {refines_f, model_f, Model::failures},
    {refines_fd, model_fd, Model::failures_divergences},
    {refines_v, model_v, Model::revivals},
    {refines_vd, model_vd, Model::revivals_divergences},
    {refines_r, model_r, Model::refusal_testing},
    {refines_rd, model_rd, Model::refusal_testing_divergences},
};

Model model_of(TokenKind kind) {
  for (const ModelRow& row : model_rows)
    if (row.refines == kind || row.in_brackets == kind) return row.model;
  assert(false && "the grammar takes no other token for a model");
  return Model::unspecified;
}

Model model_of(const std::optional<Token>& token) { return token ? model_of(token->kind) : Model::unspecified; }

bool is_priority(const Option& option) { return option.kind != partial_order; }

}  // namespace

Claim make_refinement(ParseState&, Span, Token refines, ExprId implementation) {
  return {AssertionKind::refinement, model_of(refines.kind), implementation};
}

Claim make_property(ParseState&, Span, Token property, std::optional<Token> model) {
  AssertionKind kind = AssertionKind::deterministic;
  if (property.kind == deadlock_free) kind = AssertionKind::deadlock_free;
  if (property.kind == divergence_free) kind = AssertionKind::divergence_free;
  return {kind, model_of(model)};
}

Claim make_trace(ParseState&, Span, std::optional<Token> model, ExprId trace) {
  return {AssertionKind::has_trace, model_of(model), no_id<ExprId>, trace};
}

Option make_priority(ParseState&, Span span, Token option, ExprId set) { return {span, option.kind, set}; }

Option make_partial_order(ParseState&, Span span, std::optional<Token> mode) {
  Option option{span, partial_order, no_id<ExprId>, PartialOrder::unspecified};
  if (mode)
    option.order = mode->kind == precise  ? PartialOrder::precise
                   : mode->kind == hybrid ? PartialOrder::hybrid
                                          : PartialOrder::fast;
  return option;
}

AssertionId make_assertion(ParseState& state, Span span, std::optional<Token> negation, ExprId process, Claim claim,
                           std::vector<Option> options) {
  Assertion assertion{.kind = claim.kind, .span = span, .left = process};
  assertion.negated = negation.has_value();
  assertion.model = claim.model;
  assertion.right = claim.right;
  assertion.trace = claim.trace;
  const Option* priority = nullptr;
  const Option* order = nullptr;
  for (const Option& option : options) {
    const Option*& seen = is_priority(option) ? priority : order;
    if (seen != nullptr) {
      Diagnostic diagnostic{"P0128", Severity::error, "this option is given twice", option.span, "given again", {}, {}};
      diagnostic.notes.push_back({seen->span, "first given here"});
      state.complain(std::move(diagnostic));
    }
    seen = &option;
  }
  if (priority != nullptr) {
    assertion.tau_priority = priority->priority;
    assertion.tau_priority_over = priority->kind == tau_priority_over;
  }
  if (order != nullptr) assertion.partial_order = order->order;
  return state.script().assertions.add(assertion);
}

}  // namespace tryst::csp::grammar
