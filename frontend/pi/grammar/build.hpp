// The builders of the grammar: what each production yields, made into nodes of the tree.
#pragma once

#include <optional>
#include <vector>

#include "frontend/pi/grammar/parse_state.hpp"

namespace tryst::pi::grammar {

using Names = std::vector<NameUse>;
using Procs = std::vector<ProcId>;

// What stands before a process: a prefix, a condition, a restriction, `!`.
struct Prefix {
  ProcKind kind = ProcKind::tau;
  Span span{};
  Names names{};
};

// `(\x,y)P`, an agent that takes names; without any, P itself.
struct Abstracted {
  Names parameters{};
  ProcId body{};
};

NameUse make_name(ParseState&, Span, Token);
Summand make_summand(ParseState&, Span, std::optional<Token> sign, Token);
NameUse make_value(ParseState&, Span, Summand first, std::vector<Summand> more);
Names make_names(ParseState&, Span, std::optional<Names>);

Prefix make_tau(ParseState&, Span);
Prefix make_input(ParseState&, Span, NameUse subject, std::optional<Names> parameters);
Prefix make_output(ParseState&, Span, NameUse subject, std::optional<Names> objects);
Prefix make_condition(ParseState&, Span, NameUse left, ProcKind, NameUse right);
ProcKind make_equality(ParseState&, Span, Token sign);
ProcKind make_order(ParseState&, Span, Token sign, std::optional<Token> equal);
Prefix make_restriction(ParseState&, Span, Names);
Prefix make_replication(ParseState&, Span);

ProcId make_nil(ParseState&, Span);
ProcId make_call(ParseState&, Span, NameUse agent, std::optional<Names> arguments);
ProcId make_paren(ParseState&, Span, ProcId);
ProcId make_prefixed(ParseState&, Span, std::vector<Prefix>, ProcId);
ProcId make_product(ParseState&, Span, Procs);
ProcId make_sum(ParseState&, Span, Procs);

Abstracted make_abstracted(ParseState&, Span, std::vector<Names> parameters, ProcId body);
Abstracted make_body(ParseState&, Span, ProcId body);
Item make_definition(ParseState&, Span, NameUse agent, std::optional<Names> parameters, Abstracted body);
Item make_comparison(ParseState&, Span, Token word, ProcId left, ProcId right);
Item make_distinct_comparison(ParseState&, Span, Token word, Names distinct, ProcId left, ProcId right);
Item make_query(ParseState&, Span, Token word, ProcId);
Item make_assertion(ParseState&, Span, std::optional<Token> negation, ProcId left, std::optional<ProcId> right,
                    Names words);

}  // namespace tryst::pi::grammar
