// The built-in functions that give processes.
#include <algorithm>
#include <cassert>
#include <set>

#include "semantics/csp/process_builder.hpp"
#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

ProcessId ProcessBuilder::build(Builtin builtin, std::span<const Handle> arguments, Span span) {
  const auto process = [&](std::size_t i) { return machine_.values().as_process(machine_.canonical(arguments[i])); };
  const auto set = [&](std::size_t i) { return machine_.canonical(arguments[i]); };
  const auto over = [&](Operator op) {
    Term term{op, span};
    term.sets = {event_set(set(0))};
    return terms_.intern(term);
  };
  switch (builtin) {
    case Builtin::STOP: return terms_.intern(Term{Operator::stop});
    case Builtin::SKIP: return terms_.intern(Term{Operator::skip});
    case Builtin::DIV: return terms_.intern(Term{Operator::div});
    case Builtin::CHAOS: return over(Operator::chaos);
    case Builtin::RUN: return over(Operator::run);
    case Builtin::BUFFER:
    case Builtin::WEAK_BUFFER:
    case Builtin::SIGNAL_BUFFER: return buffer(builtin, arguments, span);
    case Builtin::WAIT: {
      const std::int64_t tocks = machine_.integer(arguments[0]);
      if (tocks < 0)
        machine_.fail("P0420", span, "WAIT(" + std::to_string(tocks) + ") cannot wait",
                      "a duration cannot be negative");
      const ValueId tock = machine_.canonical(arguments[1]);
      return delay(tocks, macro(Macro::timed_skip, std::vector{tock}), tock);
    }
    case Builtin::timed_priority: {
      Term term{Operator::prioritise, span};
      term.operands = {process(0)};
      term.sets = {terms_.event_set({}), terms_.event_set({event(machine_.canonical(arguments[1]))})};
      return terms_.intern(term);
    }
    case Builtin::loop: return macro(Macro::loop, std::vector{machine_.canonical(arguments[0])});
    case Builtin::prioritise:
    case Builtin::prioritise_nocache: return prioritise(process(0), arguments[1], span);
    case Builtin::prioritisepo: return prioritise_po(arguments, span);
    case Builtin::trace_watchdog: return watchdog(Operator::trace_watchdog, arguments, span);
    case Builtin::failure_watchdog: return watchdog(Operator::failure_watchdog, arguments, span);
    case Builtin::deter: return unary(Operator::deter, process(0), span);
    case Builtin::chase:
    case Builtin::chase_nocache: return unary(Operator::chase, process(0), span);
    default: break;
  }
  Term term{Operator::compressed, span, static_cast<std::uint32_t>(builtin)};
  term.operands = {process(0)};
  return terms_.intern(term);
}

ProcessId ProcessBuilder::prioritise(ProcessId p, const Handle& sets, Span span) {
  Term term{Operator::prioritise, span};
  term.operands = {p};
  for (Handle s = sets; !machine_.is_empty(s); s = machine_.force(machine_.tail(s)))
    term.sets.push_back(event_set(machine_.canonical(machine_.head(s))));
  if (term.sets.empty())
    machine_.fail("P0416", span, "`prioritise` needs at least one set of events", "the sequence of sets is empty");
  return terms_.intern(term);
}

// prioritisepo(P, E, order, maximal)
ProcessId ProcessBuilder::prioritise_po(std::span<const Handle> arguments, Span span) {
  std::vector<ValueId> v;
  for (const Handle& a : arguments) v.push_back(machine_.canonical(a));
  const Elements order = machine_.list(v[2], span);
  check_order(v[1], order, v[3], span);
  Term term{Operator::prioritise_po, span};
  term.operands = {machine_.values().as_process(v[0])};
  term.sets = {event_set(v[1]), event_set(v[3])};
  std::vector<std::pair<EventId, EventId>> pairs;
  for (ValueId pair : order) {
    const auto parts = machine_.values().parts(pair);
    pairs.emplace_back(event(parts[0]), event(parts[1]));
  }
  term.relation = terms_.relation(std::move(pairs));
  return terms_.intern(term);
}

