// The tokens of the π-calculus as the Mobility Workbench and ABC write it: one row a kind.
//
// Line ends are no tokens. The words that begin an item (`agent`, `eq`, `deadlocks` ...) are names elsewhere: a word is
// a keyword where it stands first on its line, and what comes before it is complete or an agent follows.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "frontend/diagnostic.hpp"
#include "frontend/pi/ast.hpp"

namespace tryst::pi {

enum class TokenKind : std::uint8_t {
  end,
  broken,  // `broken`: text that was no token and has been reported
  name,
  agent_name,
  zero,
  number,  // any other
  // keywords that begin an item
  agent,
  assert_,
  eq,
  eqd,
  weq,
  weqd,
  deadlocks,
  size,
  sort,
  step,
  not_,  // behind `assert`
  // symbols
  tau_dot,
  dot,
  comma,
  quote,
  open_paren,
  close_paren,
  less,
  greater,
  open_bracket,
  close_bracket,
  equal,
  hash,
  caret,
  bar,
  plus,
  exclamation,
  tilde,
  minus,
  backslash,
};

inline constexpr std::size_t token_kinds = static_cast<std::size_t>(TokenKind::backslash) + 1;

// What a token is called or how it is spelt.
std::string_view spelling(TokenKind);

struct Token {
  TokenKind kind = TokenKind::end;
  Span span{};
  Symbol symbol{no_id<Symbol>};  // name, agent_name
};

class KindSet {
 public:
  constexpr KindSet() = default;
  constexpr KindSet(std::initializer_list<TokenKind> kinds) {
    for (const TokenKind kind : kinds) bits_ |= bit(kind);
  }
  constexpr bool contains(TokenKind kind) const { return (bits_ & bit(kind)) != 0; }
  constexpr bool contains(KindSet other) const { return (other.bits_ & ~bits_) == 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr KindSet& operator|=(KindSet other) { return bits_ |= other.bits_, *this; }
  constexpr KindSet& operator-=(KindSet other) { return bits_ &= ~other.bits_, *this; }

 private:
  static constexpr std::uint64_t bit(TokenKind kind) { return std::uint64_t{1} << static_cast<unsigned>(kind); }
  std::uint64_t bits_ = 0;
};
static_assert(token_kinds <= 64);

inline constexpr KindSet item_tokens{TokenKind::agent, TokenKind::assert_, TokenKind::eq,        TokenKind::eqd,
                                     TokenKind::weq,   TokenKind::weqd,    TokenKind::deadlocks, TokenKind::size,
                                     TokenKind::sort,  TokenKind::step};

// Text → tokens; the last one is `end`. Comments, `(* *)` (nested) and `--`, are collected, and with them those commands
// of the Workbench that only steer a session; what cannot be carried out is reported. A `\` at the end of a line goes on
// with the next one. Cost: linear.
std::vector<Token> lex(FileId, const SourceSet&, Script&, Diagnostics&);

}  // namespace tryst::pi
