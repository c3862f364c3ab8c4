#include "semantics/csp/process_builder.hpp"

#include <algorithm>
#include <cassert>

#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

ProcessBuilder::ProcessBuilder(Machine& machine) : machine_(machine) {
  values_.resize(terms_.events().size(), no_id<ValueId>);
  terms_.alphabets().set_keys([this](EventId e) { return keys_of(e); });
  terms_.alphabets().set_retied([this](EventId e, Alphabets::Tie tie) { return retied(e, tie); });
}

EventId ProcessBuilder::event(ValueId v) {
  assert(machine_.values().kind(v) == ValueKind::data || machine_.values().kind(v) == ValueKind::dot);
  if (index(v) >= events_.size())
    events_.resize(std::max<std::size_t>(index(v) + std::size_t{1}, 2 * events_.size()), no_id<EventId>);
  if (events_[index(v)] != no_id<EventId>) return events_[index(v)];
  // Different values have different texts, but for processes and functions inside them.
  const std::string text = machine_.shown(v);
  EventId e = terms_.events().intern(text);
  for (int again = 2; index(e) < values_.size() && values_[index(e)] != no_id<ValueId>; ++again)
    e = terms_.events().intern(text + "#" + std::to_string(again));
  if (values_.size() <= index(e)) values_.resize(index(e) + 1, no_id<ValueId>);
  values_[index(e)] = v;
  events_[index(v)] = e;
  return e;
}

EventSetId ProcessBuilder::event_set(ValueId set) {
  if (const auto at = event_sets_.find(set); at != event_sets_.end()) return at->second;
  EventSetId id{};
  if (is_symbolic(machine_.values().kind(set))) {
    id = terms_.event_set(index(set), [this, set](EventId e) {
      return index(e) < values_.size() && values_[index(e)] != no_id<ValueId> &&
             member(machine_.data(), values_[index(e)], set);
    });
  } else {
    std::vector<EventId> list;
    for (ValueId v : Elements(machine_.values(), set)) {
      machine_.poll();
      list.push_back(event(v));
    }
    id = terms_.event_set(std::move(list));
  }
  event_sets_.emplace(set, id);
  return id;
}

ProcessId ProcessBuilder::operand(NodeId id, Handle* frame) {
  const Handle h = machine_.evaluate(id, frame);
  return h.is_process() ? h.as_process() : machine_.values().as_process(h.as_value());
}

EventSetId ProcessBuilder::alphabet(NodeId id, Handle* frame) { return alphabet(machine_.evaluate(id, frame)); }

// Productions that are not listed become the keys of their events. Where the rest of the set can only be asked, all of
// it is.
EventSetId ProcessBuilder::alphabet(const Handle& set) {
  const Machine::SetParts parts = machine_.parts_of_set(set);
  if (parts.prefixes.empty() || is_symbolic(machine_.values().kind(parts.rest)))
    return event_set(machine_.canonical(set));
  std::vector<std::uint32_t> keys;
  for (const ValueId prefix : parts.prefixes) keys.push_back(index(prefix));
  const auto rest = terms_.elements(event_set(parts.rest));
  return terms_.alphabets().event_set(std::move(keys), {rest->begin(), rest->end()});
}

// The values that an event starts with: a channel, and each with one more field, but the event itself. Worked out once
// an event.
std::span<const std::uint32_t> ProcessBuilder::keys_of(EventId e) {
  if (index(e) >= values_.size() || values_[index(e)] == no_id<ValueId>) return {};
  if (index(e) >= keys_at_.size()) keys_at_.resize(values_.size());
  Range<std::uint32_t>& at = keys_at_[index(e)];
  if (!at.empty()) return keys_[at];
  Values& values = machine_.values();
  if (values.kind(values_[index(e)]) != ValueKind::dot) return {};
  const auto span = values.parts(values_[index(e)]);
  const std::vector<ValueId> parts(span.begin(), span.end());  // what follows makes values
  std::vector<std::uint32_t> keys;
  for (std::size_t n = 1; n < parts.size(); ++n)
    keys.push_back(index(n == 1 ? parts[0] : values.dot(std::span(parts).first(n))));
  at = keys_.add(keys);
  return keys_[at];
}

