// The lexer of one file: turns characters into tokens until the file ends; an `include` is left to whoever drives it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "frontend/csp/lexer.hpp"

namespace tryst::csp {

class Scanner {
 public:
  Scanner(FileId file, const SourceSet& sources, Symbols& symbols, Diagnostics& diagnostics, TokenStream& out);

  // Lexes up to the end of the file or the next `include`; in the latter case gives the path written there, and the
  // directive's span. Malformed directives have been reported and are skipped.
  struct Directive {
    std::string path;
    Span span;
  };
  std::optional<Directive> scan();

 private:
  // Blanks and comments; notes whether a newline that counts was among them.
  void skip_blanks();
  void line_comment();
  void block_comment();

  void scan_token();
  std::optional<Directive> scan_word();
  void scan_number();
  void scan_character();
  void scan_string();
  void scan_symbol();
  void scan_property();
  void scan_property_item();
  void scan_garbage();
  std::optional<Directive> scan_include(std::size_t begin);

  void emit(TokenKind, std::size_t begin, Symbol = no_id<Symbol>, std::int64_t number = 0);
  void emit_newline();
  void report(std::string_view code, std::string message, std::size_t begin, std::size_t end_offset,
              std::string label = {}, std::string help = {});

  Span span(std::size_t begin, std::size_t end_offset) const;
  std::string_view rest() const { return std::string_view(text_).substr(at_); }
  bool at_end() const { return at_ >= text_.size(); }
  // The character `ahead` places further on; NUL beyond the end.
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  Symbols& symbols_;
  Diagnostics& diagnostics_;
  TokenStream& out_;
  std::string text_;  // a copy: the set may move its texts when an include is added
  std::uint32_t base_;
  std::size_t at_ = 0;
  std::size_t newline_at_ = npos;  // the first newline since the last token, if it may become a token
  bool soaking_ = true;            // the last token swallows newlines
  bool in_property_ = false;

  static constexpr std::size_t npos = std::string_view::npos;
};

}  // namespace tryst::csp
