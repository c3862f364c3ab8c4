#include "runtime/emitter/cxx_expressions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tryst::emitter {

namespace {

using Op = Expression::Op;

std::string_view symbol(Op op) {
  switch (op) {
    case Op::and_: return "&&";
    case Op::or_: return "||";
    case Op::equal: return "==";
    case Op::not_equal: return "!=";
    case Op::less: return "<";
    case Op::less_equal: return "<=";
    case Op::greater: return ">";
    case Op::greater_equal: return ">=";
    case Op::add: return "+";
    case Op::subtract: return "-";
    case Op::multiply: return "*";
    default: return "";
  }
}

}  // namespace

CxxExpressions::CxxExpressions(const MachineCode& code) : code_(code) {
  Identifiers taken = names_for_components();
  for (const Function& function : code.functions) taken.distinct(function.identifier);
  for (const Point& point : code.points) taken.distinct(point.identifier);
  for (const Enumeration& enumeration : code.enumerations) {
    enumerations_.push_back(taken.distinct(identifier(enumeration.name)));
    Identifiers names;
    constants_.emplace_back();
    for (const std::string& constant : enumeration.constants)
      constants_.back().push_back(names.distinct(identifier(constant)));
  }
  for (const Variable& variable : code.variables) {
    std::string name = variable.identifier;
    while (taken.is_taken(name) || name.starts_with("label_") || name.starts_with("to_")) name.insert(0, "value_");
    variables_.push_back(std::move(name));
  }
}

std::string CxxExpressions::type(const DataType& t) const {
  std::string scalar;
  switch (t.kind) {
    case DataType::Kind::integer: scalar = "std::int64_t"; break;
    case DataType::Kind::boolean: scalar = "bool"; break;
    case DataType::Kind::enumeration: scalar = enumerations_[t.enumeration]; break;
  }
  if (t.is_scalar()) return scalar;
  return fmt::format("{}<{}, {}>", t.shape == DataType::Shape::set ? "Set" : "Sequence", scalar, length_max());
}

std::string CxxExpressions::constant(const DataType& t, std::int64_t value) const {
  switch (t.kind) {
    case DataType::Kind::boolean: return value != 0 ? "true" : "false";
    case DataType::Kind::enumeration:
      return enumerations_[t.enumeration] + "::" + constants_[t.enumeration][static_cast<std::size_t>(value)];
    case DataType::Kind::integer: break;
  }
  if (value == INT64_MIN) return "INT64_MIN";
  return value < 0 ? fmt::format("({})", value) : std::to_string(value);
}

std::int64_t CxxExpressions::length_max() const { return std::max<std::int64_t>(1, code_.sequence_length_max); }

std::string CxxExpressions::list(const std::vector<Expression>& expressions) const {
  std::string result;
  for (const Expression& e : expressions) result += (result.empty() ? "" : ", ") + (*this)(e);
  return result;
}

std::string CxxExpressions::number(const Expression& e) const {
  if (e.op == Op::literal) return constant({}, e.number);
  if (e.type.kind == DataType::Kind::integer) return operand(e);
  return fmt::format("static_cast<std::int64_t>({})", (*this)(e));
}

std::string CxxExpressions::operand(const Expression& e) const {
  const bool has_operators = !symbol(e.op).empty() || e.op == Op::conditional || e.op == Op::negate;
  return has_operators ? "(" + (*this)(e) + ")" : (*this)(e);
}

std::string CxxExpressions::operator()(const Expression& e) const {
  const auto& kids = e.operands;
  switch (e.op) {
    case Op::literal: return constant(e.type, e.number);
    case Op::variable: return variables_[static_cast<std::size_t>(e.number)];
    case Op::call:
      return fmt::format("{}({})", code_.functions[static_cast<std::size_t>(e.number)].identifier, list(kids));
    case Op::failure: return fmt::format("no_clause<{}>()", type(e.type));
    case Op::conditional: return fmt::format("{} ? {} : {}", operand(kids[0]), operand(kids[1]), operand(kids[2]));
    case Op::let:
      return fmt::format("[&] {{ const {} {} = {}; return {}; }}()", type(kids[0].type),
                         variables_[static_cast<std::size_t>(e.number)], (*this)(kids[0]), (*this)(kids[1]));
    case Op::not_: return "!" + operand(kids[0]);
    case Op::negate: return "-" + operand(kids[0]);
    case Op::divide: return fmt::format("divide({})", list(kids));
    case Op::modulo: return fmt::format("modulo({})", list(kids));
    case Op::length: return operand(kids[0]) + ".length()";
    case Op::head: return operand(kids[0]) + ".head()";
    case Op::tail: return operand(kids[0]) + ".tail()";
    case Op::concat: return fmt::format("concat({})", list(kids));
    case Op::list:
    case Op::set: {
      const char* const maker = e.op == Op::list ? "sequence" : "set_of";
      return kids.empty() ? type(e.type) + "{}"
                          : fmt::format("{}<{}, {}>({{{}}})", maker, type(e.type.element()), length_max(), list(kids));
    }
    case Op::set_range: return fmt::format("set_range<{}>({})", length_max(), list(kids));
    case Op::unite: return fmt::format("unite({})", list(kids));
    case Op::intersect: return fmt::format("intersect({})", list(kids));
    case Op::subtract_set: return fmt::format("subtract({})", list(kids));
    case Op::member: return fmt::format("is_member({})", list(kids));
    case Op::as_sequence: return operand(kids[0]) + ".elements";
    case Op::as_set: return fmt::format("as_set({})", list(kids));
    default: return fmt::format("{} {} {}", operand(kids[0]), symbol(e.op), operand(kids[1]));
  }
}

}  // namespace tryst::emitter
