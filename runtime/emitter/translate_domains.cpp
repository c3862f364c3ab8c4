// Sets that a variable ranges over, and membership: what machine code has of sets.
#include <fmt/core.h>

#include <algorithm>

#include "runtime/emitter/translation_context.hpp"
#include "semantics/script_error.hpp"

namespace tryst::emitter {

using csp::Binding;
using csp::BindingId;
using csp::BindingKind;
using csp::Builtin;
using csp::ExprKind;
using csp::PatternKind;
using Op = Expression::Op;

namespace {

const DataType boolean_type{DataType::Kind::boolean};
constexpr std::size_t compared_max = 64;  // elements of a set that a value is compared with

Expression truth(bool value) { return {Op::literal, boolean_type, value}; }
Expression negation(Expression e) { return {Op::not_, boolean_type, 0, {std::move(e)}}; }

// What is true as it is written is not written: compilers warn of it.
Expression both_of(Op op, Expression a, Expression b) {
  if (op == Op::equal && a == b) return truth(true);
  if (op == Op::or_ && (a == truth(true) || b == truth(true))) return truth(true);
  if (op == Op::and_ && a == truth(true)) return b;
  if (op == Op::and_ && b == truth(true)) return a;
  return {op, boolean_type, 0, {std::move(a), std::move(b)}};
}

const char* const depends = "it receives from sets that depend on its state";

}  // namespace

std::optional<Builtin> Translation::builtin_of(ExprId callee) const {
  while (at(callee).kind == ExprKind::paren) callee = operands(callee)[0];
  if (at(callee).kind != ExprKind::name) return std::nullopt;
  const Binding& binding = typed_.bindings[typed_.expr_uses[index(callee)]];
  return binding.kind == BindingKind::builtin ? std::optional(binding.builtin) : std::nullopt;
}

template <class Then>
auto Translation::inlined(BindingId f, const std::vector<ExprId>& arguments, Then then) {
  const csp::Decl& decl = function_declaration(f);
  const std::vector<csp::PatternId> patterns = parameters(decl.clauses[0]);
  if (decl.clauses.size() != 1 || patterns.size() != arguments.size()) throw Untranslatable{depends};
  std::vector<std::pair<BindingId, Expression>> data;
  std::vector<std::pair<BindingId, ExprId>> fixed;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const bool is_name = typed_.script.patterns[patterns[i]].kind == PatternKind::name;
    const BindingId bound = is_name ? typed_.pattern_names[index(patterns[i])] : no_id<BindingId>;
    if (!is_name || typed_.bindings[bound].kind != BindingKind::variable) throw Untranslatable{depends};
    if (is_data(typed_.expr_types[index(arguments[i])]))
      data.emplace_back(bound, expression(arguments[i]));
    else if (const auto known = constant(arguments[i]))
      fixed.emplace_back(bound, *known);
    else
      throw Untranslatable{depends};
  }
  const Scope outer = scope_;
  const auto outer_constants = constants_;
  for (auto& [bound, value] : data) scope_[bound] = std::move(value);
  for (const auto& [bound, value] : fixed) constants_[bound] = value;
  if (++depth_ > Context::depth_max) throw Untranslatable{"its functions are too many"};
  auto result = then(decl.clauses[0].body);
  --depth_;
  scope_ = outer;
  constants_ = outer_constants;
  return result;
}

