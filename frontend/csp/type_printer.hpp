// Types in the notation of annotations: `(Eq a, Set b) => ({(a, b)}) -> (a) -> {b}`.
//
// Variables are called a, b, c .. in the order in which one printer meets them, those of annotations by their own
// names. One printer for all types of a diagnostic, so that a variable has the same name throughout. A type of more
// than `parts_max` parts is cut short with `..`: types can be exponentially larger than the script.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "frontend/csp/typing.hpp"

namespace tryst::csp {

class TypePrinter {
 public:
  static constexpr int parts_max = 200;

  explicit TypePrinter(const Typed& typed) : typed_(typed) {}

  // With its constraints in front.
  std::string scheme(TypeId);
  std::string type(TypeId);

 private:
  enum class Place { whole, dotable_side, dot_side };

  void put(TypeId, Place);
  void put_list(std::span<const TypeId>);
  void put_field(TypeId);
  void put_dotable(TypeId);
  std::string variable(TypeId);

  const Typed& typed_;
  std::unordered_map<std::uint32_t, std::string> names_;  // by TypeId of an unbound variable
  std::unordered_set<std::string> taken_;
  std::string out_;
  int parts_ = 0;
};

}  // namespace tryst::csp
