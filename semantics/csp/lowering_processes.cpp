// Process operators. What a Timed section changes is section 6.6 of the language reference.
#include <cassert>

#include "semantics/csp/lowering.hpp"

namespace tryst::csp {

NodeId Lowering::tock(Span span) { return add({Op::data, false, span, index(timing_of_names()->tock)}); }
NodeId Lowering::stop(Span span) { return add({Op::timed_stop, false, span, index(timing_of_names()->tock)}); }
NodeId Lowering::skip(Span span) { return add({Op::timed_skip, false, span, index(timing_of_names()->tock)}); }

// In a Timed section, the set with tock.
NodeId Lowering::with_tock(NodeId set) {
  if (timing_ == nullptr) return set;
  const Span span = core_.nodes[set].span;
  const NodeId tocks = add(Op::set, span, {tock(span)});
  const NodeId both = add(Op::call_builtin, span, {set, tocks});
  core_.nodes[both].number = static_cast<std::int64_t>(Builtin::union_);
  return both;
}

// A process that is evaluated when it is met: what follows an event or a termination. A name stands for itself.
NodeId Lowering::suspended(ExprId e) {
  e = strip(e);
  const Span span = script_.exprs[e].span;
  if (script_.exprs[e].kind == ExprKind::name) {
    const auto meaning = meaning_of(e);
    const bool let_value = meaning && meaning->kind == Meaning::Kind::local &&
                           locals_[static_cast<LocalId>(meaning->id)].kind == Local::Kind::value;
    if (!let_value && !(meaning && meaning->kind == Meaning::Kind::value)) return name(e);
  }
  Frame frame{{}, true};
  inner_code(span, true, frame, [&] { return expression(e); });
  core_.codes[frame.code].expression = e;
  return make(Op::suspend, span, frame);
}

NodeId Lowering::process(ExprId e) {
  const Expr& x = script_.exprs[e];
  const auto operand = [&](std::size_t i) { return script_.operand(e, i); };
  const auto with_set = [&](Op op, bool timed) {  // P, A, Q
    const NodeId p = expression(operand(0));
    const NodeId a = timed ? with_tock(expression(operand(1))) : expression(operand(1));
    return add(op, x.span, {p, a, op == Op::exception ? suspended(operand(2)) : expression(operand(2))});
  };
  switch (x.kind) {
    case ExprKind::prefix: return prefix(e);
    case ExprKind::guard: {
      const NodeId otherwise = timing_ != nullptr
                                   ? stop(x.span)
                                   : add({Op::builtin, false, x.span, static_cast<std::int64_t>(Builtin::STOP)});
      return add(Op::if_, x.span, {expression(operand(0)), expression(operand(1)), otherwise});
    }
    case ExprKind::external_choice: return choice(Op::external_choice, Op::sync_external, e);
    case ExprKind::interrupt: return choice(Op::interrupt, Op::sync_interrupt, e);
    case ExprKind::interleave: return choice(Op::interleave, Op::parallel, e);
    case ExprKind::internal_choice: return all(Op::internal_choice, e);
    case ExprKind::sliding_choice: return all(Op::sliding_choice, e);
    case ExprKind::sequential: return add(Op::sequential, x.span, {expression(operand(0)), suspended(operand(1))});
    case ExprKind::parallel: return with_set(Op::parallel, true);
    case ExprKind::exception: return with_set(Op::exception, false);
    case ExprKind::sync_external: return with_set(Op::sync_external, true);
    case ExprKind::sync_interrupt: return with_set(Op::sync_interrupt, true);
    case ExprKind::alphabetised:
      return add(Op::alphabetised, x.span,
                 {expression(operand(0)), with_tock(expression(operand(1))), with_tock(expression(operand(2))),
                  expression(operand(3))});
    case ExprKind::hide: return all(Op::hide, e);
    case ExprKind::project: return all(Op::project, e);
    case ExprKind::rename:
    case ExprKind::link: return tie_operator(e);
    default: return replicated(e);
  }
}

// A choice of two that a Timed section replaces by one that lets time pass together.
NodeId Lowering::choice(Op plain, Op synchronised, ExprId e) {
  const Span span = script_.exprs[e].span;
  const NodeId left = expression(script_.operand(e, 0));
  const NodeId right = expression(script_.operand(e, 1));
  if (timing_ == nullptr) return add(plain, span, {left, right});
  return add(synchronised, span, {left, add(Op::set, span, {tock(span)}), right});
}

// In a Timed section a prefix is a process of its own, which comes back to itself after tock.
NodeId Lowering::prefix(ExprId e) {
  if (timing_ == nullptr) return prefix_here(e);
  const Span span = script_.exprs[e].span;
  Frame frame{{}, true};
  NodeId body{};
  inner_code(span, true, frame, [&] {
    const NodeId here = prefix_here(e);
    std::vector<NodeId> kids{here};
    if (timing_->function) kids.push_back(use(*timing_->function, span));
    body = add(Op::timed_choice, span, kids);
    core_.nodes[body].number = index(timing_->tock);
    return body;
  });
  core_.nodes[body].code = frame.code;
  core_.codes[frame.code].expression = e;
  return make(Op::suspend, span, frame);
}

NodeId Lowering::prefix_here(ExprId e) {
  const Expr& x = script_.exprs[e];
  const NodeId channel = expression(script_.operand(e, 0));
  const auto fields = script_.field_lists[x.fields];
  std::vector<InputId> inputs;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Field& f = script_.fields[fields[i]];
    Input input{f.kind, f.span};
    input.last = i + 1 == fields.size();
    if (f.expr != no_id<ExprId>) input.expr = expression(f.expr);
    if (f.kind != FieldKind::output) {
      std::vector<PatternId> flat;
      if (f.expr != no_id<ExprId>) {
        flat.push_back(f.pattern);
      } else {
        dot_parts(f.pattern, flat);
      }
      std::vector<MatchId> parts;
      for (PatternId p : flat) parts.push_back(pattern(p));
      input.parts = core_.match_lists.add(parts);
    }
    inputs.push_back(core_.inputs.add(input));
  }
  const NodeId continuation = suspended(script_.operand(e, 1));
  const NodeId node = add(Op::prefix, x.span, {channel, continuation});
  core_.nodes[node].inputs = core_.input_lists.add(inputs);
  return node;
}

