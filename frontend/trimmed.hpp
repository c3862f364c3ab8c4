// A line of a small text file without the blanks around it.
#pragma once

#include <string_view>

namespace tryst {

// A view into `text`, also where nothing is left.
inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return text.substr(text.size());
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace tryst
