#include <cassert>

#include "semantics/csp/builtin_functions.hpp"
#include "semantics/csp/dot.hpp"
#include "semantics/csp/machine.hpp"
#include "semantics/csp/process_builder.hpp"
#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

// Loops over what is in tail position; all else is left to functions of their own, which keeps this frame small.
Handle Machine::evaluate(NodeId id, Handle* frame, bool tail) {
  for (;;) {
    const Node& node = core_.nodes[id];
    const auto kids = core_.kids(node);
    switch (node.op) {
      case Op::integer: return integer(node.number);
      case Op::boolean: return boolean(node.number != 0);
      case Op::local: {
        Handle& slot = frame[node.number];
        if (slot.is_delayed()) slot = force(slot);
        return slot;
      }
      case Op::global: return global(static_cast<GlobalId>(node.number));
      case Op::call: return call(node, frame, tail);
      case Op::apply: return apply_node(node, frame, tail);
      case Op::let:
        bind_lets(node, frame);
        id = kids.back();
        break;
      case Op::clauses: id = choose_clause(node, frame); break;
      case Op::if_: id = truth(evaluate(kids[0], frame, false)) ? kids[1] : kids[2]; break;
      case Op::and_:
        if (!truth(evaluate(kids[0], frame, false))) return boolean(false);
        id = kids[1];
        break;
      case Op::or_:
        if (truth(evaluate(kids[0], frame, false))) return boolean(true);
        id = kids[1];
        break;
      case Op::concat: {
        const Handle first = evaluate(kids[0], frame, false);
        if (!is_empty(first)) return concat(first, delayed(kids[1], frame));
        id = kids[1];
        break;
      }
      case Op::delay:  // in a place that needs the value at once
        if (kids.empty()) return force(thunk(node, frame));
        id = kids[0];
        break;
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::modulo:
      case Op::negate:
      case Op::not_:
      case Op::equal:
      case Op::not_equal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal: return arithmetic(node, frame);
      default: return evaluate_value(node, frame);
    }
  }
}

Handle Machine::evaluate_value(const Node& node, Handle* frame) {
  const auto kids = core_.kids(node);
  switch (node.op) {
    case Op::character: return Handle::value(values_.character(static_cast<unsigned char>(node.number)));
    case Op::string: return Handle::value(values_.string(node.text));
    case Op::data: return Handle::value(values_.data(static_cast<DataId>(node.number)));
    case Op::datatype: return Handle::value(data_.values_of(static_cast<DatatypeId>(node.number)));
    case Op::builtin: return builtin_value(node);
    case Op::closure: {
      const auto sources = core_.slot_lists[node.sources];
      Handle h = Handle::make(ObjectKind::closure, static_cast<std::uint32_t>(sources.size()), node.code);
      for (std::size_t i = 0; i < sources.size(); ++i) h.object().fields()[i] = frame[sources[i]];
      return h;
    }
    case Op::call_builtin: {
      const bool is_union = static_cast<Builtin>(node.number) == Builtin::Union;
      if (is_union && core_.nodes[kids[0]].op == Op::set) return union_expression(core_.nodes[kids[0]], frame);
      std::vector<Handle> arguments;
      for (NodeId kid : kids) arguments.push_back(evaluate(kid, frame, false));
      return call_builtin(*this, static_cast<Builtin>(node.number), arguments, node.span);
    }
    case Op::select: {
      const Handle whole = evaluate(kids[0], frame, false);
      if (!matches(core_.match_lists[node.matches][0], whole, frame))
        fail("P0404", node.span, "the pattern does not match " + brief(whole), "this pattern");
      return force(frame[node.number]);
    }
    case Op::length: return integer(length(evaluate(kids[0], frame, false), node.span));
    case Op::dot: {
      const ValueId left = canonical(evaluate(kids[0], frame, false));
      const ValueId right = canonical(evaluate(kids[1], frame, false));
      return Handle::value(checked(combine_dots(data_, left, right), node.span));
    }
    case Op::tuple: {
      Handle h = Handle::make(ObjectKind::tuple, static_cast<std::uint32_t>(kids.size()));
      for (std::size_t i = 0; i < kids.size(); ++i) h.object().fields()[i] = delayed(kids[i], frame);
      return h;
    }
    case Op::sequence: {
      Handle h = empty_sequence();
      for (std::size_t i = kids.size(); i-- > 0;) h = cons(delayed(kids[i], frame), std::move(h));
      return h;
    }
    case Op::sequence_range: {
      const std::int64_t low = integer(evaluate(kids[0], frame, false));
      return range(low, integer(evaluate(kids[1], frame, false)));
    }
    case Op::sequence_range_open: return range_from(integer(evaluate(kids[0], frame, false)));
    case Op::concat_map: {
      const auto sources = core_.slot_lists[node.sources];
      Handle h = Handle::make(ObjectKind::concat_map, static_cast<std::uint32_t>(1 + sources.size()), node.code);
      h.object().fields()[0] = evaluate(kids[0], frame, false);
      for (std::size_t i = 0; i < sources.size(); ++i) h.object().fields()[i + 1] = frame[sources[i]];
      return force(h);
    }
    case Op::set:
    case Op::set_range:
    case Op::set_range_open:
    case Op::set_enumerated: return set_expression(node, frame);
    case Op::type_set:
      return Handle::value(checked(type_set(data_, canonical(evaluate(kids[0], frame, false))), node.span));
    case Op::subtype: return subtype(node, frame);
    case Op::map: return map_expression(node, frame);
    default: return Handle::process(processes_->build(node, frame));
  }
}

