// The grammar of expressions, processes included.
#include "frontend/csp/grammar/build_expression.hpp"
#include "frontend/csp/grammar/rules.hpp"
#include "frontend/csp/grammar/token_grammar.hpp"

namespace tryst::csp::grammar {

namespace {

using enum TokenKind;

constexpr KindSet literal_tokens{number, character, string, true_, false_};
constexpr KindSet prefix_tokens{not_, minus, hash};
constexpr KindSet replicated_tokens{external_choice, internal_choice, interleave, semicolon};
// What may stand in a field of a prefix: a process operator there would swallow the arrow.
constexpr KindSet value_tokens{dot,           or_,  and_,  equal, not_equal, less,    less_equal, greater,
                               greater_equal, plus, minus, star,  slash,     percent, caret,      double_at};
constexpr KindSet infix_tokens = [] {
  KindSet all{backslash, project,        interleave, internal_choice, external_choice,
              interrupt, sliding_choice, semicolon,  ampersand};
  return all |= value_tokens;
}();

constexpr auto make_exprs_or_none = [](ParseState& s, Span at, std::optional<Exprs> list) {
  return or_none(s, at, std::move(list));
};
constexpr auto make_statements_or_none = [](ParseState& s, Span at, std::optional<Statements> list) {
  return or_none(s, at, std::move(list));
};
constexpr auto make_pairs_or_none = [](ParseState& s, Span at, std::optional<Pairs> list) {
  return or_none(s, at, std::move(list));
};

// --- lists
constexpr x3::rule<struct statement_tag, StatementId> statement{"statement"};
constexpr x3::rule<struct statements_tag, Statements> statements{"statements"};
constexpr x3::rule<struct comprehension_tag, Statements> comprehension{"comprehension"};
constexpr x3::rule<struct arguments_tag, Exprs> arguments{"arguments"};
constexpr x3::rule<struct elements_tag, Elements> elements{"elements"};
constexpr x3::rule<struct elements_rest_tag, Elements> elements_rest{"elements_rest"};

const auto expressions_def = expression % lit(comma);
const auto statement_def =
    node<StatementId>(expression >> -((lit(drawn_from) | lit(colon)) >> expression), make_statement);
const auto statements_def = statement % lit(comma);
const auto comprehension_def = node<Statements>(-(lit(bar) >> statements), make_statements_or_none);
const auto arguments_def = node<Exprs>(-expressions, make_exprs_or_none);
const auto elements_rest_def =
    node<Elements>(lit(double_dot) >> -expression, make_range) | node<Elements>(*(lit(comma) >> expression), make_list);
const auto elements_def =
    node<Elements>(expression >> elements_rest, make_elements) | node<Elements>(x3::eps, no_elements);

// --- pairs
constexpr x3::rule<struct rename_pair_tag, Pair> rename_pair{"rename_pair"};
constexpr x3::rule<struct tie_tag, Pair> tie_pair{"tie_pair"};
constexpr x3::rule<struct map_entry_tag, Pair> map_entry{"map_entry"};
constexpr x3::rule<struct rename_pairs_tag, Pairs> rename_pairs{"rename_pairs"};
constexpr x3::rule<struct ties_tag, Pairs> ties{"ties"};
constexpr x3::rule<struct more_ties_tag, Pairs> more_ties{"more_ties"};
constexpr x3::rule<struct map_entries_tag, Pairs> map_entries{"map_entries"};

const auto rename_pair_def = node<Pair>(expression >> lit(drawn_from) >> expression, make_pair);
const auto tie_pair_def = node<Pair>(expression >> lit(tie) >> expression, make_pair);
const auto map_entry_def = node<Pair>(expression >> lit(yields) >> expression, make_pair);
const auto rename_pairs_def = rename_pair % lit(comma);
const auto ties_def = tie_pair % lit(comma);
const auto more_ties_def = *(lit(comma) >> tie_pair);
const auto map_entries_def = map_entry % lit(comma);

// --- operands
constexpr x3::rule<struct literal_tag, ExprId> literal{"literal"};
constexpr x3::rule<struct blank_tag, ExprId> blank{"blank"};
constexpr x3::rule<struct parens_tag, ExprId> parens{"parens"};
constexpr x3::rule<struct set_tag, ExprId> set{"set"};
constexpr x3::rule<struct enumerated_tag, ExprId> enumerated{"enumerated"};
constexpr x3::rule<struct sequence_tag, ExprId> sequence{"sequence"};
constexpr x3::rule<struct map_tag, ExprId> map{"map"};
constexpr x3::rule<struct primary_tag, ExprId> primary{"primary"};
constexpr x3::rule<struct suffix_tag, Suffix> suffix{"suffix"};
constexpr x3::rule<struct operand_tag, ExprId> operand{"operand"};

const auto qualified_name_def = node<ExprId>(tok(identifier) >> *(lit(scope) >> tok(identifier)), make_name);
const auto literal_def = node<ExprId>(tok(literal_tokens), make_literal);
const auto blank_def = node<ExprId>(lit(wildcard), make_wildcard);
const auto parens_def = node<ExprId>(lit(open_paren) >> nested[expressions] >> lit(close_paren), make_parens);
const auto set_def = node<ExprId>(lit(open_brace) >> nested[elements >> comprehension] >> lit(close_brace), make_set);
const auto enumerated_def =
    node<ExprId>(lit(open_enumerated) >> nested[arguments >> comprehension] >> lit(close_enumerated), make_enumerated);
const auto sequence_def =
    node<ExprId>(lit(less) >> sequence_body[elements >> comprehension] >> lit(greater), make_sequence) |
    node<ExprId>(lit(empty_sequence), make_empty_sequence);
const auto map_def =
    node<ExprId>(lit(open_map) >> nested[node<Pairs>(-map_entries, make_pairs_or_none)] >> lit(close_map), make_map);
const auto primary_def = qualified_name | literal | parens | set | enumerated | sequence | map | blank;
const auto suffix_def =
    node<Suffix>(lit(open_paren) >> nested[arguments] >> lit(close_paren), make_application) |
    node<Suffix>(lit(open_rename) >> nested[rename_pairs >> comprehension] >> lit(close_rename), make_renaming);
const auto operand_def = node<ExprId>(primary >> *suffix, make_operand);

// --- prefix operators
constexpr x3::rule<struct sign_tag, Operator> sign{"sign"};
constexpr x3::rule<struct let_tag, Operator> let_{"let"};
constexpr x3::rule<struct if_tag, Operator> if_then{"if"};
constexpr x3::rule<struct lambda_tag, Operator> lambda{"lambda"};
constexpr x3::rule<struct replicated_tag, Operator> replicated{"replicated"};
constexpr x3::rule<struct prefix_tag, Operator> prefix{"prefix"};

const auto sign_def = node<Operator>(tok(prefix_tokens), make_prefix);
const auto let__def = node<Operator>(lit(let) >> nested_same[local_declarations] >> lit(within), make_let);
const auto if_then_def =
    node<Operator>(lit(if_) >> nested_same[expression] >> lit(then) >> nested_same[expression] >> lit(else_), make_if);
const auto lambda_def = node<Operator>(lit(backslash) >> nested_same[expressions] >> lit(at), make_lambda);
const auto replicated_def =
    node<Operator>(tok(replicated_tokens) >> nested_same[statements] >> lit(at), make_replicated) |
    node<Operator>(
        lit(open_parallel) >> nested[expression] >> lit(close_parallel) >> nested_same[statements] >> lit(at),
        make_rep_parallel) |
    node<Operator>(lit(double_bar) >> nested_same[statements] >> lit(at) >> lit(open_bracket) >>
                       nested_same[expression] >> lit(close_bracket),
                   make_rep_alphabetised) |
    node<Operator>(lit(open_sync_external) >> nested_same[expression] >> lit(close_sync_external) >>
                       nested_same[statements] >> lit(at),
                   make_rep_sync_external) |
    node<Operator>(lit(open_bracket) >> nested_same[ties >> comprehension] >> lit(close_bracket) >>
                       nested_same[statements] >> lit(at),
                   make_rep_link);
const auto prefix_def = sign | let_ | if_then | lambda | replicated;

// --- infix operators
constexpr x3::rule<struct field_tag, FieldId> field{"field"};
constexpr x3::rule<struct fields_tag, std::vector<FieldId>> fields{"fields"};
constexpr x3::rule<struct field_value_tag, ExprId> field_value{"field_value"};
constexpr x3::rule<struct value_infix_tag, Operator> value_infix{"value_infix"};
constexpr x3::rule<struct bracket_rest_tag, BracketRest> bracket_rest{"bracket_rest"};
constexpr x3::rule<struct infix_tag, Operator> infix{"infix"};

const auto value_infix_def = node<Operator>(tok(value_tokens), make_infix);
const auto field_value_def = climb(sign, operand, value_infix);
const auto field_def =
    node<FieldId>(tok({question, dollar}) >> field_value >> -(lit(colon) >> field_value), make_input) |
    node<FieldId>(lit(exclamation) >> field_value, make_output);
const auto fields_def = *field;
const auto bracket_rest_def = node<BracketRest>(lit(double_bar) >> expression, make_alphabet_rest) |
                              node<BracketRest>(lit(tie) >> expression >> more_ties >> comprehension, make_tie_rest);
const auto infix_def =
    node<Operator>(tok(infix_tokens), make_infix) | node<Operator>(fields >> tok(arrow), make_prefix_arrow) |
    node<Operator>(lit(open_parallel) >> nested[expression] >> tok({close_parallel, bar_greater}), make_parallel) |
    node<Operator>(lit(open_bracket) >> nested_same[expression >> bracket_rest] >> lit(close_bracket), make_bracketed) |
    node<Operator>(lit(open_sync_external) >> nested_same[expression] >> lit(close_sync_external), make_sync_external) |
    node<Operator>(lit(open_sync_interrupt) >> nested_same[expression] >> lit(close_sync_interrupt),
                   make_sync_interrupt);

const auto expression_def = climb(prefix, operand, infix);

BOOST_SPIRIT_DEFINE(statement, statements, comprehension, arguments, elements, elements_rest)
BOOST_SPIRIT_DEFINE(rename_pair, tie_pair, map_entry, rename_pairs, ties, more_ties, map_entries)
BOOST_SPIRIT_DEFINE(literal, blank, parens, set, enumerated, sequence, map, primary, suffix, operand)
BOOST_SPIRIT_DEFINE(sign, let_, if_then, lambda, replicated, prefix)
BOOST_SPIRIT_DEFINE(field, fields, field_value, value_infix, bracket_rest, infix)

}  // namespace

BOOST_SPIRIT_DEFINE(expression, expressions, qualified_name)
BOOST_SPIRIT_INSTANTIATE(ExpressionRule, TokenIterator, Context)
BOOST_SPIRIT_INSTANTIATE(ExpressionsRule, TokenIterator, Context)
BOOST_SPIRIT_INSTANTIATE(QualifiedNameRule, TokenIterator, Context)

}  // namespace tryst::csp::grammar
