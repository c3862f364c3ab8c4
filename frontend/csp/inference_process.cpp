// Types of process expressions: what every operator wants.

#include "frontend/csp/inference.hpp"

namespace tryst::csp {

namespace {

// What each operand must be, in the order of the tree: P a process, A a set of events, B a Boolean.
std::string_view operand_shape(ExprKind kind) {
  switch (kind) {
    case ExprKind::guard: return "BP";
    case ExprKind::parallel:
    case ExprKind::exception:
    case ExprKind::sync_external:
    case ExprKind::sync_interrupt: return "PAP";
    case ExprKind::alphabetised: return "PAAP";
    case ExprKind::hide:
    case ExprKind::project: return "PA";
    case ExprKind::rep_parallel:
    case ExprKind::rep_sync_external:
    case ExprKind::rep_alphabetised: return "AP";
    case ExprKind::rep_external:
    case ExprKind::rep_internal:
    case ExprKind::rep_interleave:
    case ExprKind::rep_sequential: return "P";
    default: return "PP";
  }
}

}  // namespace

TypeId Inference::infer_process(ExprId e, const Expr& expr) {
  const auto operands = script_.operands(e);
  const Reason as_operand{Why::operand, expr.operator_span};
  const auto process = [&](ExprId p) { check(p, TypeTable::process, as_operand); };
  switch (expr.kind) {
    case ExprKind::prefix: prefix(e, expr); return TypeTable::process;
    case ExprKind::rename:
      process(operands[0]);
      statements(expr.statements, TypeKind::set);
      rename(operands.subspan(1));
      return TypeTable::process;
    case ExprKind::link:
      process(operands[0]);
      process(operands[1]);
      statements(expr.statements, TypeKind::set);
      rename(operands.subspan(2));
      return TypeTable::process;
    case ExprKind::rep_link:
      statements(expr.statements, TypeKind::sequence);
      statements(expr.tie_statements, TypeKind::set);
      rename(operands.subspan(1));
      check(operands[0], TypeTable::process, {Why::body});
      return TypeTable::process;
    default: break;
  }
  const std::string_view shape = operand_shape(expr.kind);
  const bool replicated = expr.kind >= ExprKind::rep_external;
  // The set of [|A|] x:S @ P and of its synchronous like does not see x, that of || x:S @ [A] P does.
  const bool set_outside = expr.kind == ExprKind::rep_parallel || expr.kind == ExprKind::rep_sync_external;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (replicated && i == (set_outside ? 1u : 0u))
      statements(expr.statements, expr.kind == ExprKind::rep_sequential ? TypeKind::sequence : TypeKind::set);
    switch (shape[i]) {
      case 'A': check(operands[i], types_.set(TypeTable::event), {Why::events}); break;
      case 'B': check(operands[i], TypeTable::boolean, as_operand); break;
      default: check(operands[i], TypeTable::process, replicated ? Reason{Why::body} : as_operand);
    }
  }
  return TypeTable::process;
}

void Inference::prefix(ExprId e, const Expr& expr) {
  const ExprId channel = script_.operand(e, 0), continuation = script_.operand(e, 1);
  const auto list = script_.field_lists[expr.fields];
  const Reason as_operand{Why::operand, expr.operator_span};
  if (list.empty()) {
    check(channel, TypeTable::event, {Why::event});
    check(continuation, TypeTable::process, as_operand);
    return;
  }
  for (const FieldId f : list)
    if (script_.fields[f].pattern != no_id<PatternId>) introduce(script_.fields[f].pattern);
  const TypeId head = infer(channel);
  std::vector<TypeId> given;
  for (const FieldId f : list) given.push_back(field(f));
  const TypeId fields = types_.dots(given);
  const auto mark = types_.mark();
  try {
    unifier_.unify(TypeTable::event, types_.dot(head, fields));
  } catch (const Mismatch&) {
    types_.rollback(mark);
    const Span at = cover(script_.fields[list.front()].span, script_.fields[list.back()].span);
    fail(mistakes_.fields_do_not_fit(head, fields, channel, at));
  }
  check(continuation, TypeTable::process, as_operand);
}

// Pairs of a renaming or of ties: each is extended pointwise, so both sides must lack the same fields.
void Inference::rename(std::span<const ExprId> pairs) {
  std::vector<TypeId> from;
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2)
    from.push_back(extendable_to(TypeTable::event, pairs[i], {Why::channel}));
  for (std::size_t i = 1; i < pairs.size(); i += 2)
    check(pairs[i], from[i / 2], {Why::other_side, script_.exprs[pairs[i - 1]].span});
}

TypeId Inference::extendable_to(TypeId whole, ExprId e, const Reason& reason) {
  return check(e, types_.extendable(whole, types_.fresh()), reason);
}

}  // namespace tryst::csp
