// A component's process as a program: points that the process can be at, each with variables, and what it can do there.
//
// This is the part of CSPM that C++ says as well as CSPM does: sequential processes over integers, Booleans, values of
// datatypes, and tuples, sequences, sets and maps of these. It is read from the script's tree (translate.hpp), run in the emitter to see
// that it is the component (interpret.hpp), and written as C++ (write_machine.cpp). Everything is strict: where a script
// owes its meaning to laziness, running it shows, and the component is emitted as a table.
//   points       a state is at one of them, with a value for each of its variables
//   variables    of all points and functions; no two that are in scope together have the same identifier
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "frontend/source.hpp"

namespace tryst::emitter {

// The type of a value, by its structure.
struct DataType {
  enum class Kind : std::uint8_t {
    integer,
    boolean,
    enumeration,  // a datatype of constants
    // In parts:
    datatype,  // one with fields
    tuple,
    dots,  // 1.true: as a tuple, but for how it is written
    sequence,
    set,
    map,
  };
  Kind kind = Kind::integer;
  std::uint32_t datatype = 0;     // enumeration, datatype: index into MachineCode::datatypes
  std::vector<DataType> parts{};  // tuple, dots: the items; sequence, set: an element; map: key, value

  bool is_scalar() const { return kind <= Kind::enumeration; }
  bool has_items() const { return kind == Kind::tuple || kind == Kind::dots; }
  const DataType& element() const { return parts[0]; }
  DataType as(Kind of) const { return {of, datatype, parts}; }
  friend bool operator==(const DataType&, const DataType&) = default;
  friend std::strong_ordering operator<=>(const DataType&, const DataType&);
};

struct Datatype {
  struct Constructor {
    std::string name;
    std::vector<DataType> fields{};  // none of them `dots`
  };
  std::string name;
  std::vector<Constructor> constructors;  // in the order declared; a value is the index of one, and its fields
};

bool is_enumeration(const Datatype&);  // all constructors are constants

struct Expression {
  // clang-format off
  enum class Op : std::uint8_t {
    literal,   // number
    variable,  // number: index into MachineCode::variables
    call,      // number: index into MachineCode::functions; argument*
    failure,   // no clause of a function matches
    conditional,  // condition, then, else
    let,       // number: variable; value, body
    and_, or_, not_,
    equal, not_equal, less, less_equal, greater, greater_equal,
    add, subtract, multiply, divide, modulo, negate,
    length, head, tail, concat,  // of sequences
    list,      // element*
    tuple,     // item*; also for dots
    item,      // number: which; a tuple, or dots
    construct, // number: which constructor; field*
    is,        // number: constructor; a value of a datatype with fields
    fields,    // number: constructor; a value made with it: its fields as a tuple
    set, set_range,                   // element*; from, to
    unite, intersect, subtract_set,   // of sets
    member,                           // value, set
    as_sequence, as_set,              // a set in ascending order; a sequence without order
    map_of,                           // of a sequence of keys with values, in which the last of a key counts
    lookup, has_key,                  // map, key
    update,                           // map, key, value
    erase,                            // map, key
    entries,                          // of a map: a sequence of keys with values, ascending
  };
  // clang-format on
  Op op;
  DataType type;
  std::int64_t number = 0;
  std::vector<Expression> operands{};

  friend bool operator==(const Expression&, const Expression&) = default;
};

// The values that an input or a replicated choice ranges over: those of a list, or from..to, for which all filters hold.
struct Domain {
  bool is_range = false;
  bool is_set = false;  // values[0] is a set
  std::vector<Expression> values{};
  std::vector<Expression> filters{};  // conditions on the variable
};

struct Variable {
  std::string identifier;
  DataType type;
};

struct Process {
  // clang-format off
  enum class Form : std::uint8_t {
    stop, skip,
    failure,      // no clause of a process matches
    prefix,       // channel, inputs, fields; operands[0]: what follows, as a target
    external,     // operands*
    internal,     // operands*, targets
    together,     // operands*: all that they offer, also what is done before a choice is made
    conditional,  // condition; operands: then, else
    let,          // variable, condition: its value; operands[0]
    call,         // point, arguments
    each,         // external choice over variable: domain; operands[0]
    each_internal,
  };
  // clang-format on
  struct Input {
    std::uint32_t variable;
    Domain domain;
  };
  static constexpr std::uint32_t no_point = 0xffffffff;

  Form form;
  bool is_termination = false;  // internal: the only operand is what follows where the process would terminate
  std::vector<Process> operands{};
  Expression condition{};
  std::string channel{};
  std::vector<Input> inputs{};       // in the order of reading; domains may depend on the variables before
  std::vector<Expression> fields{};  // of the event
  std::uint32_t variable = 0;
  Domain domain{};
  // call: the one that is called. In a target: the point that is reached, unless the form is conditional or let.
  std::uint32_t point = no_point;
  std::vector<Expression> arguments{};  // of the point
};

struct Function {
  std::string identifier;
  std::string name;  // in the script
  std::vector<std::uint32_t> parameters;
  Expression body{};
  Span span;
};

struct Point {
  std::string identifier;
  std::string name;  // of the process in the script; empty for the rest of an expression
  std::vector<std::uint32_t> variables;
  Process body{};
  Span span;  // of the expression
};

struct MachineCode {
  std::vector<Datatype> datatypes;
  std::vector<Variable> variables;
  std::vector<Function> functions;
  std::vector<Point> points;
  std::map<DataType, std::int64_t> length_max;  // of sequences, sets and maps: of all that interpreting it has met
  bool repeats = false;  // in some state it offers an event in several ways, or hidden steps from several places
};

// By channel: the types of the fields of its events, where a prefix has it.
std::map<std::string, std::vector<DataType>> field_types(const MachineCode&);

}  // namespace tryst::emitter
