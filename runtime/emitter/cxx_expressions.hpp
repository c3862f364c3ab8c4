// Expressions and types of machine code as C++.
#pragma once

#include <string>

#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/machine_code.hpp"

namespace tryst::emitter {

class CxxExpressions {
 public:
  // Functions, points and datatypes keep their identifiers; variables give way.
  explicit CxxExpressions(const MachineCode&);

  std::string type(const DataType&) const;
  const std::string& variable(std::uint32_t v) const { return variables_[v]; }
  const std::string& datatype(std::uint32_t t) const { return datatypes_[t]; }
  // By constructor of a datatype: what it is called.
  const std::vector<std::string>& constructors(std::uint32_t t) const { return constructors_[t]; }
  std::string constant(const DataType&, std::int64_t value) const;
  std::string operator()(const Expression&) const;
  // For labels: as an integer, if it is a scalar.
  std::string number(const Expression&) const;
  std::string list(const std::vector<Expression>&) const;  // separated by commas

 private:
  const std::string& constructor(const Expression&) const;
  std::string operand(const Expression&) const;  // in parentheses, if it has operators
  std::int64_t length_max(const DataType&) const;
  std::string types(const std::vector<DataType>&) const;  // separated by commas

  const MachineCode& code_;
  std::vector<std::string> variables_;
  std::vector<std::string> datatypes_;
  std::vector<std::vector<std::string>> constructors_;  // by datatype
};

}  // namespace tryst::emitter
