// The grammar of declarations and of whole scripts.
#include "frontend/csp/grammar/build_declaration.hpp"
#include "frontend/csp/grammar/entry.hpp"
#include "frontend/csp/grammar/rules.hpp"
#include "frontend/csp/grammar/token_grammar.hpp"

namespace tryst::csp::grammar {

namespace {

using enum TokenKind;

// Where a list of declarations ends.
constexpr KindSet after_list{end, exports, endmodule, close_brace, within};

// unless(s)[p]: fails before a token of s; otherwise p, or else the error is reported, the declaration is skipped and
// `no_id` is its handle. This is why one run finds several errors.
template <class Subject>
struct Recover : x3::unary_parser<Subject, Recover<Subject>> {
  using attribute_type = DeclId;
  static constexpr bool has_attribute = true;

  constexpr Recover(const Subject& s, KindSet stop) : x3::unary_parser<Subject, Recover>(s), stop_before(stop) {}

  template <class C, class A>
  bool parse(TokenIterator& first, const TokenIterator& last, const C& context, x3::unused_type, A& attribute) const {
    if (stop_before.contains(first->kind)) return false;
    ParseState& state = state_of(context);
    const ParseState::Attempt attempt = state.begin_declaration();
    const TokenIterator begin = first;
    DeclId decl{};
    bool good = this->subject.parse(first, last, context, x3::unused, decl);
    if (good && first->kind != newline && !stop_before.contains(first->kind)) {
      state.wanted(first, {newline});
      good = false;
    }
    if (good)
      good = state.end_declaration(attempt);
    else
      first = state.abandon_declaration(attempt, begin);
    x3::traits::move_to(good ? decl : no_id<DeclId>, attribute);
    return true;
  }

