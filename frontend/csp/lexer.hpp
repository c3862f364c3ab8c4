// Text → tokens, with everything that a file includes spliced in where the directive stands.
//
// A newline token stands at both ends of an included file, so no expression crosses the boundary. Text that is no token
// is reported and becomes a `broken` token; lexing goes on behind it, and only the declaration around it is lost. The
// sequence bracket `>` and the comparison are one token here: which of them it is depends on what the parser has open.
// Cost: linear in the text. Limits: `include_depth_max`, `include_count_max`, `file_size_max`.
#pragma once

#include <string>
#include <vector>

#include "frontend/csp/token.hpp"
#include "frontend/diagnostic.hpp"

namespace tryst::csp {

inline constexpr int include_depth_max = 64;
inline constexpr std::size_t include_count_max = 10'000;
inline constexpr std::size_t file_size_max = std::size_t{1} << 26;  // bytes

struct TokenStream {
  std::vector<Token> tokens;      // the last one is `end`, and only that
  std::vector<Span> comments;     // with their delimiters, in the order read
  std::vector<Include> includes;  // likewise
};

// Relative includes are looked up beside `directory`.
TokenStream lex(FileId, const std::string& directory, SourceSet&, Symbols&, Diagnostics&);

// Reads a file and adds it to the set. When that is impossible, it is reported at `directive` (nowhere: no include
// asked).
bool read_source(const std::string& path, Span directive, SourceSet&, FileId&, Diagnostics&);

}  // namespace tryst::csp
