#include <algorithm>
#include <cassert>

#include "semantics/csp/lowering.hpp"

namespace tryst::csp {

NodeId Lowering::add(Node node) { return core_.nodes.add(node); }

NodeId Lowering::add(Op op, Span span, std::vector<NodeId> kids) {
  Node node{op, false, span};
  node.kids = core_.node_lists.add(kids);
  return add(node);
}

ExprId Lowering::strip(ExprId e) const {
  while (script_.exprs[e].kind == ExprKind::paren) e = script_.operand(e, 0);
  return e;
}

std::vector<NodeId> Lowering::expressions(std::span<const ExprId> list) {
  std::vector<NodeId> nodes;
  for (ExprId e : list) nodes.push_back(expression(e));
  return nodes;
}

NodeId Lowering::all(Op op, ExprId e) { return add(op, script_.exprs[e].span, expressions(script_.operands(e))); }

namespace {

// The expressions that are lowered to the operator of the same name over their operands.
std::optional<Op> direct(ExprKind kind) {
  switch (kind) {
    case ExprKind::if_: return Op::if_;
    case ExprKind::and_: return Op::and_;
    case ExprKind::or_: return Op::or_;
    case ExprKind::not_: return Op::not_;
    case ExprKind::equal: return Op::equal;
    case ExprKind::not_equal: return Op::not_equal;
    case ExprKind::less: return Op::less;
    case ExprKind::less_equal: return Op::less_equal;
    case ExprKind::greater: return Op::greater;
    case ExprKind::greater_equal: return Op::greater_equal;
    case ExprKind::add: return Op::add;
    case ExprKind::subtract: return Op::subtract;
    case ExprKind::multiply: return Op::multiply;
    case ExprKind::divide: return Op::divide;
    case ExprKind::modulo: return Op::modulo;
    case ExprKind::negate: return Op::negate;
    case ExprKind::length: return Op::length;
    case ExprKind::dot: return Op::dot;
    case ExprKind::map: return Op::map;
    default: return std::nullopt;
  }
}

bool arithmetic(Op op) { return op >= Op::if_ && op <= Op::negate; }

}  // namespace

NodeId Lowering::expression(ExprId e) {
  e = strip(e);
  const Expr& x = script_.exprs[e];
  if (const auto op = direct(x.kind)) return all(*op, e);
  switch (x.kind) {
    case ExprKind::number: return add({Op::integer, false, x.span, x.number});
    case ExprKind::boolean: return add({Op::boolean, false, x.span, x.number});
    case ExprKind::character: return add({Op::character, false, x.span, x.number});
    case ExprKind::string: {
      Node node{Op::string, false, x.span};
      node.text = text(x.symbol);
      return add(node);
    }
    case ExprKind::name: return name(e);
    case ExprKind::tuple: {
      std::vector<NodeId> parts;
      for (ExprId part : script_.operands(e)) parts.push_back(delayed(part));
      return add(Op::tuple, x.span, parts);
    }
    case ExprKind::concat:
      return add(Op::concat, x.span, {expression(script_.operand(e, 0)), delayed(script_.operand(e, 1))});
    case ExprKind::apply: return apply(e);
    case ExprKind::lambda: return lambda(e);
    case ExprKind::let: return let(e);
    case ExprKind::sequence:
    case ExprKind::sequence_range:
    case ExprKind::sequence_range_open: return comprehension(e, script_.statement_lists[x.statements]);
    case ExprKind::set:
    case ExprKind::set_range:
    case ExprKind::set_range_open:
    case ExprKind::set_enumerated: return set(e);
    default: return process(e);
  }
}

std::optional<Lowering::Meaning> Lowering::meaning_of(ExprId e) const {
  e = strip(e);
  if (script_.exprs[e].kind != ExprKind::name) return std::nullopt;
  const auto at = meanings_.find(typed_.expr_uses[index(e)]);
  return at == meanings_.end() ? std::nullopt : std::optional(at->second);
}

NodeId Lowering::name(ExprId e) {
  const Span span = script_.exprs[e].span;
  const Binding& b = typed_.bindings[typed_.expr_uses[index(e)]];
  if (b.kind == BindingKind::builtin) {
    if (timing_of_names() != nullptr && b.builtin == Builtin::STOP) return stop(span);
    if (timing_of_names() != nullptr && b.builtin == Builtin::SKIP) return skip(span);
    Node node{Op::builtin, false, span, static_cast<std::int64_t>(b.builtin)};
    if (entry(b.builtin).availability != Availability::timed) return add(node);
    // `WAIT` and `timed_priority` as values: closures over the section's tock.
    Frame frame{{}, true, 1};
    inner_code(span, true, frame, [&] {
      const NodeId argument = add({Op::local, false, span, 0});
      return add(Node{Op::call_builtin,
                      false,
                      span,
                      node.number,
                      {},
                      no_id<CodeId>,
                      core_.node_lists.add(std::vector{argument, tock(span)})});
    });
    core_.codes[frame.code].groups = {1};
    core_.codes[frame.code].parameters = 1;
    return make(Op::closure, span, frame);
  }
  const Meaning meaning = *meaning_of(e);
  if (meaning.kind == Meaning::Kind::local && is_process(e)) locals_[static_cast<LocalId>(meaning.id)].process = true;
  return use(meaning, span);
}

// A name as an expression: functions become closures, named processes calls without arguments.
NodeId Lowering::use(Meaning meaning, Span span) {
  const auto of_code = [&](CodeId code, Range<Slot> sources) {
    Node node{core_.codes[code].groups.empty() ? Op::call : Op::closure, false, span};
    node.code = code;
    node.sources = sources;
    return add(node);
  };
  switch (meaning.kind) {
    case Meaning::Kind::local: {
      const LocalId l{meaning.id};
      if (locals_[l].kind == Local::Kind::lifted)
        return of_code(locals_[l].code, slots_of(std::vector(locals_[l].captures)));
      return add({Op::local, false, span, slot(l)});
    }
    case Meaning::Kind::value: return add({Op::global, false, span, meaning.id});
    case Meaning::Kind::function: return of_code(static_cast<CodeId>(meaning.id), {});
    case Meaning::Kind::data: return add({Op::data, false, span, meaning.id});
    case Meaning::Kind::datatype: return add({Op::datatype, false, span, meaning.id});
  }
  return {};
}

// A function that is known and gets all its arguments is called at once; else one argument list at a time.
NodeId Lowering::apply(ExprId e) {
  std::vector<ExprId> calls;  // innermost last
  ExprId callee = e;
  while (script_.exprs[callee].kind == ExprKind::apply) {
    calls.push_back(callee);
    callee = strip(script_.operand(callee, 0));
  }
  std::reverse(calls.begin(), calls.end());
  std::size_t applied = 0;
  NodeId result{};
  const auto arguments_of = [&](ExprId call) { return script_.operands(call).subspan(1); };

  std::optional<CodeId> code;
  if (const auto m = meaning_of(callee)) {
    if (m->kind == Meaning::Kind::function) code = static_cast<CodeId>(m->id);
    if (m->kind == Meaning::Kind::local && locals_[static_cast<LocalId>(m->id)].kind == Local::Kind::lifted)
      code = locals_[static_cast<LocalId>(m->id)].code;
  }
  const bool is_name = script_.exprs[callee].kind == ExprKind::name;
  const Binding* b = is_name ? &typed_.bindings[typed_.expr_uses[index(callee)]] : nullptr;
  if (code && !core_.codes[*code].groups.empty() && core_.codes[*code].groups.size() <= calls.size()) {
    applied = core_.codes[*code].groups.size();
    std::vector<NodeId> arguments;
    for (std::size_t i = 0; i < applied; ++i)
      for (ExprId a : arguments_of(calls[i])) arguments.push_back(delayed(a));
    const NodeId function = use(*meaning_of(callee), script_.exprs[calls[applied - 1]].span);
    core_.nodes[function].op = Op::call;
    core_.nodes[function].kids = core_.node_lists.add(arguments);
    result = function;
  } else if (b != nullptr && b->kind == BindingKind::builtin) {
    const bool relational = b->builtin == Builtin::relational_image || b->builtin == Builtin::relational_inverse_image;
    if (!relational || calls.size() >= 2) {
      applied = relational ? 2 : 1;
      std::vector<NodeId> arguments;
      for (std::size_t i = 0; i < applied; ++i)
        for (ExprId a : arguments_of(calls[i])) arguments.push_back(expression(a));
      const Span span = script_.exprs[calls[applied - 1]].span;
      if (entry(b->builtin).availability == Availability::timed) arguments.push_back(tock(span));
      result = add(Op::call_builtin, span, arguments);
      core_.nodes[result].number = static_cast<std::int64_t>(b->builtin);
    }
  }
  if (applied == 0) result = expression(callee);
  for (; applied < calls.size(); ++applied) {
    std::vector<NodeId> kids{result};
    for (ExprId a : arguments_of(calls[applied])) kids.push_back(delayed(a));
    result = add(Op::apply, script_.exprs[calls[applied]].span, kids);
  }
  return result;
}

NodeId Lowering::lambda(ExprId e) {
  const Expr& x = script_.exprs[e];
  const auto patterns = script_.pattern_lists[x.patterns];
  const ExprId body = script_.operand(e, 0);
  Frame frame{{}, is_process(body), static_cast<std::uint32_t>(patterns.size())};
  inner_code(x.span, is_process(body), frame, [&] {
    std::vector<MatchId> matches;
    bool refutable = false;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      matches.push_back(parameter(patterns[i], static_cast<Slot>(i)));
      refutable = refutable || core_.matches[matches.back()].kind != MatchKind::any;
    }
    const NodeId result = expression(body);
    if (!refutable) return result;
    Node node{Op::clauses, false, x.span, static_cast<std::int64_t>(patterns.size())};
    node.matches = core_.match_lists.add(matches);
    node.kids = core_.node_lists.add(std::vector{result});
    return add(node);
  });
  core_.codes[frame.code].groups = {static_cast<std::uint32_t>(patterns.size())};
  core_.codes[frame.code].parameters = static_cast<std::uint32_t>(patterns.size());
  return make(Op::closure, x.span, frame);
}