// The value if it costs nothing, else a thunk. Never runs a code, so `pending_` may be under construction.
Handle Machine::delayed(NodeId id, Handle* frame) {
  const Node& node = core_.nodes[id];
  if (node.op == Op::local) {
    const Handle& slot = frame[node.number];
    return slot.is(ObjectKind::done) ? slot.field(0) : slot;
  }
  if (node.op != Op::delay) return evaluate(id, frame, false);
  const auto kids = core_.kids(node);
  Handle value;
  if (!kids.empty() && cheap(kids[0], frame, value)) return value;
  return thunk(node, frame);
}

Handle Machine::thunk(const Node& delay, Handle* frame) {
  const auto sources = core_.slot_lists[delay.sources];
  Handle h = Handle::make(ObjectKind::thunk, static_cast<std::uint32_t>(sources.size()), delay.code);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Handle& slot = frame[sources[i]];
    h.object().fields()[i] = slot.is(ObjectKind::done) ? slot.field(0) : slot;
  }
  return h;
}

// A constant, or a function that has got no arguments yet.
Handle Machine::builtin_value(const Node& node) {
  const auto builtin = static_cast<Builtin>(node.number);
  if (builtin_arity(builtin) == 0) return builtin_constant(*this, builtin, node.span);
  return make_function(ObjectKind::builtin, {no_id<CodeId>, 0, {}}, node.number);
}

NodeId Machine::choose_clause(const Node& node, Handle* frame) {
  const auto matches = core_.match_lists[node.matches];
  const auto parameters = static_cast<std::size_t>(node.number);
  const auto bodies = core_.kids(node);
  for (std::size_t clause = 0; clause < bodies.size(); ++clause) {
    bool all = true;
    for (std::size_t i = 0; all && i < parameters; ++i) {
      const MatchId match = matches[clause * parameters + i];
      if (core_.matches[match].kind == MatchKind::any) continue;
      if (frame[i].is_delayed()) frame[i] = force(frame[i]);
      all = this->matches(match, frame[i], frame);
    }
    if (all) return bodies[clause];
  }
  std::string arguments;
  for (std::size_t i = 0; i < parameters; ++i) arguments += (i == 0 ? "" : ", ") + brief(frame[i]);
  const std::string& name = core_.codes[activation_->code].name;
  fail("P0404", node.span,
       name.empty() ? "the pattern does not match (" + arguments + ")"
                    : "no clause of `" + name + "` matches (" + arguments + ")",
       name.empty() ? "this function" : "all clauses of this function were tried");
}

