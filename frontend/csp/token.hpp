// The tokens of CSPM: one row a kind, which is all that the lexer and the messages of the parser know about it.
//
// Newlines separate declarations, so they are tokens; but one beside a token that cannot end or cannot begin an expression
// is swallowed. A row says on which side: `joins` a token that takes back the newlines before it, `soaks` one that swallows
// those after it. Tokens that may begin a declaration or an expression (`-`, `<`, `(`, names) never join.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "frontend/csp/ast.hpp"
#include "frontend/source.hpp"

namespace tryst::csp {

// A table.
// clang-format off
enum class TokenKind : std::uint8_t {
  end, newline, broken,  // `broken`: text that was no token and has been reported
  identifier, number, character, string, print,
  // keywords
  true_, false_, if_, then, else_, let, within, and_, or_, not_, channel, datatype, subtype, nametype, external,
  transparent, module, exports, endmodule, instance, assert_, timed,
  // processes
  external_choice, internal_choice, interleave, interrupt, arrow, sliding_choice, bar_greater, double_bar, semicolon,
  ampersand, project, open_sync_interrupt, close_sync_interrupt, open_sync_external, close_sync_external, backslash,
  refines_t, refines_f, refines_fd, refines_v, refines_vd, refines_r, refines_rd,
  // comparisons and arithmetic
  equal, not_equal, less_equal, greater_equal, less, greater, plus, minus, star, slash, percent, caret, hash,
  // brackets
  empty_sequence, open_paren, close_paren, open_brace, close_brace, open_enumerated, close_enumerated, open_map,
  close_map, open_rename, close_rename, open_parallel, close_parallel, open_bracket, close_bracket,
  // the rest
  bar, comma, double_dot, dot, question, exclamation, dollar, drawn_from, tie, scope, colon, of_type, yields,
  yields_star, double_at, at, define, wildcard,
  // between `:[` and `]`
  open_property, close_property, deadlock_free, divergence_free, deterministic, has_trace, tau_priority,
  tau_priority_over, partial_order, model_t, model_f, model_fd, model_v, model_vd, model_r, model_rd, precise, hybrid,
  fast,
};
// clang-format on

inline constexpr std::size_t token_kinds = static_cast<std::size_t>(TokenKind::fast) + 1;

struct TokenInfo {
  TokenKind kind;
  std::string_view spelling;  // of fixed tokens; for the others what they are called: "a number"
  bool joins = false;
  bool soaks = false;
};

const TokenInfo& info(TokenKind);

struct Token {
  TokenKind kind = TokenKind::end;
  Span span;
  Symbol symbol{no_id<Symbol>};  // identifier: its name; string, print: the text
  std::int64_t number = 0;       // number: its value; character: its byte
};

// A set of kinds, as wide as the enumeration.
class KindSet {
 public:
  constexpr KindSet() = default;
  constexpr KindSet(std::initializer_list<TokenKind> kinds) {
    for (const TokenKind kind : kinds) insert(kind);
  }
  constexpr void insert(TokenKind kind) { words_[word(kind)] |= bit(kind); }
  constexpr bool contains(TokenKind kind) const { return (words_[word(kind)] & bit(kind)) != 0; }
  constexpr bool contains(KindSet other) const {
    return (other.words_[0] & ~words_[0]) == 0 && (other.words_[1] & ~words_[1]) == 0;
  }
  constexpr bool empty() const { return words_[0] == 0 && words_[1] == 0; }
  constexpr KindSet& operator|=(KindSet other) {
    words_[0] |= other.words_[0];
    words_[1] |= other.words_[1];
    return *this;
  }
  constexpr KindSet& operator-=(KindSet other) {
    words_[0] &= ~other.words_[0];
    words_[1] &= ~other.words_[1];
    return *this;
  }

 private:
  static constexpr std::size_t word(TokenKind kind) { return static_cast<std::size_t>(kind) / 64; }
  static constexpr std::uint64_t bit(TokenKind kind) { return std::uint64_t{1} << (static_cast<unsigned>(kind) % 64); }
  std::uint64_t words_[2] = {0, 0};
};
static_assert(token_kinds <= 128);

}  // namespace tryst::csp
