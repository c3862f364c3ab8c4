#include "frontend/csp/grammar/parse_state.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace tryst::csp::grammar {

namespace {

using enum TokenKind;

// The bracket that closes another; `end` for what is not closed by a token.
TokenKind closer_of(TokenKind opener) {
  switch (opener) {
    case open_paren: return close_paren;
    case open_brace: return close_brace;
    case open_enumerated: return close_enumerated;
    case open_map: return close_map;
    case open_rename: return close_rename;
    case open_parallel: return close_parallel;
    case open_bracket: return close_bracket;
    case open_sync_external: return close_sync_external;
    case open_sync_interrupt: return close_sync_interrupt;
    case less: return greater;
    case let: return within;
    case if_: return then;
    case then: return else_;
    default: return end;
  }
}

}  // namespace

ParseState::ParseState(std::span<const Token> tokens, Script& script, const SourceSet& sources,
                       Diagnostics& diagnostics)
    : tokens_(tokens),
      script_(script),
      sources_(sources),
      diagnostics_(diagnostics),
      wildcard_(script.symbols.intern("_")),
      also_(script.symbols.intern("@@")),
      depths_(script),
      furthest_(tokens.data()) {
  assert(!tokens.empty() && tokens.back().kind == end);
}

void ParseState::watch(int depth, std::string_view what, Span where) {
  if (depth <= depth_max || stopped_) return;
  complain("P0126", "this " + std::string(what) + " is too deep", where,
           "more than " + std::to_string(depth_max) + " operators inside one another",
           "give a part of it a name of its own");
  stopped_ = true;
}

ExprId ParseState::add(const Expr& expr) {
  watch(depths_.add(expr), "expression", expr.operator_span.known() ? expr.operator_span : expr.span);
  return script_.exprs.add(expr);
}

PatternId ParseState::add(const Pattern& pattern) {
  watch(depths_.add(pattern), "pattern", pattern.span);
  return script_.patterns.add(pattern);
}

TypeExprId ParseState::add(const TypeExpr& type) {
  watch(depths_.add(type), "type", type.span);
  return script_.types.add(type);
}

DeclId ParseState::add(Decl decl) {
  watch(depths_.add(decl), "declaration", decl.names.empty() ? decl.span : decl.names.front().span);
  return script_.decls.add(std::move(decl));
}

ExprId ParseState::add_dot(Span whole, Span operator_span, ExprId left, ExprId right) {
  ExprId inner = left;
  while (script_.exprs[inner].kind == ExprKind::paren) inner = script_.operand(inner, 0);
  const Expr& head = script_.exprs[inner];
  if (head.kind == ExprKind::dot && !is_also(head)) {
    const ExprId first = script_.operand(inner, 0);
    const ExprId second = script_.operand(inner, 1);
    const Span head_operator = head.operator_span;
    // Bounded by the depth of `left`.
    const Span rest = cover(script_.exprs[second].span, script_.exprs[right].span);
    right = add_dot(rest, operator_span, second, right);
    left = first;
    operator_span = head_operator;
  }
  const std::array<ExprId, 2> operands{left, right};
  Expr expr{.kind = ExprKind::dot, .span = whole, .operator_span = operator_span};
  expr.operands = script_.expr_lists.add(std::span<const ExprId>(operands));
  return add(expr);
}

ExprId ParseState::add_wildcard(Span span) {
  const ExprId e = add({.kind = ExprKind::name, .span = span, .symbol = wildcard_});
  unclaimed_.insert(e);
  return e;
}

ExprId ParseState::add_also(Span span, Span operator_span, ExprId left, ExprId right) {
  const std::array<ExprId, 2> operands{left, right};
  Expr expr{.kind = ExprKind::dot, .span = span, .operator_span = operator_span, .symbol = also_};
  expr.operands = script_.expr_lists.add(std::span<const ExprId>(operands));
  const ExprId e = add(expr);
  unclaimed_.insert(e);
  return e;
}

Span ParseState::span_of(const Token* first, const Token* last) const {
  if (first == last) return {first->span.begin, first->span.begin};
  return {first->span.begin, (last - 1)->span.end};
}

void ParseState::wanted(const Token* here, KindSet kinds) {
  if (here < furthest_) return;
  if (here > furthest_) {
    furthest_ = here;
    wanted_ = {};
    furthest_opener_ = openers_.empty() ? nullptr : openers_.back();
    furthest_in_sequence_ = in_sequence_;
  }
  wanted_ |= kinds;
}

void ParseState::complain(Diagnostic diagnostic) {
  if (!stopped_) complaints_.push_back(std::move(diagnostic));
}

void ParseState::complain(std::string_view code, std::string message, Span span, std::string label, std::string help) {
  complain({code, Severity::error, std::move(message), span, std::move(label), {}, std::move(help)});
}

bool ParseState::open(const Token* inside, bool in_sequence) {
  if (openers_.size() >= static_cast<std::size_t>(nesting_max)) {
    complain("P0125", "this is nested too deeply", (inside - 1)->span,
             "more than " + std::to_string(nesting_max) + " brackets inside one another",
             "give a part of it a name of its own");
    stopped_ = true;
    return false;
  }
  openers_.push_back(inside - 1);
  in_sequence_ = in_sequence;
  return true;
}