  KindSet stop_before;
};

struct RecoverWriter {
  KindSet stop_before;
  template <class P>
  constexpr auto operator[](const P& p) const {
    return Recover<typename x3::extension::as_parser<P>::value_type>(x3::as_parser(p), stop_before);
  }
};
constexpr RecoverWriter unless(KindSet stop_before) { return {stop_before}; }

constexpr x3::rule<struct decl_name_tag, Name> decl_name{"decl_name"};
constexpr x3::rule<struct decl_names_tag, Names> decl_names{"decl_names"};
constexpr x3::rule<struct constructor_tag, Constructor> constructor{"constructor"};
constexpr x3::rule<struct constructors_tag, std::vector<Constructor>> constructors{"constructors"};
constexpr x3::rule<struct constraint_tag, TypeConstraint> constraint{"constraint"};
constexpr x3::rule<struct constraints_tag, std::vector<TypeConstraint>> constraints{"constraints"};
constexpr x3::rule<struct channel_tag, DeclId> channel_decl{"channel"};
constexpr x3::rule<struct datatype_tag, DeclId> datatype_decl{"datatype"};
constexpr x3::rule<struct external_tag, DeclId> external_decl{"external"};
constexpr x3::rule<struct nametype_tag, DeclId> nametype_decl{"nametype"};
constexpr x3::rule<struct annotation_tag, DeclId> annotation{"annotation"};
constexpr x3::rule<struct binding_tag, DeclId> binding{"binding"};
constexpr x3::rule<struct assert_tag, DeclId> assert_decl{"assert"};
constexpr x3::rule<struct print_tag, DeclId> print_decl{"print"};
constexpr x3::rule<struct module_tag, DeclId> module_decl{"module"};
constexpr x3::rule<struct instance_tag, DeclId> instance_decl{"instance"};
constexpr x3::rule<struct timed_tag, DeclId> timed_decl{"timed"};
constexpr x3::rule<struct declaration_tag, DeclId> declaration{"declaration"};
constexpr x3::rule<struct declarations_tag, Decls> declarations{"declarations"};
constexpr x3::rule<struct items_tag, Decls> items{"items"};
constexpr x3::rule<struct local_items_tag, Decls> local_items{"local_items"};
constexpr x3::rule<struct script_items_tag, Decls> script_items{"script_items"};
constexpr x3::rule<struct script_tag, Decls> script{"script"};
constexpr x3::rule<struct single_tag, ExprId> single_expression{"single_expression"};

const auto decl_name_def = node<Name>(tok(identifier), make_name_at);
const auto decl_names_def = decl_name % lit(comma);
const auto constructor_def = node<Constructor>(tok(identifier) >> -(lit(dot) >> expression), make_constructor);
const auto constructors_def = constructor % lit(bar);
const auto constraint_def = node<TypeConstraint>(tok(identifier) >> tok(identifier), make_constraint);
const auto constraints_def =
    (constraint >> lit(yields)) | (lit(open_paren) >> (constraint % lit(comma)) >> lit(close_paren) >> lit(yields));

const auto channel_decl_def = node<DeclId>(lit(channel) >> decl_names >> -(lit(colon) >> expression), make_channel);
const auto datatype_decl_def =
    node<DeclId>(tok({datatype, subtype}) >> tok(identifier) >> lit(define) >> constructors, make_datatype);
const auto external_decl_def = node<DeclId>(tok({external, transparent}) >> decl_names, make_external);
const auto nametype_decl_def =
    node<DeclId>(lit(nametype) >> tok(identifier) >> lit(define) >> expression, make_nametype);
const auto annotation_def = node<DeclId>(decl_names >> lit(of_type) >> -constraints >> type, make_annotation);
const auto binding_def = node<DeclId>(expression >> lit(define) >> expression, make_binding);
const auto assert_decl_def = node<DeclId>(assertion, make_assert);
const auto print_decl_def = node<DeclId>(tok(print), make_print);
const auto module_decl_def =
    node<DeclId>(lit(module) >> tok(identifier) >> -(lit(open_paren) >> nested[expressions] >> lit(close_paren)) >>
                     nested[declarations] >> lit(exports) >> nested[declarations] >> lit(endmodule),
                 make_module);
const auto instance_decl_def = node<DeclId>(lit(instance) >> tok(identifier) >> lit(define) >> qualified_name >>
                                                -(lit(open_paren) >> nested[expressions] >> lit(close_paren)),
                                            make_instance);
const auto timed_decl_def = node<DeclId>(lit(timed) >> -(lit(open_paren) >> nested[expression] >> lit(close_paren)) >>
                                             lit(open_brace) >> nested[declarations] >> lit(close_brace),
                                         make_timed);

const auto declaration_def = channel_decl | datatype_decl | external_decl | nametype_decl | module_decl |
                             instance_decl | timed_decl | assert_decl | print_decl | annotation | binding;

const auto items_def = *lit(newline) >> *(unless(after_list)[declaration] >> *lit(newline));
const auto declarations_def = node<Decls>(items, make_declarations);
const auto local_items_def = *lit(newline) >> +(declaration >> (&lit(within) | +lit(newline)));
const auto local_declarations_def = node<Decls>(local_items, make_local_declarations);
const auto script_items_def = *lit(newline) >> *(unless({end})[declaration] >> *lit(newline));
const auto script_def = node<Decls>(script_items, make_declarations) >> lit(end);
const auto single_expression_def = *lit(newline) >> expression >> *lit(newline) >> lit(end);

BOOST_SPIRIT_DEFINE(decl_name, decl_names, constructor, constructors, constraint, constraints)
BOOST_SPIRIT_DEFINE(channel_decl, datatype_decl, external_decl, nametype_decl, annotation, binding, assert_decl,
                    print_decl)
BOOST_SPIRIT_DEFINE(module_decl, instance_decl, timed_decl, declaration, items, declarations, local_items)
BOOST_SPIRIT_DEFINE(script_items, script, single_expression)

}  // namespace

BOOST_SPIRIT_DEFINE(local_declarations)
BOOST_SPIRIT_INSTANTIATE(LocalDeclarationsRule, TokenIterator, Context)

void parse_declarations(ParseState& state) {
  TokenIterator first = state.tokens().data();
  const TokenIterator last = first + state.tokens().size();
  const ParseState::Attempt attempt = state.begin_declaration();
  Decls top;
  [[maybe_unused]] const bool parsed = script.parse(first, last, Context(state), x3::unused, top);
  assert(parsed && "recovery reads on to the end");
  state.end_declaration(attempt);
  state.script().top = std::move(top);
}

std::optional<ExprId> parse_single_expression(ParseState& state) {
  TokenIterator first = state.tokens().data();
  const TokenIterator last = first + state.tokens().size();
  const ParseState::Attempt attempt = state.begin_declaration();
  ExprId expr{};
  if (!single_expression.parse(first, last, Context(state), x3::unused, expr)) {
    state.abandon_declaration(attempt, first);
    return std::nullopt;
  }
  if (!state.end_declaration(attempt)) return std::nullopt;
  return expr;
}

}  // namespace tryst::csp::grammar
