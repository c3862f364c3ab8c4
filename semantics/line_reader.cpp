#include "semantics/line_reader.hpp"

#include <cstring>

namespace tryst {

bool LineReader::next() {
  std::size_t searched = 0;  // of the bytes from begin_, those without LF
  for (;;) {
    const char* const first = buffer_.data() + begin_;
    const void* const found = std::memchr(first + searched, '\n', end_ - begin_ - searched);
    const std::size_t length =
        found != nullptr ? static_cast<std::size_t>(static_cast<const char*>(found) - first) : end_ - begin_;
    if (found == nullptr) {
      searched = length;
      if (refill()) continue;
      if (length == 0) return false;
    }
    text_ = {buffer_.data() + begin_, length};
    if (text_.ends_with('\r')) text_.remove_suffix(1);
    begin_ += length + (found != nullptr ? 1 : 0);
    ++number_;
    return true;
  }
}

// Reads more behind what is left, which it moves to the front. False at the end of the stream.
bool LineReader::refill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (2 * end_ > buffer_.size()) buffer_.resize(2 * buffer_.size());
  in_.read(buffer_.data() + end_, static_cast<std::streamsize>(buffer_.size() - end_));
  const auto count = static_cast<std::size_t>(in_.gcount());
  end_ += count;
  bytes_ += count;
  return count > 0;
}

}  // namespace tryst
