// Look-ups in the table of tokens, for the lexer only.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/csp/token.hpp"

namespace tryst::csp {

// The row of the longest symbol that `text` begins with (`[|` before `[`), or null. `(|`, ` ::` and `<   >` depend on
// the blanks around them and are the lexer's business.
const TokenInfo* longest_symbol(std::string_view text);

// The keyword that a word is, or `identifier`. Words with primes are never keywords; the caller need not look.
TokenKind keyword(std::string_view word);

// What stands between `:[` and `]`, either words ("deadlock free") or a bracket ("[FD]"); `broken` when it is nothing.
TokenKind property(std::string_view words);

// The properties and options in words, for "did you mean".
std::vector<std::string_view> property_names();

}  // namespace tryst::csp