// A node of the current frame that refers to the code of `inner`, with what that captures.
NodeId Lowering::make(Op op, Span span, const Frame& inner) {
  Node node{op, false, span};
  node.code = inner.code;
  node.sources = slots_of(inner.captures);
  return add(node);
}

// <e, .. | x <- s, ..> = concat_map(\ x @ <e, .. | ..>, s), which is lazy in all its parts (Wadler, in Peyton Jones,
// "The implementation of functional programming languages", 1987, chapter 7).
NodeId Lowering::comprehension(ExprId e, std::span<const StatementId> statements) {
  const Span span = script_.exprs[e].span;
  if (statements.empty()) return sequence(e);
  const Statement& s = script_.statements[statements.front()];
  const NodeId nothing = add(Op::sequence, span, {});
  if (!s.generator()) return add(Op::if_, span, {expression(s.expr), comprehension(e, statements.subspan(1)), nothing});
  const NodeId source = expression(s.expr);
  Frame frame{{}, false, 1};
  inner_code(span, false, frame, [&] {
    const MatchId match = parameter(s.pattern, 0);
    const NodeId rest = comprehension(e, statements.subspan(1));
    if (core_.matches[match].kind == MatchKind::any) return rest;
    Node node{Op::clauses, false, span, 1};
    node.matches = core_.match_lists.add(std::vector{match, add({MatchKind::any, span})});
    node.kids = core_.node_lists.add(std::vector{rest, nothing});
    return add(node);
  });
  core_.codes[frame.code].parameters = 1;
  const NodeId node = make(Op::concat_map, span, frame);
  core_.nodes[node].kids = core_.node_lists.add(std::vector{source});
  return node;
}