// A call of a known function with all its arguments. Of a process only the name is made.
Handle Machine::call(const Node& node, Handle* frame, bool tail) {
  const Code& code = core_.codes[node.code];
  const auto kids = core_.kids(node);
  const auto sources = core_.slot_lists[node.sources];
  if (code.process) {
    std::vector<Handle> captured, arguments;
    for (Slot s : sources) captured.push_back(frame[s]);
    for (NodeId kid : kids) arguments.push_back(delayed(kid, frame));
    return Handle::process(processes_->suspended(node.code, identity(code, captured, arguments)));
  }
  pending_.clear();
  for (NodeId kid : kids) pending_.push_back(delayed(kid, frame));
  for (Slot s : sources) pending_.push_back(frame[s]);
  if (!tail) return run_pending(node.code, node.span);
  pending_code_ = node.code;
  pending_call_ = node.span;
  return {};
}

Handle Machine::apply_node(const Node& node, Handle* frame, bool tail) {
  const auto kids = core_.kids(node);
  const Handle function = evaluate(kids[0], frame, false);
  std::vector<Handle> arguments;
  for (NodeId kid : kids.subspan(1)) arguments.push_back(delayed(kid, frame));
  return apply_to(function, arguments, node.span, tail);
}

Handle Machine::apply(const Handle& function, std::span<const Handle> arguments, Span call) {
  std::vector<Handle> list(arguments.begin(), arguments.end());
  return apply_to(function, list, call, false);
}

// One argument list more. A closure holds what its code has captured, then the arguments it has got.
Handle Machine::apply_to(const Handle& function, std::vector<Handle>& arguments, Span call, bool tail) {
  Callee callee = callee_of(function);
  std::vector<Handle>& held = callee.held;
  if (callee.code == no_id<CodeId>) {
    for (Handle& a : arguments) held.push_back(force(std::move(a)));
    const auto builtin = static_cast<Builtin>(callee.number);
    if (held.size() >= builtin_arity(builtin)) return call_builtin(*this, builtin, held, call);
    return make_function(ObjectKind::builtin, callee, callee.number);
  }
  const Code& code = core_.codes[callee.code];
  const std::size_t captured = code.captures.size();
  held.insert(held.end(), arguments.begin(), arguments.end());
  if (static_cast<std::size_t>(callee.number) + 1 < code.groups.size())
    return make_function(ObjectKind::closure, callee, callee.number + 1);
  assert(held.size() == captured + code.parameters);
  if (code.process) {
    const std::span<const Handle> all(held);
    const auto values = identity(code, all.first(captured), all.subspan(captured));
    return Handle::process(processes_->suspended(callee.code, values));
  }
  const auto first_argument = held.begin() + static_cast<std::ptrdiff_t>(captured);
  pending_.assign(first_argument, held.end());
  pending_.insert(pending_.end(), held.begin(), first_argument);
  if (!tail) return run_pending(callee.code, call);
  pending_code_ = callee.code;
  pending_call_ = call;
  return {};
}

Machine::Callee Machine::callee_of(const Handle& function) {
  if (function.is_object()) {
    const Object& object = function.object();
    assert(object.kind == ObjectKind::closure || object.kind == ObjectKind::builtin);
    return {object.code, object.number, {object.fields(), object.fields() + object.count}};
  }
  const std::uint32_t number = index(values_.as_function(function.as_value()));
  const auto values = closures_.values(number);
  Callee callee{static_cast<CodeId>(closures_.tag(number)), values_.as_integer(values.back()), {}};
  for (ValueId v : values.first(values.size() - 1)) callee.held.push_back(from(v));
  return callee;
}

Handle Machine::make_function(ObjectKind kind, const Callee& callee, std::int64_t number) {
  Handle h = Handle::make(kind, static_cast<std::uint32_t>(callee.held.size()), callee.code);
  h.object().number = number;
  for (std::size_t i = 0; i < callee.held.size(); ++i) h.object().fields()[i] = callee.held[i];
  return h;
}

}  // namespace tryst::csp
