// Text that is written line by line, each as deep as the writer stands: the base of what writes C++.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace tryst::emitter {

class IndentedText {
 protected:
  // Of several lines, each is indented.
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    const std::string text = fmt::format(format, std::forward<Arguments>(arguments)...);
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      if (end > begin) out_.append(2 * depth_, ' ').append(text, begin, end - begin);
      out_ += '\n';
      begin = end + 1;
    }
  }

  std::string out_;
  std::size_t depth_ = 0;  // steps of two blanks
};

}  // namespace tryst::emitter
