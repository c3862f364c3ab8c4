// Types of expressions other than processes.

#include <fmt/format.h>

#include "frontend/csp/inference.hpp"

namespace tryst::csp {

TypeId Inference::match(TypeId expected, TypeId actual, Span at, const Reason& reason, ExprId head) {
  try {
    return unifier_.unify(expected, actual);
  } catch (const Mismatch& m) {
    fail(mistakes_.mismatch(m, expected, actual, at, reason, head));
  }
}

void Inference::require(Constraint c, TypeId t, Span at, std::string label, ExprId head) {
  try {
    unifier_.require(c, t);
  } catch (const Mismatch& m) {
    if (m.kind == Mismatch::Kind::constraint) fail(mistakes_.lacks(m, t, at, std::move(label), head));
    fail(mistakes_.mismatch(m, t, t, at, {Why::dot}, head));
  }
}

TypeId Inference::evaluate_dots(TypeId t, Span at, ExprId head) {
  try {
    return unifier_.evaluate_dots(t);
  } catch (const Mismatch& m) {
    fail(mistakes_.mismatch(m, m.expected == no_id<TypeId> ? t : m.expected, m.actual, at, {Why::dot}, head));
  }
}

TypeId Inference::infer(ExprId e) {
  const Expr& expr = script_.exprs[e];
  const TypeId t = expr.kind < ExprKind::prefix ? infer_value(e, expr) : infer_process(e, expr);
  typed_.expr_types[index(e)] = t;
  return t;
}

TypeId Inference::check(ExprId e, TypeId expected, const Reason& reason) {
  const TypeId t = match(expected, infer(e), script_.exprs[e].span, reason, e);
  typed_.expr_types[index(e)] = t;
  return t;
}

TypeId Inference::infer_value(ExprId e, const Expr& expr) {
  const auto operand = [&](std::size_t i) { return script_.operand(e, i); };
  const Reason as_operand{Why::operand, expr.operator_span};
  switch (expr.kind) {
    case ExprKind::number: return TypeTable::integer;
    case ExprKind::boolean: return TypeTable::boolean;
    case ExprKind::character: return TypeTable::character;
    case ExprKind::string: return types_.sequence(TypeTable::character);
    case ExprKind::name: return name(e);
    case ExprKind::paren: return infer(operand(0));
    case ExprKind::tuple: {
      std::vector<TypeId> items;
      for (std::size_t i = 0; i < expr.operands.count; ++i) items.push_back(infer(operand(i)));
      return types_.tuple(items);
    }
    case ExprKind::apply: return apply(e);
    case ExprKind::lambda: return lambda(e);
    case ExprKind::let:
      declarations(script_.decl_lists[expr.decls], Generalise::annotated, false);
      return infer(operand(0));
    case ExprKind::if_: return if_else(e);
    case ExprKind::and_:
    case ExprKind::or_: {
      const TypeId a = infer(operand(0)), b = infer(operand(1));
      argument(operand(0), TypeTable::boolean, a, as_operand);
      argument(operand(1), TypeTable::boolean, b, as_operand);
      return TypeTable::boolean;
    }
    case ExprKind::not_: return check(operand(0), TypeTable::boolean, as_operand);
    case ExprKind::equal:
    case ExprKind::not_equal:
    case ExprKind::less:
    case ExprKind::less_equal:
    case ExprKind::greater:
    case ExprKind::greater_equal: return comparison(e, expr);
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::multiply:
    case ExprKind::divide:
    case ExprKind::modulo:
    case ExprKind::negate:
      for (std::size_t i = 0; i < expr.operands.count; ++i) check(operand(i), TypeTable::integer, as_operand);
      return TypeTable::integer;
    case ExprKind::length: check(operand(0), types_.sequence(types_.fresh()), as_operand); return TypeTable::integer;
    case ExprKind::concat: return concatenation(e, expr);
    case ExprKind::dot: return dot(e);
    case ExprKind::map: return map_literal(e);
    case ExprKind::sequence_range:
    case ExprKind::sequence_range_open:
    case ExprKind::set_range:
    case ExprKind::set_range_open: return range(e, expr);
    default: return collection(e, expr);
  }
}

TypeId Inference::name(ExprId e) {
  const BindingId b = typed_.expr_uses[index(e)];
  if (b == no_id<BindingId> || type_of(b) == no_id<TypeId>) return TypeTable::unknown;
  return types_.instantiate(type_of(b));
}

TypeId Inference::apply(ExprId e) {
  const auto operands = script_.operands(e);
  const ExprId callee = operands.front();
  const auto given = operands.subspan(1);
  const TypeId function = types_.resolve(infer(callee));
  std::vector<TypeId> wanted;
  TypeId result = TypeTable::unknown;
  switch (types_[function].kind) {
    case TypeKind::function: {
      if (types_.arguments(function).size() != given.size())
        fail(mistakes_.wrong_count(function, given.size(), callee, script_.exprs[e].span));
      const auto arguments = types_.arguments(function);
      wanted.assign(arguments.begin(), arguments.end());
      result = types_.result(function);
      break;
    }
    case TypeKind::variable:
      if (types_[function].rigid) fail(mistakes_.not_a_function(function, callee));
      for (std::size_t i = 0; i < given.size(); ++i) wanted.push_back(types_.fresh());
      result = types_.fresh();
      match(types_.function(wanted, result), function, script_.exprs[callee].span, {Why::called, script_.exprs[e].span},
            callee);
      break;
    case TypeKind::unknown: wanted.assign(given.size(), TypeTable::unknown); break;
    default: fail(mistakes_.not_a_function(function, callee));
  }
  std::vector<TypeId> actual;
  for (const ExprId a : given) actual.push_back(infer(a));
  for (std::size_t i = 0; i < given.size(); ++i)
    argument(given[i], wanted[i], actual[i], {Why::argument, {}, callee, i + 1});
  return result;
}

// Arguments are whole values: their dots are applied, and a parameter cannot take them apart. Those of the parameter
// are applied too, since those of a recursive function may not have been yet.
void Inference::argument(ExprId e, TypeId expected, TypeId actual, const Reason& reason) {
  const Span at = script_.exprs[e].span;
  actual = evaluate_dots(actual, at, e);
  expected = evaluate_dots(expected, at);
  const Unifier::SymmetryOff off(unifier_);
  match(expected, actual, at, reason, e);
}

namespace {

// An operator that binds tighter than the dot, without parentheses around it.
bool tighter_than_dot(ExprKind kind) { return kind >= ExprKind::and_ && kind <= ExprKind::concat; }

}  // namespace

TypeId Inference::dot(ExprId e) {
  const ExprId left = script_.operand(e, 0), right = script_.operand(e, 1);
  try {
    const TypeId head = infer(left);
    return types_.dot(head, infer(right));
  } catch (Mistake& m) {
    for (const ExprId part : {left, right})
      if (const Expr& inside = script_.exprs[part]; tighter_than_dot(inside.kind) && m.diagnostic.help.empty())
        m.diagnostic.help = fmt::format("`{}` binds tighter than `.`: put parentheses around the dots",
                                        sources_.text(inside.operator_span));
    throw;
  }
}

TypeId Inference::lambda(ExprId e) {
  const auto parameters = script_.pattern_lists[script_.exprs[e].patterns];
  for (const PatternId p : parameters) introduce(p);
  const TypeId result = infer(script_.operand(e, 0));
  std::vector<TypeId> arguments;
  for (const PatternId p : parameters) arguments.push_back(pattern(p));
  return types_.function(arguments, result);
}

TypeId Inference::if_else(ExprId e) {
  const auto operands = script_.operands(e);
  check(operands[0], TypeTable::boolean, {Why::condition});
  const TypeId branch = infer(operands[1]);
  return check(operands[2], branch, {Why::branch, script_.exprs[operands[1]].span});
}

TypeId Inference::comparison(ExprId e, const Expr& expr) {
  const ExprId left = script_.operand(e, 0), right = script_.operand(e, 1);
  const TypeId t = check(right, infer(left), {Why::other_side, script_.exprs[left].span});
  const bool equality = expr.kind == ExprKind::equal || expr.kind == ExprKind::not_equal;
  require(equality ? Constraint::eq : Constraint::ord, t, expr.span, "compared here");
  return TypeTable::boolean;
}

TypeId Inference::concatenation(ExprId e, const Expr& expr) {
  const ExprId left = script_.operand(e, 0), right = script_.operand(e, 1);
  const TypeId t = check(left, types_.sequence(types_.fresh()), {Why::operand, expr.operator_span});
  return check(right, t, {Why::other_side, script_.exprs[left].span});
}

TypeId Inference::same_type(std::span<const ExprId> list) {
  if (list.empty()) return types_.fresh();
  const TypeId first = infer(list.front());
  for (const ExprId e : list.subspan(1)) check(e, first, {Why::element, script_.exprs[list.front()].span});
  return first;
}

// <..>, {..} and {|..|} with or without statements.
TypeId Inference::collection(ExprId e, const Expr& expr) {
  const auto elements = script_.operands(e);
  if (expr.kind == ExprKind::sequence) {
    statements(expr.statements, TypeKind::sequence);
    return types_.sequence(same_type(elements));
  }
  statements(expr.statements, TypeKind::set);
  if (expr.kind == ExprKind::set) {
    const TypeId element = types_.fresh(ConstraintSet{} | Constraint::set);
    for (const ExprId x : elements) check(x, element, {Why::element, script_.exprs[elements.front()].span});
    return types_.set(element);
  }
  const TypeId whole = types_.fresh(ConstraintSet{} | Constraint::yieldable);
  for (const ExprId x : elements) extendable_to(whole, x, {Why::yields});
  return types_.set(whole);
}

TypeId Inference::range(ExprId e, const Expr& expr) {
  const bool sequence = expr.kind == ExprKind::sequence_range || expr.kind == ExprKind::sequence_range_open;
  statements(expr.statements, sequence ? TypeKind::sequence : TypeKind::set);
  for (const ExprId bound : script_.operands(e)) check(bound, TypeTable::integer, {Why::operand, expr.operator_span});
  return sequence ? types_.sequence(TypeTable::integer) : types_.set(TypeTable::integer);
}

TypeId Inference::map_literal(ExprId e) {
  std::vector<ExprId> sides[2];
  const auto operands = script_.operands(e);
  for (std::size_t i = 0; i < operands.size(); ++i) sides[i % 2].push_back(operands[i]);
  const TypeId key = same_type(sides[0]);
  return types_.map(key, same_type(sides[1]));
}

}  // namespace tryst::csp
