// The lines of a stream, one after another, without keeping the stream: for files larger than memory should hold.
//
// A line ends with LF, which is not part of it, nor is a CR before it; the last line need not end. The text of a line
// is valid until the next one is asked for. Memory: a buffer of 1 MiB, or of twice the longest line if that is more.
// Errors of the stream end it early; the caller asks the stream.
#pragma once

#include <cstdint>
#include <istream>
#include <string_view>
#include <vector>

namespace tryst {

class LineReader {
 public:
  explicit LineReader(std::istream& in) : in_(in), buffer_(std::size_t{1} << 20) {}

  bool next();  // moves to the next line, at first to the first one; false at the end
  std::string_view text() const { return text_; }
  std::uint32_t number() const { return number_; }  // from 1; 0 before the first
  std::uint64_t bytes() const { return bytes_; }    // read so far, those of later lines included

 private:
  bool refill();

  std::istream& in_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // buffer_[begin_, end_) is read and not handed out
  std::size_t end_ = 0;
  std::string_view text_;
  std::uint32_t number_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace tryst
