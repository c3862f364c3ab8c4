// The grammar of the π-calculus as the Mobility Workbench writes it: prefix, condition, restriction and `!` bind
// tightest, then `|`, then `+`.
#include "frontend/grammar/token_grammar.hpp"
#include "frontend/pi/grammar/build.hpp"

namespace tryst::pi::grammar {

namespace {

using enum TokenKind;
using tryst::grammar::nested;
using tryst::grammar::node;
namespace x3 = boost::spirit::x3;

using TokenIterator = const Token*;
using Context = x3::context<tryst::grammar::StateTag, ParseState, x3::unused_type>;

constexpr auto lit(TokenKind kind) { return tryst::grammar::Lit<TokenKind>(kind); }
constexpr auto tok(KindSet kinds) { return tryst::grammar::Tok<Token, KindSet>(kinds); }

// --- names
constexpr auto use = node<NameUse>(tok({name}), make_name);
constexpr auto agent_use = node<NameUse>(tok({agent_name}), make_name);

// --- what is sent, passed on or compared
constexpr x3::rule<struct value_tag, NameUse> value{"value"};
constexpr x3::rule<struct comparison_tag, ProcKind> comparison{"comparison"};
constexpr x3::rule<struct values_tag, Names> values{"values"};
constexpr x3::rule<struct sent_tag, Names> sent{"sent"};
constexpr x3::rule<struct passed_tag, Names> passed{"passed"};

constexpr x3::rule<struct names_tag, Names> names{"names"};
constexpr x3::rule<struct in_parens_tag, Names> in_parens{"in_parens"};
constexpr x3::rule<struct in_angles_tag, Names> in_angles{"in_angles"};
constexpr x3::rule<struct arguments_tag, Names> arguments{"arguments"};
constexpr x3::rule<struct prefix_tag, Prefix> prefix{"prefix"};
constexpr x3::rule<struct atom_tag, ProcId> atom{"atom"};
constexpr x3::rule<struct prefixed_tag, ProcId> prefixed{"prefixed"};
constexpr x3::rule<struct product_tag, ProcId> product{"product"};
constexpr x3::rule<struct process_tag, ProcId> process{"process"};
constexpr x3::rule<struct word_tag, NameUse> word{"word"};
constexpr x3::rule<struct abstraction_tag, Names> abstraction{"abstraction"};
constexpr x3::rule<struct body_tag, Abstracted> body{"body"};
constexpr x3::rule<struct item_tag, Item> item{"item"};

const auto names_def = use % lit(comma);
const auto in_parens_def = node<Names>(lit(open_paren) >> -names >> lit(close_paren), make_names);
const auto in_angles_def = node<Names>(lit(less) >> -names >> lit(greater), make_names);
const auto arguments_def = in_parens | in_angles;

const auto value_def = node<NameUse>((node<Summand>(-tok({minus}) >> tok({name, zero, number}), make_summand) >>
                                      *node<Summand>(tok({plus, minus}) >> tok({name, zero, number}), make_summand)),
                                     make_value);
const auto comparison_def = node<ProcKind>(tok({equal, hash}), make_equality) |
                            node<ProcKind>(tok({less, greater}) >> -tok({equal}), make_order);
const auto values_def = value % lit(comma);
const auto sent_def = node<Names>(lit(less) >> -values >> lit(greater), make_names);
const auto passed_def = node<Names>(lit(open_paren) >> -values >> lit(close_paren), make_names) | sent;

// --- processes
const auto prefix_def =
    node<Prefix>(lit(tau_dot), make_tau) | node<Prefix>(use >> -in_parens >> lit(dot), make_input) |
    node<Prefix>(lit(quote) >> use >> -sent >> lit(dot), make_output) |
    node<Prefix>(lit(open_bracket) >> value >> comparison >> value >> lit(close_bracket), make_condition) |
    node<Prefix>(lit(open_paren) >> lit(caret) >> names >> lit(close_paren), make_restriction) |
    node<Prefix>(lit(exclamation), make_replication);

const auto atom_def = node<ProcId>(lit(zero), make_nil) | node<ProcId>(agent_use >> -passed, make_call) |
                      node<ProcId>(lit(open_paren) >> nested[process >> lit(close_paren)], make_paren);

const auto prefixed_def = node<ProcId>(*prefix >> atom, make_prefixed);
const auto product_def = node<ProcId>(prefixed % lit(bar), make_product);
const auto process_def = node<ProcId>(product % lit(plus), make_sum);

// --- items
const auto word_def = (lit(open_bracket) >> use >> lit(close_bracket)) | (-lit(comma) >> use);

// What is abstracted binds tightly, as in the Workbench: `(\x)P | Q` would be a process beside an abstraction.
const auto abstraction_def = lit(open_paren) >> lit(backslash) >> names >> lit(close_paren);
const auto body_def =
    node<Abstracted>(+abstraction >> prefixed, make_abstracted) | node<Abstracted>(process, make_body);

const auto item_def =
    node<Item>(lit(agent) >> agent_use >> -arguments >> lit(equal) >> body, make_definition) |
    node<Item>(tok({eq, weq}) >> prefixed >> prefixed, make_comparison) |
    node<Item>(tok({eqd, weqd}) >> in_parens >> prefixed >> prefixed, make_distinct_comparison) |
    node<Item>(tok({deadlocks, size, sort, step}) >> process, make_query) |
    node<Item>(lit(assert_) >> -tok({not_}) >> process >> -(lit(tilde) >> process) >> *word, make_assertion);

BOOST_SPIRIT_DEFINE(value, comparison, values, sent, passed, names, in_parens, in_angles, arguments, prefix, atom,
                    prefixed, product, process, word, abstraction, body, item)

template <class Parser, class Attribute>
bool parse(ParseState& state, TokenIterator& here, const Parser& parser, Attribute& attribute) {
  const auto with_state = x3::with<tryst::grammar::StateTag>(state)[parser];
  return x3::parse(here, state.tokens().data() + state.tokens().size(), with_state, attribute);
}

}  // namespace

void parse_items(ParseState& state) {
  for (TokenIterator here = state.tokens().data(); here->kind != end;) {
    const TokenIterator first = here;
    Item parsed;
    const bool complete =
        parse(state, here, item, parsed) && !state.stopped() && (here->kind == end || item_tokens.contains(here->kind));
    if (!complete) {
      if (!item_tokens.contains(here->kind) && here->kind != end) state.wanted(here, item_tokens);
      here = state.abandon_item(first);
      continue;
    }
    if (state.end_item()) state.script().items.push_back(parsed);
  }
}

ProcId parse_single_process(ParseState& state) {
  TokenIterator here = state.tokens().data();
  ProcId parsed{};
  const bool complete = parse(state, here, process, parsed) && !state.stopped() && here->kind == end;
  if (complete) return state.end_item() ? parsed : no_id<ProcId>;
  if (here->kind != end) state.wanted(here, {end});
  state.abandon_item(state.tokens().data());
  return no_id<ProcId>;
}

}  // namespace tryst::pi::grammar
