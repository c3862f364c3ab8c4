#include "runtime/emitter/cxx_expressions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tryst::emitter {

namespace {

using Kind = DataType::Kind;
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
  for (const Datatype& datatype : code.datatypes) datatypes_.push_back(taken.distinct(identifier(datatype.name)));
  for (const Datatype& datatype : code.datatypes) {
    // Those with fields are members, beside types that may be called the same.
    Identifiers names = is_enumeration(datatype) ? Identifiers() : taken;
    constructors_.emplace_back();
    for (const Datatype::Constructor& constructor : datatype.constructors)
      constructors_.back().push_back(names.distinct(identifier(constructor.name)));
  }
  for (const Variable& variable : code.variables) {
    std::string name = variable.identifier;
    while (taken.is_taken(name) || name.starts_with("label_") || name.starts_with("values_of_") ||
           name.starts_with("to_"))
      name.insert(0, "value_");
    variables_.push_back(std::move(name));
  }
}

std::string CxxExpressions::types(const std::vector<DataType>& list) const {
  std::string result;
  for (const DataType& t : list) result += (result.empty() ? "" : ", ") + type(t);
  return result;
}

std::string CxxExpressions::type(const DataType& t) const {
  switch (t.kind) {
    case Kind::integer: return "std::int64_t";
    case Kind::boolean: return "bool";
    case Kind::enumeration:
    case Kind::datatype: return datatypes_[t.datatype];
    case Kind::tuple: return fmt::format("Tuple<{}>", types(t.parts));
    case Kind::dots: return fmt::format("Dots<{}>", types(t.parts));
    case Kind::sequence: return fmt::format("Sequence<{}, {}>", types(t.parts), length_max(t));
    case Kind::set: return fmt::format("Set<{}, {}>", types(t.parts), length_max(t));
    case Kind::map: break;
  }
  return fmt::format("Map<{}, {}>", types(t.parts), length_max(t));
}

std::string CxxExpressions::constant(const DataType& t, std::int64_t value) const {
  if (t.kind == Kind::boolean) return value != 0 ? "true" : "false";
  if (t.kind == Kind::enumeration)
    return datatypes_[t.datatype] + "::" + constructors_[t.datatype][static_cast<std::size_t>(value)];
  if (value == INT64_MIN) return "INT64_MIN";
  return value < 0 ? fmt::format("({})", value) : std::to_string(value);
}

std::int64_t CxxExpressions::length_max(const DataType& t) const {
  const auto met = code_.length_max.find(t);
  return met == code_.length_max.end() ? 1 : std::max<std::int64_t>(1, met->second);
}

std::string CxxExpressions::list(const std::vector<Expression>& expressions) const {
  std::string result;
  for (const Expression& e : expressions) result += (result.empty() ? "" : ", ") + (*this)(e);
  return result;
}

std::string CxxExpressions::number(const Expression& e) const {
  if (e.op == Op::literal) return constant({}, e.number);
  if (e.type.kind == Kind::integer) return operand(e);
  if (!e.type.is_scalar()) return (*this)(e);
  return fmt::format("static_cast<std::int64_t>({})", (*this)(e));
}

// Of an operation that has one.
const std::string& CxxExpressions::constructor(const Expression& e) const {
  const DataType& type = e.op == Op::construct ? e.type : e.operands[0].type;
  return constructors_[type.datatype][static_cast<std::size_t>(e.number)];
}

std::string CxxExpressions::operand(const Expression& e) const {
  const bool has_operators = !symbol(e.op).empty() || e.op == Op::is || e.op == Op::conditional || e.op == Op::negate;
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
      return kids.empty()
                 ? type(e.type) + "{}"
                 : fmt::format("{}<{}, {}>({{{}}})", maker, type(e.type.element()), length_max(e.type), list(kids));
    }
    case Op::tuple: return fmt::format("{}({})", type(e.type), list(kids));
    case Op::item: return fmt::format("get<{}>({})", e.number, (*this)(kids[0]));
    case Op::construct: return fmt::format("{}::make_{}({})", type(e.type), constructor(e), list(kids));
    case Op::is: return fmt::format("{}.is == {}::Is::{}", operand(kids[0]), type(kids[0].type), constructor(e));
    case Op::fields: return fmt::format("{}.{}", operand(kids[0]), constructor(e));
    case Op::set_range: return fmt::format("set_range<{}>({})", length_max(e.type), list(kids));
    case Op::unite: return fmt::format("unite({})", list(kids));
    case Op::intersect: return fmt::format("intersect({})", list(kids));
    case Op::subtract_set: return fmt::format("subtract({})", list(kids));
    case Op::member: return fmt::format("is_member({})", list(kids));
    case Op::as_sequence: return fmt::format("as_sequence<{}>({})", length_max(e.type), list(kids));
    case Op::as_set: return fmt::format("as_set<{}>({})", length_max(e.type), list(kids));
    case Op::map_of:
      return kids[0].operands.empty() && kids[0].op == Op::list
                 ? type(e.type) + "{}"
                 : fmt::format("map_of<{}>({})", length_max(e.type), list(kids));
    case Op::lookup: return fmt::format("lookup({})", list(kids));
    case Op::has_key: return fmt::format("has_key({})", list(kids));
    case Op::update: return fmt::format("update({})", list(kids));
    case Op::erase: return fmt::format("erase({})", list(kids));
    case Op::entries: return fmt::format("entries<{}>({})", length_max(e.type), list(kids));
    default: return fmt::format("{} {} {}", operand(kids[0]), symbol(e.op), operand(kids[1]));
  }
}

}  // namespace tryst::emitter
