// BUFFER(n, {(in, out), ..}), WEAK_BUFFER(n, overflow, ..), SIGNAL_BUFFER(n, overflow, empty, ..).
//
// A buffer holds the outputs it owes, at most n. It offers every `in` while it has room, and the first output it owes.
//   WEAK_BUFFER    when full, offers `overflow` in place of the inputs, and stops after it
//   SIGNAL_BUFFER  as that; and when it holds nothing, offers `empty`, which changes nothing
// The values of a buffer's suspension: which of the three, n, overflow, empty (the empty sequence where there is none),
// the pairs, what it holds.
#include <algorithm>

#include "semantics/csp/process_builder.hpp"
#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

ProcessId ProcessBuilder::buffer(Builtin builtin, std::span<const Handle> arguments, Span span) {
  Values& v = machine_.values();
  const std::int64_t capacity = machine_.integer(arguments[0]);
  const ValueId none = v.empty_sequence();
  const ValueId overflow = builtin == Builtin::BUFFER ? none : machine_.canonical(arguments[1]);
  const ValueId empty = builtin == Builtin::SIGNAL_BUFFER ? machine_.canonical(arguments[2]) : none;
  const ValueId pairs = machine_.canonical(arguments.back());
  if (capacity <= 0)
    machine_.fail("P0418", span, "a buffer needs a capacity of at least 1",
                  "the capacity is " + std::to_string(capacity));
  const Elements list = machine_.list(pairs, span);
  std::vector<ValueId> events;
  for (ValueId pair : list)
    for (ValueId e : v.parts(pair)) events.push_back(e);
  std::sort(events.begin(), events.end());
  const auto twice = std::adjacent_find(events.begin(), events.end());
  if (twice != events.end())
    machine_.fail("P0419", span, "`" + machine_.shown(*twice) + "` is used twice in the pairs of a buffer",
                  "all inputs and outputs must differ");
  return macro(Macro::buffer, std::vector{v.integer(static_cast<std::int64_t>(builtin)), v.integer(capacity), overflow,
                                          empty, pairs, none});
}

ProcessId ProcessBuilder::unfold_buffer(std::span<const ValueId> values) {
  Values& v = machine_.values();
  const auto capacity = static_cast<std::size_t>(v.as_integer(values[1]));
  const ValueId overflow = values[2], empty = values[3], none = v.empty_sequence();
  const auto held = v.parts(values[5]);
  const auto holding = [&](std::span<const ValueId> contents) {
    std::vector<ValueId> next(values.begin(), values.end());
    next[5] = v.sequence(contents);
    return macro(Macro::buffer, next);
  };
  Menu offers;
  if (held.size() < capacity) {
    for (ValueId pair : Elements(v, values[4])) {
      std::vector<ValueId> more(held.begin(), held.end());
      more.push_back(v.parts(pair)[1]);
      offers.emplace_back(event(v.parts(pair)[0]), holding(more));
    }
  } else if (overflow != none) {
    offers.emplace_back(event(overflow), terms_.intern(Term{Operator::stop}));
  }
  if (!held.empty()) offers.emplace_back(event(held[0]), holding(held.subspan(1)));
  if (held.empty() && empty != none) offers.emplace_back(event(empty), holding(held));
  return menu(std::move(offers), {});
}

}  // namespace tryst::csp
