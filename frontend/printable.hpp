// Text of unknown origin made fit for a terminal, and how many columns it takes there.
//
// printable() replaces what could move the cursor, change colours or reorder the line: control characters, invalid
// UTF-8 and invisible or bidirectional format characters each become `?` (one for a byte of invalid UTF-8), a tab
// becomes four blanks. The result is valid UTF-8 on one line. display_width() counts columns of printable text: East
// Asian wide characters two, combining marks none; exact enough to put a caret under a word, not a full implementation
// of Unicode's annex 11. Both are linear in the text.
#pragma once

#include <string>
#include <string_view>

namespace tryst {

std::string printable(std::string_view);
std::size_t display_width(std::string_view);

// The largest offset <= `offset` that does not stand inside a UTF-8 sequence (at most three bytes away).
std::size_t character_start(std::string_view, std::size_t offset);

}  // namespace tryst
