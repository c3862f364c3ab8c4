// The scanner's literals, properties, and text that is none of these.
#include <cassert>

#include "frontend/csp/lexer_scanner.hpp"
#include "frontend/csp/lexer_table.hpp"

namespace tryst::csp {

namespace {

using enum TokenKind;

struct Lookalike {
  std::string_view character;
  std::string_view ascii;
};

// Operators as papers print them.
constexpr Lookalike lookalikes[] = {
    {"→", "->"}, {"□", "[]"}, {"⊓", "|~|"}, {"∥", "||"},  {"⫴", "|||"}, {"△", "/\\"}, {"▷", "[>"}, {"∖", "\\"},
    {"≤", "<="}, {"≥", ">="}, {"≠", "!="},  {"∧", "and"}, {"∨", "or"},  {"¬", "not"}, {"⟨", "<"},  {"⟩", ">"},
    {"⌢", "^"},  {"λ", "\\"}, {"“", "\""},  {"”", "\""},  {"‘", "'"},   {"’", "'"},   {"–", "-"},  {"−", "-"},
};

// Bytes of the UTF-8 character that `text` begins with; 0 when it begins with none.
std::size_t utf8_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
  return length;
}

std::string in_words(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character[0]);
  if (character.size() > 1 || (byte > ' ' && byte < 0x7F)) return "the character `" + std::string(character) + "`";
  constexpr std::string_view digits = "0123456789ABCDEF";
  return std::string("the byte 0x") + digits[byte / 16] + digits[byte % 16];
}

bool is_property_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '_';
}

std::string_view without_blanks(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

// One byte between quotes; behind a backslash `n`, `r` and `t` are control characters and all others themselves.
void Scanner::scan_character() {
  const std::size_t begin = at_;
  const bool escaped = peek(1) == '\\';
  const std::size_t close = begin + (escaped ? 3 : 2);
  char value = peek(escaped ? 2 : 1);
  if (close >= text_.size() || text_[close] != '\'' || value == '\n') {
    at_ = begin + 1;
    report("P0104", "this quote does not enclose one character", begin, at_, {},
           "a character is one byte between quotes, as in `'a'`; a name may only end in primes");
    return emit(broken, begin);
  }
  if (escaped) value = value == 'n' ? '\n' : value == 'r' ? '\r' : value == 't' ? '\t' : value;
  at_ = close + 1;
  emit(character, begin, no_id<Symbol>, static_cast<unsigned char>(value));
}

// Behind a backslash `n`, `r` and `t` are control characters; any other escape, `\\` included, is a double quote.
void Scanner::scan_string() {
  const std::size_t begin = at_++;
  std::string value;
  for (; !at_end() && peek() != '"' && peek() != '\n'; ++at_) {
    if (peek() != '\\') {
      value += peek();
      continue;
    }
    ++at_;
    if (at_end() || peek() == '\n') break;
    value += peek() == 'n' ? '\n' : peek() == 'r' ? '\r' : peek() == 't' ? '\t' : '"';
  }
  if (peek() != '"' || at_end()) {
    report("P0104", "this string is not closed on its line", begin, begin + 1, "opened here");
    return emit(broken, begin);
  }
  ++at_;
  emit(string, begin, symbols_.intern(value));
}

void Scanner::scan_garbage() {
  const std::size_t begin = at_;
  at_ += std::max<std::size_t>(1, utf8_length(rest()));
  const std::string_view found = std::string_view(text_).substr(begin, at_ - begin);
  std::string help;
  for (const Lookalike& row : lookalikes)
    if (row.character == found) help = "CSPM is written in ASCII: `" + std::string(row.ascii) + "`";
  // A run of such bytes, a word in another script say, is one mistake.
  while (!at_end() && static_cast<unsigned char>(peek()) >= 0x80) ++at_;
  report("P0102", in_words(found) + " has no meaning here", begin, at_, {}, std::move(help));
  emit(broken, begin);
}

// Between `:[` and `]`. A line may end before a `[` or `]` only, so that a missing `]` costs no more than its line.
void Scanner::scan_property() {
  const std::size_t begin = at_;
  const bool line_ended = newline_at_ != npos;
  if (line_ended && peek() != '[' && peek() != ']') {
    at_ = newline_at_;
    newline_at_ = npos;
    report("P0110", "this `:[` is not closed on its line", at_, at_, "expected `]`");
    in_property_ = false;
    return emit(broken, at_);
  }
  newline_at_ = npos;
  if (peek() != ']') return scan_property_item();
  at_ += peek(1) == ':' ? 2 : 1;
  in_property_ = false;
  emit(close_property, begin);
}

void Scanner::scan_property_item() {
  const std::size_t begin = at_;
  if (peek() == '[') {
    at_ = std::min(text_.find_first_of("]\n", at_), text_.size() - 1) + 1;
  } else {
    while (is_property_part(peek())) ++at_;
  }
  const std::string_view words = without_blanks(std::string_view(text_).substr(begin, at_ - begin));
  if (const TokenKind kind = property(words); kind != broken) {
    at_ = begin + words.size();
    return emit(kind, begin);
  }
  const std::size_t item_end = begin + std::max<std::size_t>(1, words.size());
  const std::string shown(std::string_view(text_).substr(begin, item_end - begin));
  const std::string_view near = did_you_mean(shown, property_names());
  report("P0110", "`" + shown + "` is no property or option of an assertion", begin, item_end, {},
         near.empty() ? std::string() : "did you mean `" + std::string(near) + "`?");
  at_ = std::min(text_.find_first_of("]\n", begin), text_.size());
  in_property_ = false;
  if (peek() == ']') at_ += peek(1) == ':' ? 2 : 1;
  emit(broken, begin);
}

}  // namespace tryst::csp
