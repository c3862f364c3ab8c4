#include <fmt/core.h>

#include <algorithm>

#include "runtime/emitter/free_variables.hpp"
#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/translation_context.hpp"

namespace tryst::emitter {

using csp::Binding;
using csp::BindingId;
using csp::BindingKind;
using csp::Builtin;
using csp::ExprKind;
using csp::PatternKind;
using csp::TypeKind;
using Op = Expression::Op;

namespace {

constexpr DataType integer_type{DataType::Kind::integer};
constexpr DataType boolean_type{DataType::Kind::boolean};

Expression both(Expression a, Expression b) { return {Op::and_, boolean_type, 0, {std::move(a), std::move(b)}}; }

std::optional<Expression> both(std::optional<Expression> a, std::optional<Expression> b) {
  if (!a || !b) return a ? a : b;
  return both(std::move(*a), std::move(*b));
}

DataType element_of(const DataType& sequence) { return sequence.element(); }

Expression number(std::int64_t n) { return {Op::literal, integer_type, n}; }

// What wants more fields, as a declaration says it: "channels of Int.Bool", "values of D that want Int.Bool".
std::string dotable_text(const csp::Typed& typed, csp::TypeId t) {
  std::string fields;
  for (; typed.types[t].kind == TypeKind::dotable; t = typed.types.resolved(typed.types[t].b()))
    fields += (fields.empty() ? "" : ".") + csp::print(typed, typed.types[t].a());
  return typed.types[t].kind == TypeKind::event
             ? "channels of " + fields
             : fmt::format("values of {} that want {}", csp::print(typed, t), fields);
}

}  // namespace

DataType Translation::data_type(csp::TypeId t) {
  t = typed_.types.resolved(t);
  if (const auto known = instance_.find(t); known != instance_.end()) return known->second;
  const csp::Type& type = typed_.types[t];
  switch (type.kind) {
    case TypeKind::integer: return integer_type;
    case TypeKind::boolean: return boolean_type;
    case TypeKind::datatype: return {DataType::Kind::enumeration, enumeration(type.datatype())};
    case TypeKind::sequence: {
      const DataType element = data_type(type.a());
      if (!element.is_scalar()) throw Untranslatable{"it holds sequences of sequences or sets"};
      return element.as(DataType::Shape::sequence);
    }
    case TypeKind::set: {
      const DataType element = data_type(type.a());
      if (!element.is_scalar()) throw Untranslatable{"it holds sets of sequences or sets"};
      return element.as(DataType::Shape::set);
    }
    case TypeKind::dotable: throw Untranslatable{fmt::format("it holds {}", dotable_text(typed_, t))};
    default: throw Untranslatable{fmt::format("it holds values of type {}", csp::print(typed_, t))};
  }
}

bool Translation::is_data(csp::TypeId t) {
  try {
    data_type(t);
    return true;
  } catch (const Untranslatable&) {
    return false;
  }
}

std::uint32_t Translation::enumeration(BindingId datatype) {
  if (const auto known = enumerations_.find(datatype); known != enumerations_.end()) return known->second;
  const Binding& binding = typed_.bindings[datatype];
  const csp::Decl& decl = typed_.script.decls[binding.decl];
  Enumeration result{binding.qualified, {}};
  for (std::size_t i = 0; i < decl.constructors.size(); ++i) {
    if (decl.constructors[i].type != no_id<csp::ExprId>)
      throw Untranslatable{fmt::format("the datatype {} has constructors with fields", binding.qualified)};
    const auto constructor =
        static_cast<BindingId>(index(typed_.decl_bindings_first[index(binding.decl)]) + decl.names.size() + i);
    result.constants.push_back(typed_.bindings[constructor].qualified);
  }
  const auto id = static_cast<std::uint32_t>(code_.enumerations.size());
  code_.enumerations.push_back(std::move(result));
  enumerations_.emplace(datatype, id);
  return id;
}

std::uint32_t Translation::variable(const std::string& wanted, const DataType& type) {
  std::string name = wanted;
  for (int n = 2; std::ranges::find(in_scope_, name) != in_scope_.end(); ++n) name = fmt::format("{}_{}", wanted, n);
  in_scope_.push_back(name);
  code_.variables.push_back({std::move(name), type});
  return static_cast<std::uint32_t>(code_.variables.size() - 1);
}

std::uint32_t Translation::variable(BindingId binding, const DataType& type) {
  const std::uint32_t v = variable(identifier(typed_.script.symbols.text(typed_.bindings[binding].symbol)), type);
  scope_[binding] = {Op::variable, type, v};
  return v;
}

std::vector<Expression> Translation::arguments(std::span<const ExprId> list) {
  std::vector<Expression> result;
  for (const ExprId e : list) result.push_back(expression(e));
  return result;
}

Expression Translation::binary(ExprId e, Op op, DataType type) {
  Expression a = expression(operands(e)[0]);
  Expression b = expression(operands(e)[1]);
  const bool compared = op >= Op::equal && op <= Op::greater_equal;
  if (compared && op > Op::not_equal && a.type != integer_type)
    throw Untranslatable{"it compares other values than integers by order"};
  if (compared && a == b)
    return {Op::literal, boolean_type, op == Op::equal || op == Op::less_equal || op == Op::greater_equal};
  return {op, type, 0, {std::move(a), std::move(b)}};
}

Expression Translation::expression(ExprId e) {
  const csp::Expr& expr = at(e);
  const auto kids = operands(e);
  switch (expr.kind) {
    case ExprKind::number: return number(expr.number);
    case ExprKind::boolean: return {Op::literal, boolean_type, expr.number};
    case ExprKind::paren: return expression(kids[0]);
    case ExprKind::name: return name(e);
    case ExprKind::apply: return apply(e);
    case ExprKind::let: return let(e, 0);
    case ExprKind::if_: {
      Expression condition = expression(kids[0]);
      Expression then = expression(kids[1]);
      Expression otherwise = expression(kids[2]);
      const DataType type = then.type;
      return {Op::conditional, type, 0, {std::move(condition), std::move(then), std::move(otherwise)}};
    }
    case ExprKind::and_: return binary(e, Op::and_, boolean_type);
    case ExprKind::or_: return binary(e, Op::or_, boolean_type);
    case ExprKind::not_: return {Op::not_, boolean_type, 0, {expression(kids[0])}};
    case ExprKind::equal: return binary(e, Op::equal, boolean_type);
    case ExprKind::not_equal: return binary(e, Op::not_equal, boolean_type);
    case ExprKind::less: return binary(e, Op::less, boolean_type);
    case ExprKind::less_equal: return binary(e, Op::less_equal, boolean_type);
    case ExprKind::greater: return binary(e, Op::greater, boolean_type);
    case ExprKind::greater_equal: return binary(e, Op::greater_equal, boolean_type);
    case ExprKind::add: return binary(e, Op::add, integer_type);
    case ExprKind::subtract: return binary(e, Op::subtract, integer_type);
    case ExprKind::multiply: return binary(e, Op::multiply, integer_type);
    case ExprKind::divide: return binary(e, Op::divide, integer_type);
    case ExprKind::modulo: return binary(e, Op::modulo, integer_type);
    case ExprKind::negate: return {Op::negate, integer_type, 0, {expression(kids[0])}};
    case ExprKind::length: return {Op::length, integer_type, 0, {expression(kids[0])}};
    case ExprKind::concat: {
      Expression a = expression(kids[0]);
      Expression b = expression(kids[1]);
      const DataType type = a.type;
      return {Op::concat, type, 0, {std::move(a), std::move(b)}};
    }
    case ExprKind::sequence:
      if (!expr.statements.empty()) break;
      return {Op::list, data_type(typed_.expr_types[index(e)]), 0, arguments(kids)};
    case ExprKind::set:
      if (!expr.statements.empty()) break;
      return {Op::set, data_type(typed_.expr_types[index(e)]), 0, arguments(kids)};
    case ExprKind::set_range:
      if (!expr.statements.empty()) break;
      return {Op::set_range, data_type(typed_.expr_types[index(e)]), 0, arguments(kids)};
    default: break;
  }
  throw Untranslatable{"it uses expressions beyond arithmetic, comparisons, sequences and sets"};
}

Expression Translation::name(ExprId e) {
  const BindingId use = typed_.expr_uses[index(e)];
  if (const auto known = scope_.find(use); known != scope_.end()) return known->second;
  if (const auto known = constants_.find(use); known != constants_.end()) return expression(known->second);
  const Binding& binding = typed_.bindings[use];
  switch (binding.kind) {
    case BindingKind::builtin:
      if (binding.builtin == Builtin::True) return {Op::literal, boolean_type, 1};
      if (binding.builtin == Builtin::False) return {Op::literal, boolean_type, 0};
      break;
    case BindingKind::constructor: return {Op::literal, data_type(typed_.expr_types[index(e)]), binding.ordinal};
    case BindingKind::function: return call_function(use, {}, e);
    case BindingKind::variable: {
      if (binding.decl == no_id<csp::DeclId>) break;
      if (binding.top_level) return computed(e);
      // A variable of a pattern on the left of a definition in a `let`.
      const csp::Decl& decl = typed_.script.decls[binding.decl];
      if (match(decl.patterns[0], expression(decl.expr)))
        throw Untranslatable{"it has local patterns that may not match"};
      return scope_.at(use);
    }
    default: break;
  }
  throw Untranslatable{fmt::format("it uses {} as a value", typed_.script.symbols.text(binding.symbol))};
}

Expression Translation::apply(ExprId e) {
  std::vector<ExprId> arguments;
  const ExprId callee = callee_of(e, arguments);
  if (at(callee).kind != ExprKind::name) throw Untranslatable{"it calls functions that are values"};
  const BindingId use = typed_.expr_uses[index(callee)];
  const Binding& binding = typed_.bindings[use];
  if (binding.kind == BindingKind::builtin) return call_builtin(binding.builtin, arguments, e);
  if (binding.kind != BindingKind::function)
    throw Untranslatable{fmt::format("it calls {}", typed_.script.symbols.text(binding.symbol))};
  return call_function(use, arguments, e);
}

Expression Translation::call_builtin(Builtin builtin, const std::vector<ExprId>& arguments, ExprId) {
  if (builtin == Builtin::member && arguments.size() == 2) return membership(expression(arguments[0]), arguments[1]);
  if (builtin == Builtin::concat && at(arguments[0]).kind == ExprKind::sequence &&
      at(arguments[0]).statements.empty()) {
    std::optional<Expression> all;
    for (const ExprId part : operands(arguments[0])) {
      Expression next = expression(part);
      const DataType type = next.type;
      all = all ? Expression{Op::concat, type, 0, {std::move(*all), std::move(next)}} : std::move(next);
    }
    if (all) return std::move(*all);
  }
  std::vector<Expression> list;
  for (const ExprId argument : arguments) list.push_back(expression(argument));
  if (list.size() == 2 && list[0].type.shape == DataType::Shape::set) {
    const DataType type = list[0].type;
    switch (builtin) {
      case Builtin::union_: return {Op::unite, type, 0, std::move(list)};
      case Builtin::inter: return {Op::intersect, type, 0, std::move(list)};
      case Builtin::diff: return {Op::subtract_set, type, 0, std::move(list)};
      default: break;
    }
  }
  if (list.size() == 1 && list[0].type.shape == DataType::Shape::set) {
    const DataType type = list[0].type;
    switch (builtin) {
      case Builtin::card: return {Op::length, integer_type, 0, std::move(list)};
      case Builtin::empty:
        return {Op::equal, boolean_type, 0, {{Op::length, integer_type, 0, std::move(list)}, number(0)}};
      case Builtin::seq: return {Op::as_sequence, type.as(DataType::Shape::sequence), 0, std::move(list)};
      default: break;
    }
  }
  if (list.size() == 2 && builtin == Builtin::elem && list[1].type.shape == DataType::Shape::sequence) {
    Expression set{Op::as_set, list[1].type.as(DataType::Shape::set), 0, {std::move(list[1])}};
    return {Op::member, boolean_type, 0, {std::move(list[0]), std::move(set)}};
  }
  if (list.size() == 1 && list[0].type.shape == DataType::Shape::sequence) {
    const DataType type = list[0].type;
    switch (builtin) {
      case Builtin::set: return {Op::as_set, type.as(DataType::Shape::set), 0, std::move(list)};
      case Builtin::head: return {Op::head, element_of(type), 0, std::move(list)};
      case Builtin::tail: return {Op::tail, type, 0, std::move(list)};
      case Builtin::length: return {Op::length, integer_type, 0, std::move(list)};
      case Builtin::null:
        return {Op::equal, boolean_type, 0, {{Op::length, integer_type, 0, std::move(list)}, number(0)}};
      default: break;
    }
  }
  throw Untranslatable{fmt::format("it calls {}", csp::entry(builtin).name)};
}

Expression Translation::let(ExprId e, std::size_t from) {
  const auto decls = typed_.script.decl_lists[at(e).decls];
  if (from == decls.size()) return expression(operands(e)[0]);
  const csp::Decl& decl = typed_.script.decls[decls[from]];
  if (!is_data_value(decls[from])) return let(e, from + 1);
  Expression value = expression(decl.clauses[0].body);
  const std::uint32_t v = variable(typed_.decl_bindings_first[index(decls[from])], value.type);
  Expression body = let(e, from + 1);
  if (!free_variables(body).contains(v)) return body;
  const DataType type = body.type;
  return {Op::let, type, v, {std::move(value), std::move(body)}};
}

std::optional<Expression> Translation::match(const csp::Clause& clause, const Key& key,
                                             const std::vector<std::uint32_t>& parameters) {
  std::optional<Expression> condition;
  const std::vector<csp::PatternId> patterns = this->parameters(clause);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (key.is_constant(i)) {
      match_constant(patterns[i], key.constants[i]);
      continue;
    }
    const std::uint32_t v = parameters[i];
    condition = both(std::move(condition), match(patterns[i], {Op::variable, code_.variables[v].type, v}));
  }
  return condition;
}

