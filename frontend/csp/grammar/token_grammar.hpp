// The glue between X3 and the parser: five small parsers, so that all other rules are pure productions.
//
//   lit(k)         a token of kind k; yields nothing
//   tok(k), tok(s) a token of kind k or of a set s of kinds; yields the token
//   node<T>(p, b)  p, then b(state, span, what p yields...) makes a T
//   nested[p]      p inside brackets, under the nesting limit; sequence_body[p] likewise inside `<` and `>`
//   climb(p, o, i) operands o with prefix operators p and infix operators i, shaped by precedence; yields an expression
//
// `lit` and `tok` are the only places that record what was wanted, `node` the only one that knows spans. A token at
// which one of them fails is never consumed. Productions are left-factored: behind a consumed token no alternative is
// tried again, so that parsing is linear; the exceptions are the few tokens before a type annotation and of type
// constraints. X3 never sees a variant, an adapted struct, a skipper or a semantic action; attributes are handles,
// vectors of handles and plain structs.
#pragma once

#include "frontend/csp/grammar/parse_state.hpp"
#include "frontend/grammar/token_grammar.hpp"

namespace tryst::csp::grammar {

namespace x3 = boost::spirit::x3;

using TokenIterator = const Token*;
using tryst::grammar::node;
using tryst::grammar::state_of;
using tryst::grammar::StateTag;
using Context = x3::context<StateTag, ParseState, x3::unused_type>;

// Unlike `lit`, which closes sequences, this takes `>` for a comparison and leaves it alone inside `<` and `>`.
struct Tok : x3::parser<Tok> {
  using attribute_type = Token;
  static constexpr bool has_attribute = true;

  constexpr explicit Tok(KindSet k) : kinds(k) {}

  template <class C, class A>
  bool parse(TokenIterator& first, const TokenIterator&, const C& context, x3::unused_type, A& attribute) const {
    ParseState& state = state_of(context);
    const bool closes = first->kind == TokenKind::greater && state.in_sequence();
    if (!kinds.contains(first->kind) || closes || state.stopped()) {
      KindSet wanted = kinds;
      if (state.in_sequence()) wanted -= {TokenKind::greater};
      return state.wanted(first, wanted), false;
    }
    x3::traits::move_to(*first, attribute);
    ++first;
    return true;
  }

  KindSet kinds;
};

constexpr auto lit(TokenKind kind) { return tryst::grammar::Lit<TokenKind>(kind); }
constexpr Tok tok(TokenKind kind) { return Tok({kind}); }
constexpr Tok tok(KindSet kinds) { return Tok(kinds); }

enum class Inside : std::uint8_t { brackets, sequence, same };

template <class Subject>
struct Nested : x3::unary_parser<Subject, Nested<Subject>> {
  static constexpr bool handles_container = Subject::handles_container;

  constexpr Nested(const Subject& s, Inside i) : x3::unary_parser<Subject, Nested>(s), inside(i) {}

  template <class C, class A>
  bool parse(TokenIterator& first, const TokenIterator& last, const C& context, x3::unused_type, A& attribute) const {
    ParseState& state = state_of(context);
    const bool outer = state.in_sequence();
    if (!state.open(first, inside == Inside::same ? outer : inside == Inside::sequence)) return false;
    const bool matched = this->subject.parse(first, last, context, x3::unused, attribute);
    state.close();
    state.set_in_sequence(outer);
    return matched;
  }

  Inside inside;
};

struct NestedWriter {
  Inside inside;
  template <class P>
  constexpr auto operator[](const P& p) const {
    return Nested<typename x3::extension::as_parser<P>::value_type>(x3::as_parser(p), inside);
  }
};

inline constexpr NestedWriter nested{Inside::brackets};
inline constexpr NestedWriter sequence_body{Inside::sequence};
// For what the language does not count as brackets: whether `>` closes a sequence is as outside.
inline constexpr NestedWriter nested_same{Inside::same};

template <class Prefix, class Operand, class Infix>
struct Climb : x3::parser<Climb<Prefix, Operand, Infix>> {
  using attribute_type = ExprId;
  static constexpr bool has_attribute = true;

  constexpr Climb(const Prefix& p, const Operand& o, const Infix& i) : prefix(p), operand(o), infix(i) {}

  template <class C, class A>
  bool parse(TokenIterator& first, const TokenIterator& last, const C& context, x3::unused_type, A& attribute) const {
    ParseState& state = state_of(context);
    const TokenIterator begin = first;
    const Climber::Base base = state.climber().begin();
    for (Operator op;;) {
      while (prefix.parse(first, last, context, x3::unused, op)) state.climber().prefix(op);
      ExprId e{};
      if (!operand.parse(first, last, context, x3::unused, e)) {
        state.climber().abandon(base);
        first = begin;
        return false;
      }
      state.climber().operand(e);
      if (!infix.parse(first, last, context, x3::unused, op)) break;
      state.climber().infix(state, base, op);
    }
    x3::traits::move_to(state.climber().finish(state, base), attribute);
    return true;
  }

  Prefix prefix;
  Operand operand;
  Infix infix;
};

template <class P, class O, class I>
constexpr auto climb(const P& prefix, const O& operand, const I& infix) {
  return Climb<P, O, I>(prefix, operand, infix);
}

}  // namespace tryst::csp::grammar

// What stands in brackets yields what it yields without them, as one item.
template <class Subject, class C>
struct boost::spirit::x3::traits::attribute_of<tryst::csp::grammar::Nested<Subject>, C> : attribute_of<Subject, C> {};
template <class Subject, class C>
struct boost::spirit::x3::traits::has_attribute<tryst::csp::grammar::Nested<Subject>, C> : has_attribute<Subject, C> {};
