// A component's process as a program: points that the process can be at, each with variables, and what it can do there.
//
// This is the part of CSPM that C++ says as well as CSPM does: sequential processes over integers, Booleans, constants
// of datatypes, and sequences and sets of these. It is read from the script's tree (translate.hpp), run in the emitter to see
// that it is the component (interpret.hpp), and written as C++ (write_machine.cpp). Everything is strict: where a script
// owes its meaning to laziness, running it shows, and the component is emitted as a table.
//   points       a state is at one of them, with a value for each of its variables
//   variables    of all points and functions; no two that are in scope together have the same identifier
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "frontend/source.hpp"

namespace tryst::emitter {

struct DataType {
  enum class Kind : std::uint8_t { integer, boolean, enumeration };
  enum class Shape : std::uint8_t { scalar, sequence, set };
  Kind kind = Kind::integer;
  std::uint32_t enumeration = 0;  // index into MachineCode::enumerations
  Shape shape = Shape::scalar;    // of what `kind` says

  bool is_scalar() const { return shape == Shape::scalar; }
  DataType element() const { return {kind, enumeration, Shape::scalar}; }
  DataType as(Shape of) const { return {kind, enumeration, of}; }
  friend auto operator<=>(const DataType&, const DataType&) = default;
};

struct Enumeration {
  std::string name;                    // of the datatype
  std::vector<std::string> constants;  // in the order declared; a value is an index
};

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
    set, set_range,                   // element*; from, to
    unite, intersect, subtract_set,   // of sets
    member,                           // value, set
    as_sequence, as_set,              // a set in ascending order; a sequence without order
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
    prefix,       // channel, fields; operands[0]: what follows, as a target
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
  struct Field {  // an output has a value, an input a variable and its domain
    bool is_input;
    Expression value{};
    std::uint32_t variable = 0;
    Domain domain{};
  };
  static constexpr std::uint32_t no_point = 0xffffffff;

  Form form;
  bool is_termination = false;  // internal: the only operand is what follows where the process would terminate
  std::vector<Process> operands{};
  Expression condition{};
  std::string channel{};
  std::vector<Field> fields{};
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
  std::vector<Enumeration> enumerations;
  std::vector<Variable> variables;
  std::vector<Function> functions;
  std::vector<Point> points;
  std::int64_t sequence_length_max = 0;  // of all that interpreting it has met
  bool repeats = false;  // in some state it offers an event in several ways, or hidden steps from several places
};

}  // namespace tryst::emitter