ProcessId ProcessBuilder::unary(Operator op, ProcessId p, Span span) {
  Term term{op, span};
  term.operands = {p};
  return terms_.intern(term);
}

ProcessId ProcessBuilder::binary(const Node& node, Operator op, Handle* frame) {
  const auto kids = machine_.core().kids(node);
  Term term{op, node.span};
  for (NodeId kid : kids) term.operands.push_back(operand(kid, frame));
  return terms_.intern(term);
}

ProcessId ProcessBuilder::with_set(const Node& node, Operator op, Handle* frame) {
  const auto kids = machine_.core().kids(node);
  Term term{op, node.span};
  term.operands = {operand(kids[0], frame)};
  term.sets = {alphabet(kids[1], frame)};
  term.operands.push_back(operand(kids[2], frame));
  return terms_.intern(term);
}

ProcessId ProcessBuilder::alphabetised(const Node& node, Handle* frame) {
  const auto kids = machine_.core().kids(node);
  Term term{Operator::alphabetised, node.span};
  term.operands = {operand(kids[0], frame)};
  term.sets = {alphabet(kids[1], frame), alphabet(kids[2], frame)};
  term.operands.push_back(operand(kids[3], frame));
  return terms_.intern(term);
}

ProcessId ProcessBuilder::restricted(const Node& node, Operator op, Handle* frame) {
  const auto kids = machine_.core().kids(node);
  const ProcessId p = operand(kids[0], frame);
  const Handle set = machine_.evaluate(kids[1], frame);
  if (op == Operator::hide && set.is_value() && is_empty(machine_.values(), set.as_value())) return p;
  Term term{op, node.span};
  term.operands = {p};
  term.sets = {alphabet(set)};
  return terms_.intern(term);
}

ProcessId ProcessBuilder::build(const Node& node, Handle* frame) {
  const auto tock = [&] { return machine_.values().data(static_cast<DataId>(node.number)); };
  switch (node.op) {
    case Op::suspend: {
      const Code& code = machine_.core().codes[node.code];
      std::vector<Handle> captured;
      for (Slot s : machine_.core().slot_lists[node.sources]) captured.push_back(frame[s]);
      const auto values = machine_.identity(code, captured, {});
      return suspended(node.code, values);
    }
    case Op::timed_choice: return timed_choice(node, frame);
    case Op::timed_stop: return macro(Macro::timed_stop, std::vector{tock()});
    case Op::timed_skip: return macro(Macro::timed_skip, std::vector{tock()});
    case Op::prefix: return prefix(node, frame);
    case Op::external_choice: return binary(node, Operator::external_choice, frame);
    case Op::internal_choice: return binary(node, Operator::internal_choice, frame);
    case Op::sliding_choice: return binary(node, Operator::sliding_choice, frame);
    case Op::interrupt: return binary(node, Operator::interrupt, frame);
    case Op::sequential: return binary(node, Operator::sequential, frame);
    case Op::interleave: return binary(node, Operator::interleave, frame);
    case Op::parallel: return with_set(node, Operator::parallel, frame);
    case Op::exception: return with_set(node, Operator::exception, frame);
    case Op::sync_external: return with_set(node, Operator::sync_external, frame);
    case Op::sync_interrupt: return with_set(node, Operator::sync_interrupt, frame);
    case Op::alphabetised: return alphabetised(node, frame);
    case Op::hide: return restricted(node, Operator::hide, frame);
    case Op::project: return restricted(node, Operator::project, frame);
    case Op::rename: return rename(node, frame);
    case Op::link: return link(node, frame);
    case Op::rep_link: return replicated_link(node, frame);
    default: return replicated(node, frame);
  }
}

// --- suspensions

ProcessId ProcessBuilder::suspended(CodeId code, std::span<const ValueId> values) {
  const auto number = suspensions_.intern(index(code), values).first;
  return terms_.intern(Term{Operator::suspended, machine_.core().codes[code].span, number});
}

ProcessId ProcessBuilder::unfold(SuspensionId id) {
  const std::uint32_t number = index(id);
  if (number < unfolded_.size() && unfolded_[number]) return *unfolded_[number];
  const std::uint32_t tag = suspensions_.tag(number);
  const auto values = suspensions_.values(number);
  ProcessId p{};
  if (tag >= macro_tag) {
    p = unfold_macro(static_cast<Macro>(tag - macro_tag), values);
  } else {
    const Handle h = machine_.run_suspended(static_cast<CodeId>(tag), values);
    p = h.is_process() ? h.as_process() : machine_.values().as_process(h.as_value());
  }
  if (unfolded_.size() <= number) unfolded_.resize(suspensions_.size());
  unfolded_[number] = p;
  return p;
}

