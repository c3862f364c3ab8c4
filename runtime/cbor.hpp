// Deterministic CBOR (RFC 8949, section 4.2.1): one encoding for each value, definite lengths, shortest heads.
//
// The writer appends. The reader takes bytes from anywhere: each function answers whether what follows is an item of its
// kind in its shortest form, and takes it only then; lengths are those that can still follow, so no input makes a reader
// allocate more than the input's size. Nothing throws.
//   head       3 bits of major type, then the argument in 0, 1, 2, 4 or 8 more bytes
// Threads: none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tryst::runtime::cbor {

enum class Major : std::uint8_t { unsigned_integer, negative_integer, bytes, text, array, map, tag, simple };

class Writer {
 public:
  void integer(std::int64_t);
  void unsigned_integer(std::uint64_t n) { head(Major::unsigned_integer, n); }
  void boolean(bool b) { bytes_.push_back(b ? 0xf5 : 0xf4); }
  void text(std::string_view);
  void array(std::uint64_t items) { head(Major::array, items); }  // followed by the items
  void map(std::uint64_t pairs) { head(Major::map, pairs); }      // by keys and values, keys ascending as encoded
  void tag(std::uint64_t number) { head(Major::tag, number); }    // by one item

  const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  void head(Major, std::uint64_t argument);

  std::vector<std::uint8_t> bytes_;
};

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty(); }
  std::optional<Major> next() const;  // the kind of what follows; none at the end

  std::optional<std::int64_t> integer();
  std::optional<std::uint64_t> unsigned_integer() { return take(Major::unsigned_integer); }
  std::optional<bool> boolean();
  std::optional<std::string_view> text();  // a view of the input
  std::optional<std::uint64_t> array();
  std::optional<std::uint64_t> map();
  std::optional<std::uint64_t> tag() { return take(Major::tag); }

 private:
  struct Head {
    std::uint64_t argument;
    std::size_t size;  // of the head in bytes
  };
  std::optional<Head> head(Major) const;
  std::optional<std::uint64_t> take(Major);

  std::span<const std::uint8_t> rest_;
};

}  // namespace tryst::runtime::cbor