NodeId Lowering::sequence(ExprId e) {
  const Expr& x = script_.exprs[e];
  if (x.kind == ExprKind::sequence_range) return all(Op::sequence_range, e);
  if (x.kind == ExprKind::sequence_range_open) return all(Op::sequence_range_open, e);
  std::vector<NodeId> elements;
  for (ExprId element : script_.operands(e)) elements.push_back(delayed(element));
  return add(Op::sequence, x.span, elements);
}

NodeId Lowering::set(ExprId e) {
  const Expr& x = script_.exprs[e];
  const Op op = x.kind == ExprKind::set              ? Op::set
                : x.kind == ExprKind::set_range      ? Op::set_range
                : x.kind == ExprKind::set_range_open ? Op::set_range_open
                                                     : Op::set_enumerated;
  const Range<StepId> list = steps(x.statements, false);
  const NodeId node = all(op, e);
  core_.nodes[node].steps = list;
  return node;
}

// The statements of an eager comprehension. Their variables are in scope for what is lowered afterwards.
Range<StepId> Lowering::steps(Range<StatementId> statements, bool over_sequence) {
  std::vector<LocalId> bound;
  std::vector<StepId> list;
  for (StatementId id : script_.statement_lists[statements]) {
    const Statement& s = script_.statements[id];
    Step step;
    step.over_sequence = over_sequence;
    if (s.generator()) {
      const Free free = free_locals(s.expr);
      step.independent = std::none_of(bound.begin(), bound.end(), [&](LocalId l) {
        return std::binary_search(free.locals.begin(), free.locals.end(), l);
      });
    }
    step.expr = expression(s.expr);
    if (s.generator()) {
      step.match = pattern(s.pattern);
      for (BindingId b : variables(s.pattern)) bound.push_back(static_cast<LocalId>(meanings_.at(b).id));
    }
    list.push_back(core_.steps.add(step));
  }
  return core_.step_lists.add(list);
}

