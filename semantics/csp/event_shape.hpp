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
    // In parts:
    data,  // a constructor with its fields: parts; type and number likewise
    tuple,
    dots,  // values dotted together, of which the first is no constructor
    sequence,
    set,      // the elements, ascending
    map,      // key, value, key, value ..; keys ascending
    process,  // number: its ProcessId
    other,    // a channel, a function, a character, an infinite set
  };
  Kind kind = Kind::other;
  std::int64_t number = 0;
  std::string text;  // as CSPM writes it
  std::string type;
  std::vector<EventField> parts{};

  bool is_number() const { return kind <= Kind::constant; }  // `number` says all
};

struct EventShape {
  std::string channel;  // as the user would write it from top level
  std::vector<EventField> fields;
};

}  // namespace tryst::csp