std::optional<std::pair<CodeId, std::span<const ValueId>>> ProcessBuilder::suspension(SuspensionId id) const {
  const std::uint32_t tag = suspensions_.tag(index(id));
  if (tag >= macro_tag) return std::nullopt;
  return std::pair(static_cast<CodeId>(tag), suspensions_.values(index(id)));
}

std::string ProcessBuilder::name(SuspensionId id) const {
  const std::uint32_t tag = suspensions_.tag(index(id));
  const auto values = suspensions_.values(index(id));
  if (tag >= macro_tag) {
    switch (static_cast<Macro>(tag - macro_tag)) {
      case Macro::loop: return "loop(" + name(machine_.values().as_process(values[0])) + ")";
      case Macro::timed_stop: return "STOP";
      case Macro::timed_skip: return "SKIP";
      case Macro::delay: return {};
      case Macro::buffer: return "BUFFER";
    }
  }
  const Code& code = machine_.core().codes[static_cast<CodeId>(tag)];
  std::string text = code.name;
  std::size_t next = code.captures.size();
  if (text.empty()) return text;
  for (std::uint32_t size : code.groups) {
    text += '(';
    for (std::uint32_t i = 0; i < size; ++i) text += (i == 0 ? "" : ",") + machine_.shown(values[next++]);
    text += ')';
  }
  return text;
}

std::string ProcessBuilder::name(ProcessId p) const {
  const TermView term = terms_[p];
  if (term.op == Operator::stop) return "STOP";
  if (term.op == Operator::skip) return "SKIP";
  if (term.op == Operator::div) return "DIV";
  std::string text = term.op == Operator::suspended ? name(static_cast<SuspensionId>(term.payload)) : "";
  return text.empty() ? "<process>" : text;
}

// μ X . tock -> X [] e -> delay(f(e), P)  of a prefix e -> P. X is the suspension whose code this node belongs to.
ProcessId ProcessBuilder::timed_choice(const Node& node, Handle* frame) {
  const auto kids = machine_.core().kids(node);
  const Code& code = machine_.core().codes[node.code];
  std::vector<ValueId> values;
  for (Slot s : code.captures) values.push_back(machine_.canonical(frame[s]));
  const auto tock = static_cast<DataId>(node.number);
  const Handle timing = kids.size() > 1 ? machine_.evaluate(kids[1], frame) : Handle();
  Term choice{Operator::external_choice, node.span};
  choice.operands = {menu({{event(machine_.values().data(tock)), suspended(node.code, values)}}, node.span),
                     after_event(operand(kids[0], frame), timing, tock, node.span)};
  return terms_.intern(choice);
}

// The same offers, each event followed by as many tocks as it takes.
ProcessId ProcessBuilder::after_event(ProcessId offer, const Handle& timing, DataId tock, Span span) {
  const TermView view = terms_[offer];
  if (view.op == Operator::stop) return offer;
  Term term{view.op, view.span};
  if (view.op == Operator::external_choice) {
    for (ProcessId p : view.operands) term.operands.push_back(after_event(p, timing, tock, span));
    return terms_.intern(term);
  }
  assert(view.op == Operator::prefix);
  const ValueId tock_value = machine_.values().data(tock);
  Menu offers;
  for (std::size_t i = 0; i < view.events.size(); ++i) {
    std::int64_t tocks = 1;
    if (!timing.empty()) {
      const Handle argument = machine_.from(value(view.events[i]));
      tocks = machine_.integer(machine_.force(machine_.apply(timing, {&argument, 1}, span)));
    }
    if (tocks < 0)
      machine_.fail(
          "P0420", span,
          "`" + std::string(terms_.events().name(view.events[i])) + "` would take " + std::to_string(tocks) + " tocks",
          "a duration cannot be negative");
    offers.emplace_back(view.events[i], delay(tocks, view.operands[i], tock_value));
  }
  return menu(std::move(offers), view.span);
}

}  // namespace tryst::csp
