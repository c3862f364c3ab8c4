// A script parsed from a text, and its tree as nested lists: an independent view of what the parser built.
#pragma once

#include <string>

#include "frontend/csp/parser.hpp"

namespace tryst::csp::test {

struct Parsed {
  explicit Parsed(const std::string& text, const std::string& name = "test.csp");

  SourceSet sources;
  Diagnostics diagnostics;
  Script script;

  // All diagnostics as the tool prints them.
  std::string rendered() const;
  // Codes in the order of reporting, between blanks.
  std::string codes() const;
};

// The body of `x = <text>` as a nested list with the operators' names: "(add 1 (multiply 2 3))". Errors give their
// codes.
std::string shape(const std::string& text);

// The same for all declarations of a script, one a line.
std::string shapes(const std::string& text);
std::string shapes(const Script&);

}  // namespace tryst::csp::test
