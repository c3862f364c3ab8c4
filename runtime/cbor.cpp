#include "runtime/cbor.hpp"

#include <limits>

namespace tryst::runtime::cbor {

namespace {

constexpr std::uint8_t inline_max = 23;  // arguments up to this are part of the first byte

// The number of bytes of an argument behind the first byte, and the least argument that needs them.
struct Width {
  std::uint8_t information;
  std::uint8_t bytes;
  std::uint64_t least;
};
constexpr Width widths[] = {{24, 1, 24}, {25, 2, 1ULL << 8}, {26, 4, 1ULL << 16}, {27, 8, 1ULL << 32}};

constexpr std::uint64_t integer_max = std::numeric_limits<std::int64_t>::max();

}  // namespace

void Writer::head(Major major, std::uint64_t argument) {
  const auto high = static_cast<std::uint8_t>(static_cast<unsigned>(major) << 5);
  if (argument <= inline_max) {
    bytes_.push_back(static_cast<std::uint8_t>(high | argument));
    return;
  }
  const Width* width = std::end(widths) - 1;
  while (width->least > argument) --width;
  bytes_.push_back(static_cast<std::uint8_t>(high | width->information));
  for (int shift = 8 * (width->bytes - 1); shift >= 0; shift -= 8)
    bytes_.push_back(static_cast<std::uint8_t>(argument >> shift));
}

void Writer::integer(std::int64_t n) {
  if (n >= 0)
    head(Major::unsigned_integer, static_cast<std::uint64_t>(n));
  else
    head(Major::negative_integer, static_cast<std::uint64_t>(-(n + 1)));
}

void Writer::text(std::string_view s) {
  head(Major::text, s.size());
  bytes_.insert(bytes_.end(), s.begin(), s.end());
}

std::optional<Major> Reader::next() const {
  if (rest_.empty()) return std::nullopt;
  return static_cast<Major>(rest_[0] >> 5);
}

std::optional<Reader::Head> Reader::head(Major major) const {
  if (next() != major) return std::nullopt;
  const std::uint8_t information = rest_[0] & 0x1f;
  if (information <= inline_max) return Head{information, 1};
  for (const Width& width : widths) {
    if (width.information != information) continue;
    if (rest_.size() < std::size_t{1} + width.bytes) return std::nullopt;
    std::uint64_t argument = 0;
    for (std::size_t i = 1; i <= width.bytes; ++i) argument = argument << 8 | rest_[i];
    if (argument < width.least) return std::nullopt;  // not the shortest form
    return Head{argument, std::size_t{1} + width.bytes};
  }
  return std::nullopt;
}

std::optional<std::uint64_t> Reader::take(Major major) {
  const auto found = head(major);
  if (!found) return std::nullopt;
  rest_ = rest_.subspan(found->size);
  return found->argument;
}

std::optional<std::int64_t> Reader::integer() {
  const bool negative = next() == Major::negative_integer;
  const auto found = head(negative ? Major::negative_integer : Major::unsigned_integer);
  if (!found || found->argument > integer_max) return std::nullopt;
  rest_ = rest_.subspan(found->size);
  const auto n = static_cast<std::int64_t>(found->argument);
  return negative ? -n - 1 : n;
}

std::optional<bool> Reader::boolean() {
  if (rest_.empty() || (rest_[0] != 0xf4 && rest_[0] != 0xf5)) return std::nullopt;
  const bool value = rest_[0] == 0xf5;
  rest_ = rest_.subspan(1);
  return value;
}

std::optional<std::string_view> Reader::text() {
  const auto found = head(Major::text);
  if (!found || found->argument > rest_.size() - found->size) return std::nullopt;
  const auto* begin = reinterpret_cast<const char*>(rest_.data()) + found->size;
  const auto size = static_cast<std::size_t>(found->argument);
  rest_ = rest_.subspan(found->size + size);
  return std::string_view(begin, size);
}

// Every item takes a byte at least, so a longer list cannot follow.
std::optional<std::uint64_t> Reader::array() {
  const auto found = head(Major::array);
  if (!found || found->argument > rest_.size() - found->size) return std::nullopt;
  return take(Major::array);
}

std::optional<std::uint64_t> Reader::map() {
  const auto found = head(Major::map);
  if (!found || found->argument > (rest_.size() - found->size) / 2) return std::nullopt;
  return take(Major::map);
}

}  // namespace tryst::runtime::cbor
