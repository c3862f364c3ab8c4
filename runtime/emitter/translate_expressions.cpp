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
using Kind = DataType::Kind;
using Op = Expression::Op;

namespace {

const DataType integer_type{Kind::integer};
const DataType boolean_type{Kind::boolean};

Expression number(std::int64_t n) { return {Op::literal, integer_type, n}; }

}  // namespace

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

// Of what is empty and stays so, nothing may say what it could hold.
DataType Translation::collection_type(ExprId e) {
  const csp::TypeId t = typed_.types.resolved(typed_.expr_types[index(e)]);
  const csp::Type& type = typed_.types[t];
  const auto is_open = [&](csp::TypeId part) {
    part = typed_.types.resolved(part);
    return typed_.types.unbound(part) && !instance_.contains(part);
  };
  if (!operands(e).empty() || (type.kind != csp::TypeKind::map && !is_open(type.a()))) return data_type(t);
  const auto part = [&](csp::TypeId of) { return is_open(of) ? integer_type : data_type(of); };
  if (type.kind == csp::TypeKind::map) return {Kind::map, 0, {part(type.a()), part(type.b())}};
  return {type.kind == csp::TypeKind::set ? Kind::set : Kind::sequence, 0, {integer_type}};
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
    case ExprKind::tuple: return tuple(arguments(kids));
    case ExprKind::dot: return dots(e);
    case ExprKind::map: {
      std::vector<Expression> entries;
      for (std::size_t i = 0; i < kids.size(); i += 2)
        entries.push_back(tuple({expression(kids[i]), expression(kids[i + 1])}));
      const DataType type = collection_type(e);
      const DataType list{Kind::sequence, 0, {{Kind::tuple, 0, type.parts}}};
      return {Op::map_of, type, 0, {{Op::list, list, 0, std::move(entries)}}};
    }
    case ExprKind::sequence:
      if (!expr.statements.empty()) break;
      return {Op::list, collection_type(e), 0, arguments(kids)};
    case ExprKind::set:
      if (!expr.statements.empty()) break;
      return {Op::set, collection_type(e), 0, arguments(kids)};
    case ExprKind::set_range:
      if (!expr.statements.empty()) break;
      return {Op::set_range, data_type(typed_.expr_types[index(e)]), 0, arguments(kids)};
    default: break;
  }
  if (captured_.is_closed(e)) return computed(e);
  throw Untranslatable{"it uses expressions beyond arithmetic, comparisons, and the operations of values"};
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
      if (binding.builtin == Builtin::emptyMap) {
        const DataType type = collection_type(e);
        return {Op::map_of, type, 0, {{Op::list, {Kind::sequence, 0, {{Kind::tuple, 0, type.parts}}}}}};
      }
      break;
    case BindingKind::constructor: return constant_of(use);
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
  if (list.size() == 2 && list[0].type.kind == Kind::set) {
    const DataType type = list[0].type;
    switch (builtin) {
      case Builtin::union_: return {Op::unite, type, 0, std::move(list)};
      case Builtin::inter: return {Op::intersect, type, 0, std::move(list)};
      case Builtin::diff: return {Op::subtract_set, type, 0, std::move(list)};
      default: break;
    }
  }
  if (list.size() == 1 && list[0].type.kind == Kind::set) {
    const DataType type = list[0].type;
    switch (builtin) {
      case Builtin::card: return {Op::length, integer_type, 0, std::move(list)};
      case Builtin::empty:
        return {Op::equal, boolean_type, 0, {{Op::length, integer_type, 0, std::move(list)}, number(0)}};
      case Builtin::seq: return {Op::as_sequence, type.as(Kind::sequence), 0, std::move(list)};
      default: break;
    }
  }
  if (list.size() == 2 && builtin == Builtin::elem && list[1].type.kind == Kind::sequence) {
    Expression set{Op::as_set, list[1].type.as(Kind::set), 0, {std::move(list[1])}};
    return {Op::member, boolean_type, 0, {std::move(list[0]), std::move(set)}};
  }
  if (list.size() == 1 && list[0].type.kind == Kind::sequence) {
    const DataType type = list[0].type;
    switch (builtin) {
      case Builtin::set: return {Op::as_set, type.as(Kind::set), 0, std::move(list)};
      case Builtin::head: return {Op::head, type.element(), 0, std::move(list)};
      case Builtin::tail: return {Op::tail, type, 0, std::move(list)};
      case Builtin::length: return {Op::length, integer_type, 0, std::move(list)};
      case Builtin::null:
        return {Op::equal, boolean_type, 0, {{Op::length, integer_type, 0, std::move(list)}, number(0)}};
      default: break;
    }
  }
  if (!list.empty() && list[0].type.kind == Kind::map) return call_of_map(builtin, std::move(list));
  if (builtin == Builtin::mapFromList) {
    const DataType type{Kind::map, 0, list[0].type.element().parts};
    return {Op::map_of, type, 0, std::move(list)};
  }
  throw Untranslatable{fmt::format("it calls {}", csp::entry(builtin).name)};
}

Expression Translation::call_of_map(Builtin builtin, std::vector<Expression> list) {
  const DataType type = list[0].type;
  switch (builtin) {
    case Builtin::mapLookup: return {Op::lookup, type.parts[1], 0, std::move(list)};
    case Builtin::mapMember: return {Op::has_key, boolean_type, 0, std::move(list)};
    case Builtin::mapUpdate: return {Op::update, type, 0, std::move(list)};
    case Builtin::mapDelete: return {Op::erase, type, 0, std::move(list)};
    case Builtin::mapToList:
      return {Op::entries, {Kind::sequence, 0, {{Kind::tuple, 0, type.parts}}}, 0, std::move(list)};
    default: throw Untranslatable{fmt::format("it calls {}", csp::entry(builtin).name)};
  }
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

}  // namespace tryst::emitter
