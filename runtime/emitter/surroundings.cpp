#include "runtime/emitter/surroundings.hpp"

#include <algorithm>

namespace tryst::emitter {

using csp::BindingId;
using csp::ExprId;
using csp::ExprKind;

std::optional<csp::Origin> Surroundings::of(ExprId expression, csp::ProcessId term) {
  csp::Origin origin{no_id<BindingId>, expression, {}, {}};
  const std::set<BindingId> wanted = captured_.of(expression);
  if (wanted.empty()) return origin;
  add_suspended(term, origin);
  add_fields(expression, term, origin);
  std::erase_if(origin.variables, [&](const auto& known) { return !wanted.contains(known.first); });
  return origin.variables.size() == wanted.size() ? std::optional(std::move(origin)) : std::nullopt;
}

void Surroundings::add(BindingId variable, const csp::EventField& value, csp::Origin& origin) const {
  const bool is_known =
      std::ranges::any_of(origin.variables, [&](const auto& known) { return known.first == variable; });
  if (!is_known) origin.variables.emplace_back(variable, value);
}

// Of the term's own operators only: nothing is unfolded.
void Surroundings::add_suspended(csp::ProcessId start, csp::Origin& origin) {
  std::vector<csp::ProcessId> waiting{start};
  std::set<csp::ProcessId> met{start};
  while (!waiting.empty()) {
    const csp::TermView term = evaluator_.terms()[waiting.back()];
    waiting.pop_back();
    if (term.op == csp::Operator::suspended) {
      if (const auto suspended = evaluator_.origin(static_cast<csp::SuspensionId>(term.payload)))
        for (const auto& [variable, value] : suspended->variables) add(variable, value, origin);
      continue;
    }
    for (const csp::ProcessId operand : term.operands)
      if (met.insert(operand).second) waiting.push_back(operand);
  }
}

void Surroundings::sent(ExprId e, std::vector<ExprId>& fields) const {
  const csp::Expr& expr = typed_.script.exprs[e];
  const auto operands = typed_.script.operands(e);
  if (expr.kind == ExprKind::paren) return sent(operands[0], fields);
  if (expr.kind != ExprKind::dot) return fields.push_back(e);
  sent(operands[0], fields);
  sent(operands[1], fields);
}

void Surroundings::add_fields(ExprId e, csp::ProcessId process, csp::Origin& origin) {
  const csp::Expr& expr = typed_.script.exprs[e];
  const auto operands = typed_.script.operands(e);
  const csp::TermView term = evaluator_.terms()[process];
  if (expr.kind == ExprKind::paren) return add_fields(operands[0], process, origin);
  if (expr.kind == ExprKind::external_choice && term.op == csp::Operator::external_choice &&
      term.operands.size() == 2) {
    add_fields(operands[0], term.operands[0], origin);
    return add_fields(operands[1], term.operands[1], origin);
  }
  if (expr.kind != ExprKind::prefix || term.op != csp::Operator::prefix || term.events.empty()) return;
  std::vector<ExprId> fields;
  sent(operands[0], fields);
  for (const csp::FieldId f : typed_.script.field_lists[expr.fields]) {
    if (typed_.script.fields[f].kind != csp::FieldKind::output) break;
    sent(typed_.script.fields[f].expr, fields);
  }
  const csp::EventShape event = evaluator_.shape(term.events[0]);
  for (std::size_t i = 1; i < fields.size() && i <= event.fields.size(); ++i)  // the first is the channel
    if (typed_.script.exprs[fields[i]].kind == ExprKind::name)
      add(typed_.expr_uses[index(fields[i])], event.fields[i - 1], origin);
}

}  // namespace tryst::emitter