void Translation::match_constant(csp::PatternId p, ExprId constant) {
  const csp::Pattern& pattern = typed_.script.patterns[p];
  if (pattern.kind == PatternKind::paren)
    return match_constant(typed_.script.pattern_lists[pattern.parts][0], constant);
  const BindingId bound = pattern.kind == PatternKind::name ? typed_.pattern_names[index(p)] : no_id<BindingId>;
  if (bound != no_id<BindingId> && typed_.bindings[bound].kind == BindingKind::variable)
    constants_[bound] = constant;
  else if (pattern.kind != PatternKind::wildcard)
    throw Untranslatable{"it has patterns that take sets, tuples or dots apart"};
}

std::optional<Expression> Translation::match(csp::PatternId p, const Expression& value) {
  const csp::Pattern& pattern = typed_.script.patterns[p];
  const auto parts = typed_.script.pattern_lists[pattern.parts];
  const auto is = [&](std::int64_t n) -> Expression {
    return {Op::equal, boolean_type, 0, {value, {Op::literal, value.type, n}}};
  };
  const auto length_is = [&](Op op, std::size_t n) -> Expression {
    return {op, boolean_type, 0, {{Op::length, integer_type, 0, {value}}, number(static_cast<std::int64_t>(n))}};
  };
  switch (pattern.kind) {
    case PatternKind::wildcard: return {};
    case PatternKind::paren: return match(parts[0], value);
    case PatternKind::number:
    case PatternKind::boolean: return is(pattern.number);
    case PatternKind::name: {
      const BindingId bound = typed_.pattern_names[index(p)];
      if (typed_.bindings[bound].kind == BindingKind::constructor) return is(typed_.bindings[bound].ordinal);
      scope_[bound] = value;
      return {};
    }
    case PatternKind::sequence:
    case PatternKind::concat: {
      // <p, q> or <p, q>^rest
      const bool has_rest = pattern.kind == PatternKind::concat;
      const csp::Pattern& front = has_rest ? typed_.script.patterns[parts[0]] : pattern;
      if (front.kind != PatternKind::sequence) break;
      const auto first = typed_.script.pattern_lists[front.parts];
      std::optional<Expression> condition = length_is(has_rest ? Op::greater_equal : Op::equal, first.size());
      Expression rest = value;
      for (const csp::PatternId part : first) {
        condition = both(std::move(condition), match(part, {Op::head, element_of(value.type), 0, {rest}}));
        rest = {Op::tail, value.type, 0, {rest}};
      }
      return has_rest ? both(std::move(condition), match(parts[1], rest)) : condition;
    }
    default: break;
  }
  throw Untranslatable{"it has patterns that take sets, tuples or dots apart"};
}

}  // namespace tryst::emitter