Domain Translation::domain(ExprId set, std::uint32_t variable) {
  while (at(set).kind == ExprKind::paren) set = operands(set)[0];
  const DataType type = code_.variables[variable].type;
  const Expression element{Op::variable, type, variable};
  if (const auto value = local_value(set)) return domain(*value, variable);
  if (const auto known = constant(set)) {
    Domain result;
    try {
      for (const csp::EventField& value : evaluator_.elements(*known)) result.values.push_back(literal(value, type));
    } catch (const ScriptError&) {
      throw Untranslatable{"it receives from an infinite set"};
    }
    return result;
  }
  const auto statements = typed_.script.statement_lists[at(set).statements];
  if (at(set).kind == ExprKind::set_range && statements.empty())
    return {true, false, {expression(operands(set)[0]), expression(operands(set)[1])}};
  // Should two elements be equal, running the code shows it.
  if (at(set).kind == ExprKind::set && statements.empty()) return {false, false, arguments(operands(set))};
  // {x | x <- S, conditions}
  if (at(set).kind == ExprKind::set && operands(set).size() == 1 && at(operands(set)[0]).kind == ExprKind::name) {
    const csp::Statement& first = typed_.script.statements[statements[0]];
    const bool is_name = first.generator() && typed_.script.patterns[first.pattern].kind == PatternKind::name;
    const BindingId bound = is_name ? typed_.pattern_names[index(first.pattern)] : no_id<BindingId>;
    if (!is_name || typed_.expr_uses[index(operands(set)[0])] != bound) throw Untranslatable{depends};
    Domain result = domain(first.expr, variable);
    scope_[bound] = element;
    for (const csp::StatementId s : statements.subspan(1)) {
      const csp::Statement& statement = typed_.script.statements[s];
      if (statement.generator()) throw Untranslatable{depends};
      result.filters.push_back(expression(statement.expr));
    }
    return result;
  }
  const auto as_value = [&]() -> Domain {
    if (!is_data(typed_.expr_types[index(set)])) throw Untranslatable{depends};
    return {false, true, {expression(set)}};
  };
  if (at(set).kind != ExprKind::apply) return as_value();
  std::vector<ExprId> list;
  const ExprId callee = callee_of(set, list);
  if (const auto builtin = builtin_of(callee)) {
    if (builtin != Builtin::diff && builtin != Builtin::inter) return as_value();
    Domain result = domain(list[0], variable);
    Expression other = membership(element, list[1]);
    result.filters.push_back(builtin == Builtin::diff ? negation(std::move(other)) : std::move(other));
    return result;
  }
  if (at(callee).kind != ExprKind::name ||
      typed_.bindings[typed_.expr_uses[index(callee)]].kind != BindingKind::function)
    throw Untranslatable{depends};
  return inlined(typed_.expr_uses[index(callee)], list, [&](ExprId body) { return domain(body, variable); });
}

Expression Translation::membership(const Expression& value, ExprId set) {
  while (at(set).kind == ExprKind::paren) set = operands(set)[0];
  if (const auto local = local_value(set)) return membership(value, *local);
  const auto among = [&](const std::vector<Expression>& elements) {
    if (elements.size() > compared_max) throw Untranslatable{"it looks for values in large sets"};
    std::optional<Expression> any;
    for (const Expression& element : elements) {
      Expression same = both_of(Op::equal, value, element);
      any = any ? both_of(Op::or_, std::move(*any), std::move(same)) : std::move(same);
    }
    return any ? std::move(*any) : truth(false);
  };
  if (const auto known = constant(set)) {
    std::vector<Expression> elements;
    try {
      for (const csp::EventField& each : evaluator_.elements(*known)) elements.push_back(literal(each, value.type));
    } catch (const ScriptError&) {
      throw Untranslatable{"it looks for values in an infinite set"};
    }
    const bool is_run =
        elements.size() > 2 && value.type.kind == DataType::Kind::integer &&
        elements.back().number - elements.front().number == static_cast<std::int64_t>(elements.size()) - 1;
    if (is_run)
      return both_of(Op::and_, both_of(Op::greater_equal, value, elements.front()),
                     both_of(Op::less_equal, value, elements.back()));
    return among(elements);
  }
  if (at(set).kind == ExprKind::set_range && at(set).statements.empty())
    return both_of(Op::and_, both_of(Op::greater_equal, value, expression(operands(set)[0])),
                   both_of(Op::less_equal, value, expression(operands(set)[1])));
  if (at(set).kind == ExprKind::set && at(set).statements.empty()) return among(arguments(operands(set)));
  const auto as_value = [&]() -> Expression {
    if (!is_data(typed_.expr_types[index(set)])) throw Untranslatable{depends};
    return both_of(Op::member, value, expression(set));
  };
  if (at(set).kind != ExprKind::apply) return as_value();
  std::vector<ExprId> list;
  const ExprId callee = callee_of(set, list);
  if (const auto builtin = builtin_of(callee)) {
    if (builtin != Builtin::union_ && builtin != Builtin::inter && builtin != Builtin::diff) return as_value();
    Expression left = membership(value, list[0]);
    switch (*builtin) {
      case Builtin::union_: return both_of(Op::or_, std::move(left), membership(value, list[1]));
      case Builtin::inter: return both_of(Op::and_, std::move(left), membership(value, list[1]));
      case Builtin::diff: return both_of(Op::and_, std::move(left), negation(membership(value, list[1])));
      default: throw Untranslatable{depends};
    }
  }
  if (at(callee).kind != ExprKind::name ||
      typed_.bindings[typed_.expr_uses[index(callee)]].kind != BindingKind::function)
    throw Untranslatable{depends};
  return inlined(typed_.expr_uses[index(callee)], list, [&](ExprId body) { return membership(value, body); });
}

}  // namespace tryst::emitter
