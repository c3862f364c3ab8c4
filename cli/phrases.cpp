#include "cli/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "frontend/printable.hpp"

namespace tryst::cli {

std::string with_separators(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string duration(double seconds) {
  if (seconds < 0.9995) return fmt::format("{:.0f} ms", std::ceil(seconds * 1000));
  if (seconds < 99.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(seconds);
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

std::string count(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", with_separators(number), noun, number == 1 ? "" : "s");
}

std::string trace_text(const std::vector<std::string>& events) { return fmt::format("<{}>", fmt::join(events, ", ")); }
std::string set_text(const std::vector<std::string>& events) { return fmt::format("{{{}}}", fmt::join(events, ", ")); }

std::string abridged(const std::vector<std::string>& elements, std::string_view separator, std::size_t width) {
  constexpr std::size_t room_for_rest = 7;  // ",+99999"
  std::string out;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::string next = (i == 0 ? std::string() : std::string(separator)) + elements[i];
    const std::size_t reserve = i + 1 == elements.size() ? 0 : room_for_rest;
    if (i > 0 && display_width(out) + display_width(next) + reserve > width)
      return fmt::format("{}{}+{}", out, separator, elements.size() - i);
    out += next;
  }
  return out;
}

std::string paragraph(std::string_view text, std::string_view first, std::string_view rest, std::size_t width) {
  std::string out(first);
  std::size_t start = display_width(first), column = start;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::size_t length = display_width(text.substr(0, end));
    if (column > start && column + 1 + length > width) {
      out += fmt::format("\n{}", rest);
      column = start = display_width(rest);
    } else if (column > start) {
      out += ' ';
      ++column;
    }
    out += text.substr(0, end);
    column += length;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + "\n";
}

}  // namespace tryst::cli