void ParseState::close() { openers_.pop_back(); }

ParseState::Attempt ParseState::begin_declaration() const {
  return {complaints_.size(), static_cast<ExprId>(script_.exprs.size()), openers_.size(), in_sequence_};
}

bool ParseState::end_declaration(const Attempt& attempt) {
  const auto first_unclaimed = unclaimed_.lower_bound(attempt.exprs_before);
  if (first_unclaimed != unclaimed_.end() && complaints_.size() == attempt.complaints) {
    const Expr& expr = script_.exprs[*first_unclaimed];
    const bool wildcard = is_wildcard(expr);
    complain("P0122", wildcard ? "`_` is a pattern, not a value" : "`@@` belongs into patterns",
             wildcard ? expr.span : expr.operator_span, "a value is expected here");
  }
  unclaimed_.erase(first_unclaimed, unclaimed_.end());
  const bool clean = complaints_.size() == attempt.complaints;
  for (std::size_t i = attempt.complaints; i < complaints_.size(); ++i) diagnostics_.report(std::move(complaints_[i]));
  complaints_.resize(attempt.complaints);
  stopped_ = false;
  return clean;
}

const Token* ParseState::abandon_declaration(const Attempt& attempt, const Token* first) {
  unclaimed_.erase(unclaimed_.lower_bound(attempt.exprs_before), unclaimed_.end());
  const bool was_stopped = stopped_;
  end_declaration(attempt);
  if (!was_stopped) report_failure();
  openers_.resize(attempt.depth);
  in_sequence_ = attempt.in_sequence;
  const std::uint32_t left = column(*first);
  const Token* here = std::max(first, furthest_);
  for (; here->kind != end; ++here) {
    if (here->kind == newline && column(here[1]) <= left) break;
    if (here > first && here->kind == close_brace && !openers_.empty() && column(*here) < left) break;
  }
  return here;
}

// What is usually behind such a failure: the habits of other notations.
std::string ParseState::likely_cause(TokenKind before, TokenKind found) const {
  const bool wants_expression = wanted_.contains(KindSet{identifier, number, open_paren});
  const bool wants_operator = wanted_.contains(KindSet{caret, plus});
  const bool line_ends = KindSet{newline, end}.contains(found);
  if (found == define && wanted_.contains(equal)) return "equality is written `==`";
  if (before == greater && KindSet{identifier, number, open_paren}.contains(found))
    return "inside `<` and `>` a comparison with `>` needs parentheses";
  if (found == double_bar && wants_operator)
    return "write `P [| A |] Q` for a set `A` of events that both do together, or `P [A || B] Q`";
  if (KindSet{question, exclamation, dollar}.contains(found) && wants_expression)
    return "a prefix begins with its channel: `c?x -> P`";
  if (wanted_.contains(refines_t) && (line_ends || found == identifier))
    return "an assertion compares two processes, `P [T= Q`, or has a property, `P :[deadlock free]`";
  if (found == slash && wanted_.contains(channel)) return "a comment begins with `--`";
  return {};
}

void ParseState::report_failure() {
  const Token& found = *furthest_;
  if (found.kind == broken) return;  // reported by the lexer
  const Token* before = furthest_ == tokens_.data() ? furthest_ : furthest_ - 1;
  const bool line_ends = found.kind == newline || found.kind == end;
  if (found.kind == end && !KindSet{newline}.contains(wanted_)) wanted_ -= {newline};
  const Span where = line_ends && before->kind != newline ? Span{before->span.end, before->span.end} : found.span;
  Diagnostic diagnostic{"P0120",
                        Severity::error,
                        "unexpected " + in_words(found, sources_),
                        where,
                        "expected " + in_words(wanted_, furthest_in_sequence_),
                        {},
                        {}};
  const Token* opener = furthest_opener_;
  // A name and `=` at the beginning of a line: something before them is not finished.
  const bool next_begins = found.kind == define && begins_line(before);
  if (opener != nullptr && (line_ends || next_begins) && wanted_.contains(closer_of(opener->kind)))
    diagnostic.notes.push_back({opener->span, in_words(*opener, sources_) + " is opened here"});
  if (opener != nullptr && line_ends && (wanted_.contains(exports) || wanted_.contains(endmodule)))
    diagnostic.notes.push_back(
        {opener->span, opener->kind == exports ? "the exports begin here" : "the module begins here"});
  const Token* const last = next_begins && before != tokens_.data() ? before - 1 : before;
  if (last->kind == semicolon && (line_ends || next_begins))
    diagnostic.help = "a declaration ends with its line; `;` puts two processes in sequence";
  else if (!next_begins)
    diagnostic.help = likely_cause(before->kind, found.kind);
  diagnostics_.report(std::move(diagnostic));
}

bool ParseState::begins_line(const Token* token) const {
  if (token == tokens_.data()) return true;
  return sources_.locate(token->span.begin).line != sources_.locate((token - 1)->span.begin).line;
}

std::uint32_t ParseState::column(const Token& token) const { return sources_.locate(token.span.begin).column; }

}  // namespace tryst::csp::grammar