// An expression for a place where it is evaluated on demand: literals, variables and data structures as they are, all
// else as a thunk. Arithmetic keeps a copy in this frame, for when its operands are known already.
NodeId Lowering::delayed(ExprId e) {
  e = strip(e);
  const Expr& x = script_.exprs[e];
  switch (x.kind) {
    case ExprKind::number:
    case ExprKind::boolean:
    case ExprKind::character:
    case ExprKind::string:
    case ExprKind::lambda:
    case ExprKind::tuple: return expression(e);
    case ExprKind::sequence:
      if (x.statements.empty()) return expression(e);
      break;
    case ExprKind::name: {
      const auto meaning = meaning_of(e);
      const bool makes_suspension = meaning && meaning->kind == Meaning::Kind::local && is_process(e) &&
                                    locals_[static_cast<LocalId>(meaning->id)].kind == Local::Kind::lifted;
      if (meaning && meaning->kind != Meaning::Kind::value && meaning->kind != Meaning::Kind::datatype &&
          !makes_suspension)
        return expression(e);
      if (!meaning && typed_.bindings[typed_.expr_uses[index(e)]].builtin != Builtin::Events) return expression(e);
      break;
    }
    default: break;
  }
  return thunk(e);
}

NodeId Lowering::thunk(ExprId e) {
  const Span span = script_.exprs[e].span;
  int budget = 16;
  std::vector<NodeId> copy;
  if (cheap(e, budget)) copy.push_back(expression(e));
  Frame frame{};
  inner_code(span, is_process(e), frame, [&] { return expression(e); });
  const NodeId node = make(Op::delay, span, frame);
  core_.nodes[node].kids = core_.node_lists.add(copy);
  return node;
}

// Whether an expression is arithmetic on literals and variables, of at most `budget` nodes.
bool Lowering::cheap(ExprId e, int& budget) const {
  e = strip(e);
  if (--budget < 0) return false;
  const Expr& x = script_.exprs[e];
  if (x.kind == ExprKind::number || x.kind == ExprKind::boolean) return true;
  if (x.kind == ExprKind::name) {
    const auto meaning = meaning_of(e);
    if (!meaning) return false;
    return meaning->kind == Meaning::Kind::value ||
           (meaning->kind == Meaning::Kind::local &&
            locals_[static_cast<LocalId>(meaning->id)].kind != Local::Kind::lifted);
  }
  const auto op = direct(x.kind);
  if (!op || !arithmetic(*op)) return false;
  const auto operands = script_.operands(e);
  return std::all_of(operands.begin(), operands.end(), [&](ExprId operand) { return cheap(operand, budget); });
}

}  // namespace tryst::csp
