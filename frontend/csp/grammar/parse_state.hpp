// What the grammar works on: the tokens, the tree that grows, and what has gone wrong so far.
//
// Errors come in two kinds. When no production matches, the parser remembers the furthest token at which one failed and
// all that was wanted there (furthest failure, as in packrat parsing: Ford, ICFP 2002). Where a production matches and
// its meaning is wrong, a builder complains and the parse goes on. Both are reported when the declaration around them
// ends, and cost that declaration only.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "frontend/csp/ast.hpp"
#include "frontend/csp/grammar/climber.hpp"
#include "frontend/csp/grammar/depths.hpp"
#include "frontend/csp/token.hpp"
#include "frontend/diagnostic.hpp"

namespace tryst::csp::grammar {

class ParseState {
 public:
  // `tokens` ends in an `end` token. All must outlive the state.
  ParseState(std::span<const Token> tokens, Script& script, const SourceSet& sources, Diagnostics& diagnostics);

  Script& script() { return script_; }
  const SourceSet& sources() const { return sources_; }
  std::span<const Token> tokens() const { return tokens_; }
  Climber& climber() { return climber_; }

  // --- the tree
  // Adds a node. One that makes the tree too deep is complained of, and the parse is stopped.
  ExprId add(const Expr&);
  PatternId add(const Pattern&);
  TypeExprId add(const TypeExpr&);
  DeclId add(Decl);
  // `left.right`, nested to the right as dots always are, looking through parentheses on the left: `(a.b).c` is
  // `a.(b.c)`.
  ExprId add_dot(Span, Span operator_span, ExprId left, ExprId right);
  // `_` and `p @@ q` are read as expressions, because only what follows tells a pattern from an expression. They are
  // represented by nodes that no expression has, and each must be claimed by a pattern before its declaration ends.
  ExprId add_wildcard(Span);
  ExprId add_also(Span, Span operator_span, ExprId left, ExprId right);
  bool is_wildcard(const Expr& expr) const { return expr.kind == ExprKind::name && expr.symbol == wildcard_; }
  bool is_also(const Expr& expr) const { return expr.kind == ExprKind::dot && expr.symbol == also_; }
  void claim(ExprId pattern_node) { unclaimed_.erase(pattern_node); }

  // The span of the tokens from `first` up to `last`, exclusive.
  Span span_of(const Token* first, const Token* last) const;

  // --- what goes wrong
  void wanted(const Token* here, KindSet kinds);
  void complain(Diagnostic);
  void complain(std::string_view code, std::string message, Span, std::string label = {}, std::string help = {});
  // From now on every token fails, so that the parse ends without growing the tree or the stack any further.
  bool stopped() const { return stopped_; }

  // --- nesting
  // Called with the token behind the opening bracket; `false` when that is one too many.
  bool open(const Token* inside, bool in_sequence);
  void close();
  // Whether an unparenthesised `>` would close a sequence here.
  bool in_sequence() const { return in_sequence_; }
  void set_in_sequence(bool in_sequence) { in_sequence_ = in_sequence; }

  // --- declarations
  struct Attempt {
    std::size_t complaints;
    ExprId exprs_before;
    std::size_t depth;
    bool in_sequence;
  };
  Attempt begin_declaration() const;
  // Reports what the declaration complained of. `true` when there was nothing.
  bool end_declaration(const Attempt&);
  // Reports why the declaration that began at `first` did not parse, and says where to go on: at the next newline that
  // is followed by something no further right than `first`.
  const Token* abandon_declaration(const Attempt&, const Token* first);

 private:
  void watch(int depth, std::string_view what, Span where);
  void report_failure();
  std::string likely_cause(TokenKind before, TokenKind found) const;
  bool begins_line(const Token*) const;
  std::uint32_t column(const Token&) const;

  std::span<const Token> tokens_;
  Script& script_;
  const SourceSet& sources_;
  Diagnostics& diagnostics_;
  Climber climber_;
  Symbol wildcard_;
  Symbol also_;

  Depths depths_;
  std::set<ExprId> unclaimed_;          // patterns' nodes that no pattern has claimed
  std::vector<Diagnostic> complaints_;  // of the declarations begun and not ended
  bool stopped_ = false;

  std::vector<const Token*> openers_;  // the tokens before the bodies now open
  bool in_sequence_ = false;

  const Token* furthest_;
  KindSet wanted_;
  const Token* furthest_opener_ = nullptr;  // the innermost one when `furthest_` was reached
  bool furthest_in_sequence_ = false;       // then
};

// "an expression, `,` or `)`". Inside a sequence `>` is no operator but what closes it.
std::string in_words(KindSet wanted, bool in_sequence);

// "`)`", "the name `x`", "the end of the line".
std::string in_words(const Token&, const SourceSet&);

}  // namespace tryst::csp::grammar