NodeId Lowering::replicated(ExprId e) {
  const Expr& x = script_.exprs[e];
  const auto operands = script_.operands(e);
  const bool timed = timing_ != nullptr;
  if (x.kind == ExprKind::rep_link) return tie_operator(e);
  // The set of a replicated parallel is outside the scope of the statements.
  std::vector<NodeId> kids;
  const bool set_first = x.kind == ExprKind::rep_parallel || x.kind == ExprKind::rep_sync_external;
  if (set_first) kids.push_back(with_tock(expression(operands[0])));
  const Range<StepId> list = steps(x.statements, x.kind == ExprKind::rep_sequential);
  Op op{};
  switch (x.kind) {
    case ExprKind::rep_external: op = timed ? Op::rep_sync_external : Op::rep_external; break;
    case ExprKind::rep_interleave: op = timed ? Op::rep_parallel : Op::rep_interleave; break;
    case ExprKind::rep_internal: op = Op::rep_internal; break;
    case ExprKind::rep_sequential: op = Op::rep_sequential; break;
    case ExprKind::rep_parallel: op = Op::rep_parallel; break;
    case ExprKind::rep_sync_external: op = Op::rep_sync_external; break;
    default:
      assert(x.kind == ExprKind::rep_alphabetised);
      op = Op::rep_alphabetised;
      break;
  }
  if (timed && (x.kind == ExprKind::rep_external || x.kind == ExprKind::rep_interleave))
    kids.push_back(add(Op::set, x.span, {tock(x.span)}));
  if (x.kind == ExprKind::rep_alphabetised) kids.push_back(with_tock(expression(operands[0])));
  kids.push_back(x.kind == ExprKind::rep_sequential ? suspended(operands.back()) : expression(operands.back()));
  const NodeId node = add(op, x.span, kids);
  core_.nodes[node].steps = list;
  core_.nodes[node].flag = timed;
  if (timed) core_.nodes[node].number = index(timing_->tock);
  return node;
}

// Renaming and linking: the ties are in the scope of their own statements, the processes are not.
NodeId Lowering::tie_operator(ExprId e) {
  const Expr& x = script_.exprs[e];
  const auto operands = script_.operands(e);
  const std::size_t processes = x.kind == ExprKind::link ? 2 : 1;
  Range<StepId> outer{};
  if (x.kind == ExprKind::rep_link) outer = steps(x.statements, true);
  std::vector<NodeId> kids = expressions(operands.first(processes));
  const Range<StepId> inner = steps(x.kind == ExprKind::rep_link ? x.tie_statements : x.statements, false);
  for (NodeId tie : expressions(operands.subspan(processes))) kids.push_back(tie);
  const Op op = x.kind == ExprKind::rename ? Op::rename : x.kind == ExprKind::link ? Op::link : Op::rep_link;
  const NodeId node = add(op, x.span, kids);
  core_.nodes[node].steps = outer;
  core_.nodes[node].tie_steps = inner;
  return node;
}

}  // namespace tryst::csp
