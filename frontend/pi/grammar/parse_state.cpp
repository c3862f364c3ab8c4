#include "frontend/pi/grammar/parse_state.hpp"

#include <algorithm>
#include <cassert>

#include "frontend/grammar/expectation.hpp"

namespace tryst::pi::grammar {

namespace {

using enum TokenKind;

constexpr KindSet process_tokens{tau_dot, name, quote, open_bracket, exclamation, open_paren, zero, agent_name};

// In the order of trying.
constexpr tryst::grammar::Phrase<KindSet> phrases[] = {
    {process_tokens, process_tokens, "a process"},
    {item_tokens, item_tokens, "a definition or a command"},
    {{bar, plus}, {bar, plus}, "an operator"},
    {{name, zero, number, minus}, {name, zero, number, minus}, "a value"},
};

std::string shown(TokenKind kind) {
  const std::string words(spelling(kind));
  return KindSet{end, broken, name, agent_name, number}.contains(kind) ? words : "`" + words + "`";
}

std::string in_words(KindSet wanted) { return tryst::grammar::in_words<KindSet>(wanted, phrases, token_kinds, shown); }

}  // namespace

ParseState::ParseState(std::span<const Token> tokens, Script& script, const SourceSet& sources,
                       Diagnostics& diagnostics)
    : tokens_(tokens),
      script_(script),
      sources_(sources),
      diagnostics_(diagnostics),
      depths_(script.procs.size(), 1),
      furthest_(tokens.data()) {
  assert(!tokens.empty() && tokens.back().kind == end);
}

ProcId ParseState::add(Proc proc) {
  std::uint16_t depth = 1;
  for (const ProcId p : script_.lists[proc.operands])
    depth = std::max<std::uint16_t>(depth, static_cast<std::uint16_t>(depths_[index(p)] + 1));
  if (depth > depth_max && !stopped_) {
    complain("P0705", "this process is nested too deeply", proc.span,
             "more than " + std::to_string(depth_max) + " operators inside one another", "give a part of it a name");
    stopped_ = true;
  }
  depths_.push_back(std::min<std::uint16_t>(depth, depth_max + 1));
  return script_.procs.add(proc);
}

Span ParseState::span_of(const Token* first, const Token* last) const {
  if (first == last) return {first->span.begin, first->span.begin};
  return {first->span.begin, (last - 1)->span.end};
}

void ParseState::wanted(const Token* here, KindSet kinds) {
  if (here < furthest_) return;
  if (here > furthest_) wanted_ = {};
  furthest_ = here;
  wanted_ |= kinds;
}

void ParseState::complain(std::string_view code, std::string message, Span span, std::string label, std::string help) {
  if (!stopped_)
    complaints_.push_back({code, Severity::error, std::move(message), span, std::move(label), {}, std::move(help)});
}

void ParseState::warn(Diagnostic diagnostic) { warnings_.push_back(std::move(diagnostic)); }

bool ParseState::open(const Token* inside) {
  if (nesting_ >= nesting_max) {
    complain("P0705", "this process is nested too deeply", (inside - 1)->span,
             "more than " + std::to_string(nesting_max) + " brackets inside one another", "give a part of it a name");
    stopped_ = true;
    return false;
  }
  ++nesting_;
  return true;
}

bool ParseState::end_item() {
  const bool clean = complaints_.empty();
  for (auto* list : {&complaints_, &warnings_}) {
    for (Diagnostic& each : *list) diagnostics_.report(std::move(each));
    list->clear();
  }
  stopped_ = false;
  nesting_ = 0;
  return clean;
}

const Token* ParseState::abandon_item(const Token* first) {
  const bool was_stopped = stopped_;
  warnings_.clear();
  end_item();
  if (!was_stopped) report_failure();
  const Token* here = std::max(first + 1, furthest_);
  if (first->kind == end) here = first;
  while (here->kind != end && !item_tokens.contains(here->kind)) ++here;
  return here;
}

void ParseState::report_failure() {
  const Token& found = *furthest_;
  if (found.kind == broken) return;  // reported by the lexer
  const bool file_ends = found.kind == end && furthest_ != tokens_.data();
  const Span where = file_ends ? Span{(furthest_ - 1)->span.end, (furthest_ - 1)->span.end} : found.span;
  const std::string text = KindSet{name, agent_name, number}.contains(found.kind)
                               ? "`" + std::string(sources_.text(found.span)) + "`"
                               : shown(found.kind);
  Diagnostic diagnostic{"P0704", Severity::error, "unexpected " + text, where, "expected " + in_words(wanted_), {}, {}};
  if (found.kind == equal && wanted_.contains(dot))
    diagnostic.help = "definitions begin with `agent`: `agent P(x) = ...`";
  if (wanted_.contains(dot) && !wanted_.contains(KindSet{bar}) && diagnostic.help.empty())
    diagnostic.help = "a prefix is followed by `.` and a process, if only `.0`";
  diagnostics_.report(std::move(diagnostic));
}

}  // namespace tryst::pi::grammar
