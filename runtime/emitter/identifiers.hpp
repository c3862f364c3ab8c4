// Names of a model as identifiers of C++, and texts as literals.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace tryst::emitter {

// Letters, digits and single underscores, never a word of C++: `M::c` is `M_c`, `x'` is `x_`.
std::string identifier(std::string_view name);

// The same in lower case, for namespaces and files: `SENDER(false)` is `sender_false`.
std::string lower_identifier(std::string_view name);

// What a program that is made of this process is called: a target of CMake.
std::string program_identifier(std::string_view expression);

// Makes identifiers differ from those given out before.
class Identifiers {
 public:
  std::string distinct(std::string wanted);
  bool is_taken(const std::string& identifier) const { return taken_.contains(identifier); }
  // The identifier of a name, always the same.
  const std::string& of(const std::string& name);

 private:
  std::set<std::string> taken_;
  std::map<std::string, std::string> of_name_;
};

// Has given out already what the code of a component calls things itself.
Identifiers names_for_components();

// With quotes; any bytes.
std::string literal(std::string_view text);

// Text that may stand in a comment of one line.
std::string comment(std::string_view text);

}  // namespace tryst::emitter
