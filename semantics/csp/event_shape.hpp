// Events and sets taken apart into plain data: for code that is generated from a script, and knows no values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tryst::csp {

struct EventField {
  enum class Kind : std::uint8_t {
    integer,   // number
    boolean,   // number: 0 or 1
    constant,  // a constructor without fields, of the datatype `type`; number: its place in the declaration
    other,
  };
  Kind kind = Kind::other;
  std::int64_t number = 0;
  std::string text;  // as CSPM writes it
  std::string type;
};

struct EventShape {
  std::string channel;  // as the user would write it from top level
  std::vector<EventField> fields;
};

}  // namespace tryst::csp
