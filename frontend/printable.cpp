#include "frontend/printable.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace tryst {

namespace {

struct Character {
  char32_t code;       // `invalid` where the bytes are not UTF-8
  std::size_t length;  // bytes, at least 1
};

constexpr char32_t invalid = 0xffffffff;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// RFC 3629: overlong forms, surrogates and codes above U+10FFFF are invalid.
Character decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {invalid, 1};
  char32_t code = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return {invalid, 1};
    code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3f);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  if (overlong || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {invalid, 1};
  return {code, length};
}

struct CodeRange {
  char32_t first, last;
};

template <std::size_t n>
bool in(const CodeRange (&ranges)[n], char32_t code) {
  const auto after = std::upper_bound(std::begin(ranges), std::end(ranges), code,
                                      [](char32_t wanted, const CodeRange& r) { return wanted < r.first; });
  return after != std::begin(ranges) && code <= std::prev(after)->last;
}

// Controls, zero-width and bidirectional format characters, line and paragraph separators.
constexpr CodeRange hidden[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x200b, 0x200f},
                                {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xe0000, 0xe0fff}};
constexpr CodeRange combining[] = {{0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x1ab0, 0x1aff},
                                   {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};
constexpr CodeRange wide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},   {0xac00, 0xd7a3},
                              {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
                              {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character c = decode(text);
    if (c.code == '\t')
      out += "    ";
    else if (c.code == invalid || in(hidden, c.code))
      out += '?';
    else
      out += text.substr(0, c.length);
    text.remove_prefix(c.length);
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character c = decode(text);
    width += c.code < 0x300 || c.code == invalid ? 1 : in(combining, c.code) ? 0 : in(wide, c.code) ? 2 : 1;
    text.remove_prefix(c.length);
  }
  return width;
}

std::size_t character_start(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  for (std::size_t back = 0; back <= 3 && back <= offset; ++back) {
    const std::size_t start = offset - back;
    if (start == text.size() || !is_continuation(text[start])) return start;
  }
  return offset;
}

}  // namespace tryst
