// The glue between X3 and a parser over tokens, for any language: with it all rules are pure productions.
//
//   Lit   a token of one kind; yields nothing
//   Tok   a token of a set of kinds; yields the token
//   Node  a parser, then a builder (state, span, what the parser yields...) that makes the node
//   Nested  a parser inside brackets, under the nesting limit
// The state of the parse stands in X3's context under StateTag and offers: wanted(token, kinds), stopped(),
// span_of(first, last), open(token) and close(). `Lit` and `Tok` are the only places that record what was wanted,
// `Node` the only one that knows spans. X3 never sees a variant, an adapted struct, a skipper or a semantic action.
#pragma once

#include <boost/fusion/include/at_c.hpp>
#include <boost/fusion/include/is_sequence.hpp>
#include <boost/fusion/include/size.hpp>
#include <boost/spirit/home/x3.hpp>
#include <optional>
#include <tuple>
#include <utility>

namespace tryst::grammar {

namespace x3 = boost::spirit::x3;

struct StateTag;

template <class C>
auto& state_of(const C& context) {
  return x3::get<StateTag>(context);
}

template <class Kind>
struct Lit : x3::parser<Lit<Kind>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;

  constexpr explicit Lit(Kind k) : kind(k) {}

  template <class I, class C, class A>
  bool parse(I& first, const I&, const C& context, x3::unused_type, A&) const {
    auto& state = state_of(context);
    if (first->kind == kind && !state.stopped()) return ++first, true;
    state.wanted(first, {kind});
    return false;
  }

  Kind kind;
};

template <class Token, class KindSet>
struct Tok : x3::parser<Tok<Token, KindSet>> {
  using attribute_type = Token;
  static constexpr bool has_attribute = true;

  constexpr explicit Tok(KindSet k) : kinds(k) {}

  template <class I, class C, class A>
  bool parse(I& first, const I&, const C& context, x3::unused_type, A& attribute) const {
    auto& state = state_of(context);
    if (!kinds.contains(first->kind) || state.stopped()) return state.wanted(first, kinds), false;
    x3::traits::move_to(*first, attribute);
    ++first;
    return true;
  }

  KindSet kinds;
};

// What a production yielded, as the builder's arguments: sequences within brackets are flattened, and no Boost is left.
template <class T>
auto arguments_of(T&& value) {
  using Plain = std::remove_cvref_t<T>;
  if constexpr (std::is_same_v<Plain, x3::unused_type>) {
    return std::tuple<>();
  } else if constexpr (boost::fusion::traits::is_sequence<Plain>::value) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::tuple_cat(arguments_of(std::move(boost::fusion::at_c<I>(value)))...);
    }
    (std::make_index_sequence<boost::fusion::result_of::size<Plain>::value>{});
  } else if constexpr (requires { value.get_ptr(); }) {  // boost::optional
    using Inner = typename Plain::value_type;
    return std::tuple(value ? std::optional<Inner>(std::move(*value)) : std::optional<Inner>());
  } else {
    return std::tuple<Plain>(std::forward<T>(value));
  }
}

template <class T, class Subject, class Build>
struct Node : x3::unary_parser<Subject, Node<T, Subject, Build>> {
  using attribute_type = T;
  static constexpr bool has_attribute = true;

  constexpr Node(const Subject& s, Build b) : x3::unary_parser<Subject, Node>(s), build(b) {}

  template <class I, class C, class A>
  bool parse(I& first, const I& last, const C& context, x3::unused_type, A& attribute) const {
    auto& state = state_of(context);
    const I begin = first;
    typename x3::traits::attribute_of<Subject, C>::type parts{};  // fresh: a failed alternative leaves its items behind
    if (!this->subject.parse(first, last, context, x3::unused, parts)) return first = begin, false;
    T made = std::apply(
        [&](auto&&... arguments) {
          return build(state, state.span_of(begin, first), std::forward<decltype(arguments)>(arguments)...);
        },
        arguments_of(std::move(parts)));
    x3::traits::move_to(std::move(made), attribute);
    return true;
  }

  Build build;
};

template <class T, class P, class Build>
constexpr auto node(const P& p, Build build) {
  return Node<T, typename x3::extension::as_parser<P>::value_type, Build>(x3::as_parser(p), build);
}

template <class Subject>
struct Nested : x3::unary_parser<Subject, Nested<Subject>> {
  static constexpr bool handles_container = Subject::handles_container;

  constexpr explicit Nested(const Subject& s) : x3::unary_parser<Subject, Nested>(s) {}

  template <class I, class C, class A>
  bool parse(I& first, const I& last, const C& context, x3::unused_type, A& attribute) const {
    auto& state = state_of(context);
    if (!state.open(first)) return false;
    const bool matched = this->subject.parse(first, last, context, x3::unused, attribute);
    state.close();
    return matched;
  }
};

struct NestedWriter {
  template <class P>
  constexpr auto operator[](const P& p) const {
    return Nested<typename x3::extension::as_parser<P>::value_type>(x3::as_parser(p));
  }
};

inline constexpr NestedWriter nested{};

}  // namespace tryst::grammar

// What stands in brackets yields what it yields without them, as one item.
template <class Subject, class C>
struct boost::spirit::x3::traits::attribute_of<tryst::grammar::Nested<Subject>, C> : attribute_of<Subject, C> {};
template <class Subject, class C>
struct boost::spirit::x3::traits::has_attribute<tryst::grammar::Nested<Subject>, C> : has_attribute<Subject, C> {};
