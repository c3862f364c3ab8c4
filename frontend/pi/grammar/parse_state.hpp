// What the grammar works on: the tokens, the tree that grows, and what has gone wrong so far.
//
// When no production matches, the parser remembers the furthest token at which one failed and all that was wanted there
// (furthest failure: Ford, ICFP 2002). Where a production matches and its meaning is wrong, a builder complains. Either
// costs the item around it only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "frontend/pi/ast.hpp"
#include "frontend/pi/token.hpp"

namespace tryst::pi::grammar {

class ParseState {
 public:
  // `tokens` ends in an `end` token. All must outlive the state.
  ParseState(std::span<const Token> tokens, Script&, const SourceSet&, Diagnostics&);

  Script& script() { return script_; }
  std::span<const Token> tokens() const { return tokens_; }
  std::string_view text(Span span) const { return sources_.text(span); }

  // Adds a node; the depth of the tree is watched here.
  ProcId add(Proc);
  // The span of the tokens from `first` up to `last`, exclusive.
  Span span_of(const Token* first, const Token* last) const;

  void wanted(const Token* here, KindSet kinds);
  void complain(std::string_view code, std::string message, Span, std::string label = {}, std::string help = {});
  void warn(Diagnostic);
  // From now on every token fails, so that the parse ends without growing the tree or the stack any further.
  bool stopped() const { return stopped_; }

  // Called with the token behind the opening bracket; `false` when that is one too many.
  bool open(const Token* inside);
  void close() { --nesting_; }

  // Reports why the item that began at `first` did not parse, and says where the next one begins.
  const Token* abandon_item(const Token* first);
  // After an item: whether nothing was wrong with it.
  bool end_item();

 private:
  void report_failure();

  std::span<const Token> tokens_;
  Script& script_;
  const SourceSet& sources_;
  Diagnostics& diagnostics_;
  std::vector<std::uint16_t> depths_;  // by ProcId: nodes on the longest path below, itself included
  std::vector<Diagnostic> complaints_;
  std::vector<Diagnostic> warnings_;
  std::size_t nesting_ = 0;
  bool stopped_ = false;
  const Token* furthest_;
  KindSet wanted_;
};

// The doors to the grammar; no Boost behind them is visible here.
void parse_items(ParseState&);
// Parses all tokens as one process; no_id, and reported, when they are not.
ProcId parse_single_process(ParseState&);

}  // namespace tryst::pi::grammar
