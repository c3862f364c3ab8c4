#include "runtime/json.hpp"

namespace tryst::runtime {

std::string json_string(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char ch : text) {
    const auto byte = static_cast<unsigned char>(ch);
    if (ch == '"' || ch == '\\') {
      quoted += '\\';
      quoted += ch;
    } else if (byte < 0x20) {
      quoted += "\\u00";
      quoted += digits[byte >> 4];
      quoted += digits[byte & 15];
    } else {
      quoted += ch;
    }
  }
  return quoted + '"';
}

std::string aut_label(std::string_view event) {
  std::string quoted = "\"";
  const std::size_t start = event.find_first_not_of('\\');
  const std::string_view word = event.substr(start == std::string_view::npos ? event.size() : start);
  if (word == "tau" || word == "i" || word == "tick") quoted += '\\';
  for (const char ch : event) {
    if (ch == '"') quoted += '\\';
    quoted += ch;
  }
  return quoted + '"';
}

}  // namespace tryst::runtime
