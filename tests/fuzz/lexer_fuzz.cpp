// Any bytes are tokens with ascending spans inside the file, and an `end`.
#include <cstdint>
#include <cstdlib>

#include "frontend/csp/lexer.hpp"

using namespace tryst;
using namespace tryst::csp;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SourceSet sources;
  FileId file{};
  if (!sources.add("fuzz.csp", std::string(reinterpret_cast<const char*>(data), size), file)) return 0;
  Symbols symbols;
  Diagnostics diagnostics;
  const TokenStream stream = lex(file, "/nonexistent", sources, symbols, diagnostics);
  std::uint32_t at = 0;
  for (const Token& token : stream.tokens) {
    if (token.span.begin > token.span.end || token.span.end > size) std::abort();
    if (token.kind != TokenKind::newline && token.span.begin < at) std::abort();
    at = token.span.begin;
    if ((token.kind == TokenKind::end) != (&token == &stream.tokens.back())) std::abort();
    if (token.kind == TokenKind::broken && !diagnostics.has_errors()) std::abort();
  }
  return 0;
}
