#include "frontend/csp/lexer_scanner.hpp"

#include <cassert>
#include <charconv>

#include "frontend/csp/lexer_table.hpp"

namespace tryst::csp {

namespace {

using enum TokenKind;

// ASCII only, whatever the locale.
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_part(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

}  // namespace

Scanner::Scanner(FileId file, const SourceSet& sources, Symbols& symbols, Diagnostics& diagnostics, TokenStream& out)
    : symbols_(symbols), diagnostics_(diagnostics), out_(out), text_(sources.text(file)), base_(sources.base(file)) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a byte-order mark
  if (text_.starts_with("{\\rtf")) {
    report("P0111", "this file is rich text, not a CSPM script", 0, 5, {}, "save it as plain text");
    emit(broken, 0);
    at_ = text_.size();
  }
}

std::optional<Scanner::Directive> Scanner::scan() {
  for (skip_blanks(); !at_end(); skip_blanks()) {
    if (in_property_) {
      scan_property();
    } else if (is_letter(peek())) {
      if (auto directive = scan_word()) return directive;
    } else {
      scan_token();
    }
  }
  return std::nullopt;
}

void Scanner::scan_token() {
  const char c = peek();
  if (is_digit(c))
    scan_number();
  else if (c == '\'')
    scan_character();
  else if (c == '"')
    scan_string();
  else
    scan_symbol();
}

void Scanner::skip_blanks() {
  while (!at_end()) {
    if (is_blank(peek())) {
      if (peek() == '\n' && newline_at_ == npos) newline_at_ = at_;
      ++at_;
    } else if (peek() == '-' && peek(1) == '-') {
      line_comment();
    } else if (peek() == '{' && peek(1) == '-') {
      block_comment();
    } else {
      return;
    }
  }
}

void Scanner::line_comment() {
  const std::size_t begin = at_;
  at_ = std::min(text_.find('\n', at_), text_.size());
  std::size_t last = at_;
  if (last > begin && text_[last - 1] == '\r') --last;
  out_.comments.push_back(span(begin, last));
}

// Block comments nest. The character behind a `-` or `{` is taken together with it and not looked at again, so `--}`
// does not close a comment. Like a token that joins, a block comment takes back the newlines before it.
void Scanner::block_comment() {
  const std::size_t begin = at_;
  at_ += 2;
  for (std::size_t open = 1; open > 0;) {
    if (at_end()) {
      report("P0103", "this comment is never closed", begin, begin + 2, "opened here",
             "a comment ends at `-}`; comments nest, and `--}` does not close one");
      emit(broken, begin);
      return;
    }
    if (peek() == '-' || peek() == '{') {
      if (peek() == '-' && peek(1) == '}') --open;
      if (peek() == '{' && peek(1) == '-') ++open;
      ++at_;
    }
    at_ = std::min(at_ + 1, text_.size());
  }
  newline_at_ = npos;
  out_.comments.push_back(span(begin, at_));
}

std::optional<Scanner::Directive> Scanner::scan_word() {
  const std::size_t begin = at_;
  while (is_name_part(peek())) ++at_;
  const std::string_view word = std::string_view(text_).substr(begin, at_ - begin);
  if (peek() == '\'') {
    while (peek() == '\'') ++at_;
    emit(identifier, begin, symbols_.intern(std::string_view(text_).substr(begin, at_ - begin)));
    return std::nullopt;
  }
  if (word == "include") return scan_include(begin);
  if (word == "print" && (peek() == ' ' || peek() == '\t')) {
    const std::size_t text_begin = at_ + 1;
    at_ = std::min(text_.find('\n', at_), text_.size());
    std::string_view printed = std::string_view(text_).substr(text_begin, at_ - text_begin);
    while (!printed.empty() && is_blank(printed.back())) printed.remove_suffix(1);
    while (!printed.empty() && is_blank(printed.front())) printed.remove_prefix(1);
    emit(print, begin, symbols_.intern(printed));
    return std::nullopt;
  }
  const TokenKind kind = keyword(word);
  emit(kind, begin, kind == identifier ? symbols_.intern(word) : no_id<Symbol>);
  return std::nullopt;
}

// The rest of the line belongs to the directive, a comment included.
std::optional<Scanner::Directive> Scanner::scan_include(std::size_t begin) {
  const std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
  std::string_view line = std::string_view(text_).substr(at_, line_end - at_);
  const std::size_t open = line.find_first_not_of(" \t\r\f\v");
  const std::size_t close = open == npos ? npos : line.find('"', open + 1);
  if (open == npos || line[open] != '"' || close == npos) {
    report("P0106", "an `include` names a file in double quotes", begin, begin + 7, {},
           "write `include \"other.csp\"`");
    emit(broken, begin);
    at_ = line_end;
    return std::nullopt;
  }
  Directive directive{std::string(line.substr(open + 1, close - open - 1)), span(begin, at_ + close + 1)};
  const std::size_t after = line.find("--", close + 1);
  if (after != npos) {
    const std::size_t last = line.ends_with('\r') ? line_end - 1 : line_end;
    out_.comments.push_back(span(at_ + after, last));
  }
  at_ = line_end;
  emit_newline();
  soaking_ = true;
  newline_at_ = npos;
  return directive;
}

void Scanner::scan_number() {
  const std::size_t begin = at_;
  while (is_digit(peek())) ++at_;
  std::int64_t value = 0;
  const auto [end_of_digits, error] = std::from_chars(text_.data() + begin, text_.data() + at_, value);
  if (error != std::errc{}) {
    report("P0105", "this number does not fit into 64 bits", begin, at_, {},
           "the largest number is 9223372036854775807");
    value = 0;
  }
  emit(number, begin, no_id<Symbol>, value);
}

void Scanner::scan_symbol() {
  const std::size_t begin = at_;
  const char before = at_ == 0 ? '\n' : text_[at_ - 1];
  if (peek() == '(' && peek(1) == '|' && is_blank(peek(2))) {
    at_ += 2;
    return emit(open_map, begin);
  }
  if (peek() == ':' && peek(1) == ':') {
    at_ += 2;
    return emit(is_blank(before) || peek() == ' ' || peek() == '\t' ? of_type : scope, begin);
  }
  if (peek() == '<') {
    const std::size_t close = text_.find_first_not_of(" \t\n\r\f\v", at_ + 1);
    if (close != npos && text_[close] == '>') {
      at_ = close + 1;
      return emit(empty_sequence, begin);
    }
  }
  const TokenInfo* row = longest_symbol(rest());
  if (row == nullptr) return scan_garbage();
  at_ += row->spelling.size();
  emit(row->kind, begin);
  in_property_ = row->kind == open_property;
}

void Scanner::emit(TokenKind kind, std::size_t begin, Symbol symbol, std::int64_t value) {
  if (newline_at_ != npos && !soaking_ && !info(kind).joins) emit_newline();
  newline_at_ = npos;
  soaking_ = info(kind).soaks;
  out_.tokens.push_back({kind, span(begin, std::max(begin, at_)), symbol, value});
}

void Scanner::emit_newline() {
  const std::size_t begin = newline_at_ == npos ? at_ : newline_at_;
  out_.tokens.push_back({newline, span(begin, std::min(begin + 1, text_.size()))});
}

Span Scanner::span(std::size_t begin, std::size_t end_offset) const {
  assert(begin <= end_offset && end_offset <= text_.size());
  return {base_ + static_cast<std::uint32_t>(begin), base_ + static_cast<std::uint32_t>(end_offset)};
}

void Scanner::report(std::string_view code, std::string message, std::size_t begin, std::size_t end_offset,
                     std::string label, std::string help) {
  diagnostics_.report(
      {code, Severity::error, std::move(message), span(begin, end_offset), std::move(label), {}, std::move(help)});
}

}  // namespace tryst::csp
