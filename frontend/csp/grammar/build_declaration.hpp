// Builders of the grammars of types, assertions and declarations.
#pragma once

#include <optional>
#include <vector>

#include "frontend/csp/grammar/parse_state.hpp"

namespace tryst::csp::grammar {

using Decls = std::vector<DeclId>;
using Names = std::vector<Name>;
using Types = std::vector<TypeExprId>;

// --- types
// One step of `a => b =>* c`, from the right of its operator on.
struct TypeStep {
  TypeExprKind kind = TypeExprKind::dotable;
  TypeExprId right{};
};

TypeExprId make_type_name(ParseState&, Span, Token first, std::vector<Token> rest);
TypeExprId make_set_type(ParseState&, Span, TypeExprId);
TypeExprId make_sequence_type(ParseState&, Span, TypeExprId);
TypeExprId make_map_type(ParseState&, Span, TypeExprId key, TypeExprId value);
TypeExprId make_paren_type(ParseState&, Span, std::optional<Types> items, std::optional<TypeExprId> result);
TypeExprId make_dot_type(ParseState&, Span, Types parts);
TypeStep make_type_step(ParseState&, Span, Token arrow, TypeExprId right);
TypeExprId make_arrow_type(ParseState&, Span, TypeExprId first, std::vector<TypeStep> steps);
TypeConstraint make_constraint(ParseState&, Span, Token constraint, Token variable);

// --- assertions
// What follows the first process.
struct Claim {
  AssertionKind kind = AssertionKind::refinement;
  Model model = Model::unspecified;
  ExprId right = no_id<ExprId>;
  ExprId trace = no_id<ExprId>;
};
struct Option {
  Span span;
  TokenKind kind = TokenKind::tau_priority;
  ExprId priority = no_id<ExprId>;
  PartialOrder order = PartialOrder::none;
};

Claim make_refinement(ParseState&, Span, Token refines, ExprId implementation);
Claim make_property(ParseState&, Span, Token property, std::optional<Token> model);
Claim make_trace(ParseState&, Span, std::optional<Token> model, ExprId trace);
Option make_priority(ParseState&, Span, Token option, ExprId set);
Option make_partial_order(ParseState&, Span, std::optional<Token> mode);
AssertionId make_assertion(ParseState&, Span, std::optional<Token> negation, ExprId process, Claim,
                           std::vector<Option>);

// --- declarations
Name make_name_at(ParseState&, Span, Token);
DeclId make_binding(ParseState&, Span, ExprId left, ExprId right);
DeclId make_channel(ParseState&, Span, Names, std::optional<ExprId> type);
Constructor make_constructor(ParseState&, Span, Token name, std::optional<ExprId> type);
DeclId make_datatype(ParseState&, Span, Token keyword, Token name, std::vector<Constructor>);
DeclId make_external(ParseState&, Span, Token keyword, Names);
DeclId make_nametype(ParseState&, Span, Token name, ExprId type);
DeclId make_annotation(ParseState&, Span, Names, std::optional<std::vector<TypeConstraint>>, TypeExprId);
DeclId make_assert(ParseState&, Span, AssertionId);
DeclId make_print(ParseState&, Span, Token);
DeclId make_module(ParseState&, Span, Token name, std::optional<std::vector<ExprId>> parameters, Decls inner,
                   Decls exported);
DeclId make_instance(ParseState&, Span, Token name, ExprId module, std::optional<std::vector<ExprId>> arguments);
DeclId make_timed(ParseState&, Span, std::optional<ExprId> timing, Decls inner);
// A list of declarations as it stands in the tree: without those that had errors, adjacent clauses in one.
Decls make_declarations(ParseState&, Span, Decls);
Decls make_local_declarations(ParseState&, Span, Decls);

}  // namespace tryst::csp::grammar
