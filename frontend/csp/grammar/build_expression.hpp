// Builders of the expression grammar: plain functions from what a production read to a node of the tree.
#pragma once

#include <optional>
#include <vector>

#include "frontend/csp/grammar/parse_state.hpp"

namespace tryst::csp::grammar {

using Exprs = std::vector<ExprId>;
using Statements = std::vector<StatementId>;

// What stands between the brackets of a set or sequence before any `|`.
struct Elements {
  enum class Shape : std::uint8_t { list, range, open_range };
  Shape shape = Shape::list;
  Exprs items;  // range: from and to; open range: from
};

// `a <- b` of a renaming, `a <-> b` of a link, `k => v` of a map.
struct Pair {
  ExprId left{};
  ExprId right{};
};
using Pairs = std::vector<Pair>;

// What follows an operand: the arguments of a call, or a renaming.
struct Suffix {
  ExprKind kind = ExprKind::apply;
  Span span;
  Exprs operands;
  Statements statements;
};

// What follows the first expression in the brackets of `P [A||B] Q` and `P [a<->b] Q`.
struct BracketRest {
  ExprKind kind = ExprKind::alphabetised;
  Exprs operands;
  Statements statements;
};

// --- lists
Exprs or_none(ParseState&, Span, std::optional<Exprs>);
Statements or_none(ParseState&, Span, std::optional<Statements>);
Pairs or_none(ParseState&, Span, std::optional<Pairs>);
Elements make_range(ParseState&, Span, std::optional<ExprId> to);
Elements make_list(ParseState&, Span, Exprs rest);
Elements make_elements(ParseState&, Span, ExprId first, Elements rest);
Elements no_elements(ParseState&, Span);
Pair make_pair(ParseState&, Span, ExprId left, ExprId right);

// --- operands
ExprId make_name(ParseState&, Span, Token first, std::vector<Token> rest);
ExprId make_literal(ParseState&, Span, Token);
ExprId make_wildcard(ParseState&, Span);
ExprId make_parens(ParseState&, Span, Exprs);
ExprId make_set(ParseState&, Span, Elements, Statements);
ExprId make_enumerated(ParseState&, Span, Exprs, Statements);
ExprId make_sequence(ParseState&, Span, Elements, Statements);
ExprId make_empty_sequence(ParseState&, Span);
ExprId make_map(ParseState&, Span, Pairs);
Suffix make_application(ParseState&, Span, Exprs arguments);
Suffix make_renaming(ParseState&, Span, Pairs, Statements);
ExprId make_operand(ParseState&, Span, ExprId, std::vector<Suffix>);

// --- statements and fields
StatementId make_statement(ParseState&, Span, ExprId, std::optional<ExprId> range);
FieldId make_input(ParseState&, Span, Token marker, ExprId pattern, std::optional<ExprId> range);
FieldId make_output(ParseState&, Span, ExprId);

// --- operators
Operator make_prefix(ParseState&, Span, Token);
Operator make_let(ParseState&, Span, std::vector<DeclId>);
Operator make_if(ParseState&, Span, ExprId condition, ExprId then);
Operator make_lambda(ParseState&, Span, Exprs parameters);
Operator make_replicated(ParseState&, Span, Token, Statements);
Operator make_rep_parallel(ParseState&, Span, ExprId set, Statements);
Operator make_rep_alphabetised(ParseState&, Span, Statements, ExprId alphabet);
Operator make_rep_sync_external(ParseState&, Span, ExprId set, Statements);
Operator make_rep_link(ParseState&, Span, Pairs ties, Statements of_ties, Statements);
Operator make_infix(ParseState&, Span, Token);
Operator make_prefix_arrow(ParseState&, Span, std::vector<FieldId>, Token arrow);
Operator make_parallel(ParseState&, Span, ExprId set, Token closer);
Operator make_bracketed(ParseState&, Span, ExprId first, BracketRest);
Operator make_sync_external(ParseState&, Span, ExprId set);
Operator make_sync_interrupt(ParseState&, Span, ExprId set);
BracketRest make_alphabet_rest(ParseState&, Span, ExprId);
BracketRest make_tie_rest(ParseState&, Span, ExprId right, Pairs more, Statements);

}  // namespace tryst::csp::grammar
