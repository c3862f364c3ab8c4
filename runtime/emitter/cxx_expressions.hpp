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
  const std::string& enumeration(std::uint32_t e) const { return enumerations_[e]; }
  // By value: what the constants of an enumeration are called.
  const std::vector<std::string>& constants(std::uint32_t e) const { return constants_[e]; }
  std::string constant(const DataType&, std::int64_t value) const;
  std::string operator()(const Expression&) const;
  // As an integer: for labels.
  std::string number(const Expression&) const;
  std::string list(const std::vector<Expression>&) const;  // separated by commas

 private:
  std::string operand(const Expression&) const;  // in parentheses, if it has operators
  std::int64_t length_max() const;

  const MachineCode& code_;
  std::vector<std::string> variables_;
  std::vector<std::string> enumerations_;
  std::vector<std::vector<std::string>> constants_;  // by enumeration
};

}  // namespace tryst::emitter
