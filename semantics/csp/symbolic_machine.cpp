#include "semantics/csp/symbolic_machine.hpp"

#include <algorithm>
#include <cassert>

#include "semantics/csp/builtin_functions.hpp"
#include "semantics/csp/dot.hpp"
#include "semantics/script_error.hpp"

namespace tryst::csp {

namespace {

// Whether the node is a process of its own, which is looked into only where it acts.
bool is_process_operator(const Node& node) {
  const auto function = static_cast<Builtin>(node.number);
  return node.op >= Op::prefix ||
         (node.op == Op::call_builtin && (function == Builtin::RUN || function == Builtin::CHAOS));
}

}  // namespace

void SymbolicMachine::for_each_path(const std::function<void()>& body) {
  const std::size_t base = assumed_.size();
  std::vector<bool> outer = std::exchange(decided_, {});
  const std::size_t outer_next = std::exchange(next_decision_, 0);
  const std::size_t calls = calls_;
  for (;;) {
    if (++paths_ > paths_max) throw NotSymbolic{"there are too many cases"};
    machine_.poll();
    try {
      body();
    } catch (const ScriptError& error) {
      faults_.push_back({expressions_.conjunction(assumed_), error.diagnostic});
    }
    calls_ = calls;
    assumed_.resize(base);
    next_decision_ = 0;
    while (!decided_.empty() && !decided_.back()) decided_.pop_back();
    if (decided_.empty()) break;
    decided_.back() = false;
  }
  decided_ = std::move(outer);
  next_decision_ = outer_next;
}

bool SymbolicMachine::decide(ExpressionId condition) {
  condition = simplified(condition);
  if (expressions_.is(condition, true)) return true;
  if (expressions_.is(condition, false)) return false;
  ++asked_;
  const ExpressionId negated = expressions_.negation(condition);
  if (std::ranges::find(assumed_, condition) != assumed_.end()) return true;
  if (std::ranges::find(assumed_, negated) != assumed_.end()) return false;
  if (next_decision_ == decided_.size()) {
    if (decided_.size() >= decisions_max) throw NotSymbolic{"a process decides too many conditions at once"};
    decided_.push_back(true);
  }
  const bool answer = decided_[next_decision_++];
  assumed_.push_back(answer ? condition : negated);
  return answer;
}

ExpressionId SymbolicMachine::integer_of(SymbolicId id) {
  id = force(id);
  if (values_.kind(id) == SymbolicKind::integer) return values_.expression(id);
  if (!values_.is_known(id)) throw NotSymbolic{"an integer is wanted where something unknown stands"};
  return expressions_.number(machine_.values().as_integer(values_.value(id)));
}

bool SymbolicMachine::truth_of(SymbolicId id) {
  id = force(id);
  if (values_.kind(id) == SymbolicKind::truth) return decide(values_.expression(id));
  if (!values_.is_known(id)) throw NotSymbolic{"a condition depends on something unknown"};
  return machine_.values().as_boolean(values_.value(id));
}

// With a condition decided: what is kept in values and processes is true or false.
SymbolicId SymbolicMachine::settled(SymbolicId id) {
  id = force(id);
  if (values_.kind(id) != SymbolicKind::truth) return id;
  return values_.truth(expressions_.truth(decide(values_.expression(id))));
}

// The slots that a node or anything in it reads, those that it binds itself included.
const std::vector<Slot>& SymbolicMachine::slots_used(NodeId id) {
  if (const auto at = slots_used_.find(id); at != slots_used_.end()) return at->second;
  const Core& core = machine_.core();
  std::vector<Slot> slots;
  std::vector<NodeId> open{id};
  while (!open.empty()) {
    const Node& node = core.nodes[open.back()];
    open.pop_back();
    if (node.op == Op::local || node.op == Op::select) slots.push_back(static_cast<Slot>(node.number));
    const auto sources = core.slot_lists[node.sources];
    slots.insert(slots.end(), sources.begin(), sources.end());
    for (const NodeId kid : core.kids(node)) open.push_back(kid);
    for (const Range<StepId> steps : {node.steps, node.tie_steps})
      for (const StepId step : core.step_lists[steps]) open.push_back(core.steps[step].expr);
    for (const InputId input : core.input_lists[node.inputs])
      if (core.inputs[input].expr != no_id<NodeId>) open.push_back(core.inputs[input].expr);
    if (node.op == Op::clauses)
      for (std::int64_t i = 0; i < node.number; ++i) slots.push_back(static_cast<Slot>(i));
  }
  std::ranges::sort(slots);
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  return slots_used_.emplace(id, std::move(slots)).first->second;
}

// The value by the machine, if it depends on nothing unknown. What is delayed is evaluated for that; if it goes wrong,
// it may not be needed.
std::optional<SymbolicId> SymbolicMachine::if_known(NodeId id, Frame& frame) {
  std::vector<Handle> handles(machine_.core().codes[frame.code].frame_size);
  for (const Slot slot : slots_used(id)) {
    SymbolicId& held = frame.slots[slot];
    if (values_.kind(held) == SymbolicKind::nothing) continue;
    try {
      held = force(held);
    } catch (const ScriptError&) {
      return std::nullopt;
    }
    if (!values_.is_known(held)) return std::nullopt;
    handles[slot] = machine_.from(values_.value(held));
  }
  return values_.known(machine_.canonical(machine_.evaluate(id, handles.data())));
}

SymbolicId SymbolicMachine::force(SymbolicId id) {
  if (values_.kind(id) != SymbolicKind::delayed) return id;
  if (const auto at = forced_.find(id); at != forced_.end()) return at->second;
  const SymbolicNode node = values_[id];
  const std::size_t asked = asked_;
  const SymbolicId result = run(node.code, {}, node.parts);
  if (asked == asked_) forced_.emplace(id, result);
  return result;
}

SymbolicId SymbolicMachine::run(CodeId id, std::span<const SymbolicId> arguments,
                                std::span<const SymbolicId> captured) {
  if (++calls_ > calls_max) throw NotSymbolic{"a function recurses as far as unknown values let it"};
  const Code& code = machine_.core().codes[id];
  assert(arguments.size() == code.parameters && captured.size() == code.captures.size());
  Frame frame{id, std::vector<SymbolicId>(code.frame_size, values_.nothing())};
  std::ranges::copy(arguments, frame.slots.begin());
  for (std::size_t i = 0; i < captured.size(); ++i) frame.slots[code.captures[i]] = captured[i];
  const SymbolicId result = evaluate(code.body, frame);
  --calls_;
  return result;
}

SymbolicId SymbolicMachine::evaluate(NodeId id, Frame& frame) {
  try {
    return evaluate_from(id, frame);
  } catch (NotSymbolic& reason) {
    if (!reason.span.known()) reason.span = machine_.core().nodes[id].span;
    throw;
  }
}

SymbolicId SymbolicMachine::evaluate_from(NodeId& id, Frame& frame) {
  for (;;) {
    const Node& node = machine_.core().nodes[id];
    const auto kids = machine_.core().kids(node);
    switch (node.op) {
      case Op::local:
        return frame.slots[static_cast<std::size_t>(node.number)] =
                   force(frame.slots[static_cast<std::size_t>(node.number)]);
      case Op::if_: id = truth_of(evaluate(kids[0], frame)) ? kids[1] : kids[2]; break;
      case Op::and_:
        if (!truth_of(evaluate(kids[0], frame))) return values_.truth(expressions_.truth(false));
        id = kids[1];
        break;
      case Op::or_:
        if (truth_of(evaluate(kids[0], frame))) return values_.truth(expressions_.truth(true));
        id = kids[1];
        break;
      case Op::let:
        bind_lets(node, frame);
        id = kids.back();
        break;
      case Op::clauses: id = choose_clause(node, frame); break;
      case Op::delay:
        if (kids.empty()) return force(closure(SymbolicKind::delayed, node, frame));
        id = kids[0];
        break;
      case Op::suspend: return closure(SymbolicKind::suspended, node, frame);
      case Op::closure: return closure(SymbolicKind::function, node, frame);
      case Op::call:
        if (machine_.core().codes[node.code].process) return call(node, frame);
        [[fallthrough]];
      default:
        if (is_process_operator(node)) return process(id, frame);
        if (const auto known = if_known(id, frame)) return *known;
        return evaluate_value(node, frame);
    }
  }
}

SymbolicId SymbolicMachine::evaluate_value(const Node& node, Frame& frame) {
  const auto kids = machine_.core().kids(node);
  const auto all = [&] {
    std::vector<SymbolicId> parts;
    for (const NodeId kid : kids) parts.push_back(settled(evaluate(kid, frame)));
    return parts;
  };
  switch (node.op) {
    case Op::call: return call(node, frame);
    case Op::apply: return apply(node, frame);
    case Op::call_builtin: return builtin(static_cast<Builtin>(node.number), all());
    case Op::select:
      if (!matches(machine_.core().match_lists[node.matches][0], evaluate(kids[0], frame), frame))
        machine_.fail("P0404", node.span, "the pattern does not match", "this pattern");
      return force(frame.slots[static_cast<std::size_t>(node.number)]);
    case Op::length: return builtin(Builtin::length, all());
    case Op::concat:
      return builtin(Builtin::concat, {values_.make({SymbolicKind::sequence, no_id<CodeId>, 0, 0, all()})});
    case Op::not_: return values_.truth(expressions_.truth(!truth_of(evaluate(kids[0], frame))));
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: {
      const SymbolicId left = evaluate(kids[0], frame);
      return comparison(node.op, left, evaluate(kids[1], frame));
    }
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::modulo:
    case Op::negate: return arithmetic(node, frame);
    case Op::dot: {
      const SymbolicId left = evaluate(kids[0], frame);
      return dotted(left, evaluate(kids[1], frame));
    }
    case Op::tuple: return values_.make({SymbolicKind::tuple, no_id<CodeId>, 0, 0, all()});
    case Op::sequence: return values_.make({SymbolicKind::sequence, no_id<CodeId>, 0, 0, all()});
    case Op::set:
      if (machine_.core().step_lists[node.steps].empty())
        return values_.make({SymbolicKind::list_set, no_id<CodeId>, 0, 0, all()});
      break;
    case Op::set_range_open:
      if (machine_.core().step_lists[node.steps].empty())
        return values_.make({SymbolicKind::from_set, no_id<CodeId>, 0, 0, all()});
      break;
    case Op::set_range:
      if (machine_.core().step_lists[node.steps].empty())
        return values_.make({SymbolicKind::range_set, no_id<CodeId>, 0, 0, all()});
      break;
    default: break;
  }
  throw NotSymbolic{"sets, maps and comprehensions may not depend on integers without a range"};
}

SymbolicId SymbolicMachine::delayed(NodeId id, Frame& frame) {
  const Node& node = machine_.core().nodes[id];
  if (node.op == Op::local) return frame.slots[static_cast<std::size_t>(node.number)];
  if (node.op != Op::delay) return evaluate(id, frame);
  return closure(SymbolicKind::delayed, node, frame);
}

// A delayed expression, function or suspended process of the node's code. What identifies a process is evaluated.
SymbolicId SymbolicMachine::closure(SymbolicKind kind, const Node& node, const Frame& frame) {
  SymbolicNode made{kind, node.code};
  for (const Slot slot : machine_.core().slot_lists[node.sources])
    made.parts.push_back(kind == SymbolicKind::suspended ? settled(frame.slots[slot]) : frame.slots[slot]);
  return values_.make(std::move(made));
}

SymbolicId SymbolicMachine::process(NodeId id, const Frame& frame) {
  SymbolicNode made{SymbolicKind::process, frame.code, index(id), 0,
                    std::vector<SymbolicId>(frame.slots.size(), values_.nothing())};
  for (const Slot slot : slots_used(id)) made.parts[slot] = frame.slots[slot];
  return values_.make(std::move(made));
}

SymbolicId SymbolicMachine::call(const Node& node, Frame& frame) {
  const auto kids = machine_.core().kids(node);
  const bool is_process = machine_.core().codes[node.code].process;
  std::vector<SymbolicId> captured, arguments;
  for (const Slot slot : machine_.core().slot_lists[node.sources])
    captured.push_back(is_process ? settled(frame.slots[slot]) : frame.slots[slot]);
  for (const NodeId kid : kids) arguments.push_back(is_process ? settled(delayed(kid, frame)) : delayed(kid, frame));
  if (!is_process) return run(node.code, arguments, captured);
  captured.insert(captured.end(), arguments.begin(), arguments.end());
  return values_.make({SymbolicKind::suspended, node.code, 0, 0, std::move(captured)});
}

SymbolicId SymbolicMachine::apply(const Node& node, Frame& frame) {
  const auto kids = machine_.core().kids(node);
  const SymbolicId function = evaluate(kids[0], frame);
  SymbolicNode made = values_[function];
  if (made.kind == SymbolicKind::known) {
    const Machine::Callee callee = machine_.callee_of(Handle::value(values_.value(function)));
    made = {SymbolicKind::function, callee.code};
    const bool is_builtin = callee.code == no_id<CodeId>;
    (is_builtin ? made.number : made.given) = static_cast<std::uint32_t>(callee.number);
    for (const Handle& held : callee.held) made.parts.push_back(values_.known(machine_.canonical(held)));
  }
  if (made.kind != SymbolicKind::function) throw NotSymbolic{"an unknown function is applied"};
  for (const NodeId kid : kids.subspan(1)) made.parts.push_back(delayed(kid, frame));
  if (made.code == no_id<CodeId>) {
    if (made.parts.size() < builtin_arity(static_cast<Builtin>(made.number))) return values_.make(std::move(made));
    for (SymbolicId& part : made.parts) part = force(part);
    return builtin(static_cast<Builtin>(made.number), std::move(made.parts));
  }
  const Code& code = machine_.core().codes[made.code];
  if (++made.given < code.groups.size()) return values_.make(std::move(made));
  if (code.process) {
    for (SymbolicId& part : made.parts) part = settled(part);
    return values_.make({SymbolicKind::suspended, made.code, 0, 0, std::move(made.parts)});
  }
  const std::span<const SymbolicId> all(made.parts);
  return run(made.code, all.subspan(code.captures.size()), all.first(code.captures.size()));
}

SymbolicId SymbolicMachine::arithmetic(const Node& node, Frame& frame) {
  const auto kids = machine_.core().kids(node);
  const ExpressionId a = integer_of(evaluate(kids[0], frame));
  if (node.op == Op::negate) return values_.integer(expressions_.multiply(a, expressions_.number(-1)));
  const ExpressionId b = integer_of(evaluate(kids[1], frame));
  if (node.op == Op::add) return values_.integer(expressions_.add(a, b));
  if (node.op == Op::subtract) return values_.integer(expressions_.subtract(a, b));
  if (node.op == Op::multiply) return values_.integer(expressions_.multiply(a, b));
  const auto divisor = expressions_.constant(b);
  if (!divisor) throw NotSymbolic{"the divisor of a division is unknown"};
  if (*divisor == 0) machine_.fail("P0405", node.span, "division by zero", "the divisor is 0");
  return values_.integer(node.op == Op::divide ? expressions_.quotient(a, *divisor)
                                               : expressions_.remainder(a, *divisor));
}

SymbolicId SymbolicMachine::comparison(Op op, SymbolicId left, SymbolicId right) {
  if (op == Op::equal) return values_.truth(equality(left, right));
  if (op == Op::not_equal) return values_.truth(expressions_.negation(equality(left, right)));
  const auto is_integer = [&](SymbolicId id) {
    return values_.kind(id) == SymbolicKind::integer ||
           (values_.is_known(id) && machine_.values().kind(values_.value(id)) == ValueKind::integer);
  };
  if (!is_integer(left) || !is_integer(right)) throw NotSymbolic{"values that are not integers are compared by order"};
  const ExpressionId a = integer_of(left);
  const ExpressionId b = integer_of(right);
  switch (op) {
    case Op::less: return values_.truth(expressions_.less(a, b));
    case Op::less_equal: return values_.truth(expressions_.at_most(a, b));
    case Op::greater: return values_.truth(expressions_.less(b, a));
    default: return values_.truth(expressions_.at_most(b, a));
  }
}

// Functions of sequences whose length is known, and membership.
SymbolicId SymbolicMachine::builtin(Builtin function, std::vector<SymbolicId> arguments) {
  if (function == Builtin::member) {
    const SymbolicNode set = values_[arguments[1]];
    if (set.kind == SymbolicKind::known) return values_.truth(membership(arguments[0], values_.value(arguments[1])));
    std::vector<ExpressionId> cases;
    if (set.kind == SymbolicKind::list_set)
      for (const SymbolicId element : set.parts) cases.push_back(equality(arguments[0], element));
    const bool is_range = set.kind == SymbolicKind::range_set || set.kind == SymbolicKind::from_set;
    if (!is_range) return values_.truth(expressions_.disjunction(std::move(cases)));
    const ExpressionId n = integer_of(arguments[0]);
    if (set.kind == SymbolicKind::from_set) return values_.truth(expressions_.at_most(integer_of(set.parts[0]), n));
    return values_.truth(expressions_.conjunction(
        {expressions_.at_most(integer_of(set.parts[0]), n), expressions_.at_most(n, integer_of(set.parts[1]))}));
  }
  const SymbolicId list = function == Builtin::elem ? arguments.back() : arguments[0];
  if (!is_sequence(list)) throw NotSymbolic{"a built-in function is applied to something unknown"};
  std::vector<SymbolicId> elements = pieces(list);
  const auto first = [&] {
    const auto found = take(elements, true);
    if (!found) machine_.fail("P0421", {}, "the first or the rest of the empty sequence", "this sequence is empty");
    return *found;
  };
  switch (function) {
    case Builtin::length: return values_.integer(length(list));
    case Builtin::null: return values_.truth(expressions_.equal(length(list), expressions_.number(0)));
    case Builtin::head: return first();
    case Builtin::tail: first(); return sequence_of(std::move(elements));
    case Builtin::concat: {
      std::vector<SymbolicId> all;
      for (const SymbolicId part : elements) {
        const SymbolicId sequence = force(part);
        if (!is_sequence(sequence)) throw NotSymbolic{"something unknown is put behind a sequence"};
        const auto more = pieces(sequence);
        all.insert(all.end(), more.begin(), more.end());
      }
      return sequence_of(std::move(all));
    }
    case Builtin::elem: {
      if (values_.kind(list) == SymbolicKind::word) return values_.truth(has_element(list, arguments[0]));
      std::vector<ExpressionId> cases;
      for (const SymbolicId element : elements) cases.push_back(equality(arguments[0], element));
      return values_.truth(expressions_.disjunction(std::move(cases)));
    }
    default: break;
  }
  throw NotSymbolic{"a built-in function is applied to something unknown"};
}

// One field more, for the innermost last field that lacks one, else behind it; it must be in its declared set.
SymbolicId SymbolicMachine::combined(SymbolicId dot, SymbolicId field) {
  std::vector<SymbolicId> parts = values_.components(dot);
  const auto head = [&](SymbolicId id) -> std::optional<DataId> {
    const SymbolicId first = values_.components(id)[0];
    if (!values_.is_known(first) || machine_.values().kind(values_.value(first)) != ValueKind::data) return {};
    return machine_.values().as_data(values_.value(first));
  };
  const auto lacks = [&](SymbolicId id) {
    const auto data = head(id);
    return data && values_.components(id).size() - 1 < machine_.data().arity(*data);
  };
  if (parts.size() > 1 && lacks(parts.back()))
    parts.back() = combined(parts.back(), field);
  else
    parts.push_back(field);
  if (const auto data = head(dot); data && !lacks(parts.back())) {
    const auto fields = machine_.data().fields(*data);
    if (parts.size() - 1 > fields.size()) throw NotSymbolic{"a dotted value has more fields than its constructor"};
    if (!decide(membership(parts.back(), fields[parts.size() - 2])))
      machine_.fail("P0409", {},
                    "a value is not one of field " + std::to_string(parts.size() - 1) + " of `" +
                        machine_.data().name(*data) + "`");
  }
  return values_.make({SymbolicKind::dot, no_id<CodeId>, 0, 0, std::move(parts)});
}

SymbolicId SymbolicMachine::dotted(SymbolicId left, SymbolicId right) {
  if (values_.is_known(left) && values_.is_known(right))
    return values_.known(
        machine_.checked(combine_dots(machine_.data(), values_.value(left), values_.value(right)), {}));
  const auto is_constructed = [&] {  // one field, whatever its parts
    const SymbolicId first = values_.components(right)[0];
    return values_.is_known(first) && machine_.values().kind(values_.value(first)) == ValueKind::data;
  };
  const bool is_list = values_.kind(right) == SymbolicKind::dot && !is_constructed();
  if (!is_list) return combined(left, right);
  for (const SymbolicId field : values_.components(right)) left = combined(left, field);
  return left;
}

}  // namespace tryst::csp