// The order must relate events of E only, leave the maximal ones on top, and have no cycle (Kahn's algorithm finds
// one).
void ProcessBuilder::check_order(ValueId events, const Elements& order, ValueId maximal, Span span) {
  DataTable& data = machine_.data();
  const auto named = [&](ValueId e) { return "`" + machine_.shown(e) + "`"; };
  const auto require_event = [&](ValueId e) {
    if (!member(data, e, events))
      machine_.fail("P0417", span, named(e) + " is ordered but not among the prioritised events",
                    "the second argument must contain every event that is mentioned");
  };
  std::unordered_map<ValueId, std::vector<ValueId>> below;
  std::unordered_map<ValueId, std::size_t> above;  // how many are left above
  const Elements tops = machine_.list(maximal, span);
  for (ValueId e : tops) require_event(e);
  for (ValueId pair : order) {
    const ValueId high = machine_.values().parts(pair)[0], low = machine_.values().parts(pair)[1];
    require_event(high);
    require_event(low);
    if (member(data, low, maximal))
      machine_.fail("P0417", span, named(low) + " is said to be maximal, but is below " + named(high),
                    "the order and the maximal events contradict each other");
    below[high].push_back(low);
    ++above[low];
    above.try_emplace(high, 0);
  }
  std::vector<ValueId> top;
  for (const auto& [e, count] : above)
    if (count == 0) top.push_back(e);
  std::size_t sorted = 0;
  for (; !top.empty(); ++sorted) {
    const ValueId e = top.back();
    top.pop_back();
    for (ValueId low : below[e])
      if (--above[low] == 0) top.push_back(low);
  }
  if (sorted == above.size()) return;
  for (ValueId pair : order) {
    const ValueId e = machine_.values().parts(pair)[0];
    if (above[e] != 0)
      machine_.fail("P0417", span, "the order is cyclic", named(e) + " is above itself or below a cycle");
  }
}

ProcessId ProcessBuilder::watchdog(Operator op, std::span<const Handle> arguments, Span span) {
  Term term{op, span};
  term.operands = {machine_.values().as_process(machine_.canonical(arguments[0]))};
  term.sets = {event_set(machine_.canonical(arguments[1]))};
  term.events = {event(machine_.canonical(arguments[2]))};
  return terms_.intern(term);
}

ProcessId ProcessBuilder::macro(Macro m, std::span<const ValueId> values) {
  const auto number = suspensions_.intern(macro_tag + static_cast<std::uint32_t>(m), values).first;
  return terms_.intern(Term{Operator::suspended, {}, number});
}

ProcessId ProcessBuilder::delay(std::int64_t tocks, ProcessId p, ValueId tock) {
  if (tocks == 0) return p;
  return macro(Macro::delay, std::vector{machine_.values().integer(tocks), machine_.values().process(p), tock});
}

ProcessId ProcessBuilder::unfold_macro(Macro m, std::span<const ValueId> values) {
  Values& v = machine_.values();
  switch (m) {
    case Macro::loop: {
      Term term{Operator::sequential};
      term.operands = {v.as_process(values[0]), macro(m, values)};
      return terms_.intern(term);
    }
    case Macro::timed_stop: return menu({{event(values[0]), macro(m, values)}}, {});
    case Macro::timed_skip: {
      Term term{Operator::external_choice};
      term.operands = {menu({{event(values[0]), macro(m, values)}}, {}), terms_.intern(Term{Operator::skip})};
      return terms_.intern(term);
    }
    case Macro::delay: {
      const ProcessId rest = delay(v.as_integer(values[0]) - 1, v.as_process(values[1]), values[2]);
      return menu({{event(values[2]), rest}}, {});
    }
    case Macro::buffer: break;
  }
  return unfold_buffer(values);
}

}  // namespace tryst::csp
