#include "checker/question.hpp"

namespace tryst {

std::string_view name(Model model) {
  static constexpr std::string_view names[] = {"T", "F", "FD", "V", "VD", "R", "RD"};
  return names[static_cast<std::size_t>(model)];
}

}  // namespace tryst
