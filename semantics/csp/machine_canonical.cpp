// Evaluation to the end, equality and order.
#include <cassert>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/machine.hpp"
#include "semantics/csp/process_builder.hpp"
#include "semantics/csp/value_order.hpp"

namespace tryst::csp {

namespace {
// The longest sequence that becomes a canonical value.
constexpr std::size_t sequence_length_max = std::size_t{1} << 22;
}  // namespace

Handle Machine::from(ValueId v) {
  switch (values_.kind(v)) {
    case ValueKind::integer: return integer(values_.as_integer(v));
    case ValueKind::process: return Handle::process(values_.as_process(v));
    default: return Handle::value(v);
  }
}

ValueId Machine::canonical(const Handle& h) {
  if (h.is_value()) return h.as_value();
  if (h.is_integer()) return values_.integer(h.as_integer());
  if (h.is_process()) return values_.process(h.as_process());
  return canonical_object(h.is_delayed() ? force(h) : h);
}

std::vector<ValueId> Machine::identity(const Code& code, std::span<const Handle> captured,
                                       std::span<const Handle> arguments) {
  std::vector<ValueId> values;
  for (std::size_t i = 0; i < captured.size(); ++i)
    values.push_back(canonical_for(code, code.captures[i], captured[i]));
  for (std::size_t i = 0; i < arguments.size(); ++i)
    values.push_back(canonical_for(code, static_cast<Slot>(i), arguments[i]));
  return values;
}

// Where a process is expected, an expression of unknown type that is not evaluated yet is suspended: a fixed point
// combinator passes itself on like that, and evaluating it here would not end.
ValueId Machine::canonical_for(const Code& code, Slot slot, const Handle& h) {
  if (!code.process_slots[slot] || !h.is(ObjectKind::thunk) || h.object().running) return canonical(h);
  const CodeId delayed = h.object().code;
  if (core_.codes[delayed].process) return canonical(h);
  std::vector<ValueId> values;
  for (std::size_t i = 0; i < core_.codes[delayed].captures.size(); ++i)
    values.push_back(canonical(h.field(static_cast<std::uint32_t>(i))));
  return values_.process(processes_->suspended(delayed, values));
}

ValueId Machine::canonical_object(const Handle& h) {
  if (!h.is_object()) return canonical(h);
  check_depth({});
  const Object& object = h.object();
  std::vector<ValueId> parts;
  switch (object.kind) {
    case ObjectKind::tuple:
      for (std::uint32_t i = 0; i < object.count; ++i) parts.push_back(canonical(h.field(i)));
      return values_.tuple(parts);
    case ObjectKind::closure:
    case ObjectKind::builtin:
      for (std::uint32_t i = 0; i < object.count; ++i) parts.push_back(canonical(h.field(i)));
      parts.push_back(values_.integer(object.number));
      return values_.function(static_cast<ClosureId>(closures_.intern(index(object.code), parts).first));
    case ObjectKind::productions: {
      if (object.limit != 0) return static_cast<ValueId>(object.limit - 1);
      const SetParts set = parts_of_set(h);
      for (const ValueId prefix : set.prefixes) parts.push_back(productions(data_, prefix));
      if (!tryst::csp::is_empty(values_, set.rest)) parts.push_back(set.rest);
      const ValueId value = set_union(data_, parts);
      h.object().limit = std::int64_t{index(value)} + 1;
      return value;
    }
    default: break;
  }
  for (Handle s = h; !is_empty(s); s = force(tail(s))) {
    parts.push_back(canonical(head(s)));
    poll();
    if (parts.size() > sequence_length_max)
      fail("P0407", {},
           "a sequence of more than " + std::to_string(sequence_length_max) + " elements has to be evaluated", "",
           "infinite sequences can be used bit by bit only");
  }
  return values_.sequence(parts);
}

// Sequences and tuples are compared without making canonical values of them; a difference ends the comparison.
bool Machine::equal(const Handle& a, const Handle& b) {
  if (a.same(b)) return true;
  if (a.is_delayed() || b.is_delayed()) return equal(force(a), force(b));
  if (!a.is_object() && !b.is_object()) return canonical(a) == canonical(b);
  check_depth({});
  const Handle& object = a.is_object() ? a : b;
  if (object.is(ObjectKind::closure) || object.is(ObjectKind::builtin) || object.is(ObjectKind::productions))
    return canonical(a) == canonical(b);
  if (!object.is(ObjectKind::tuple)) return equal_sequences(a, b);
  for (std::uint32_t i = 0; i < object.object().count; ++i)
    if (!equal(component(a, i), component(b, i))) return false;
  return true;
}

Handle Machine::component(const Handle& tuple, std::uint32_t i) {
  return tuple.is_object() ? tuple.field(i) : from(values_.parts(tuple.as_value())[i]);
}

bool Machine::equal_sequences(Handle a, Handle b) {
  for (;;) {
    poll();
    if (is_empty(a) || is_empty(b)) return is_empty(a) && is_empty(b);
    if (!equal(head(a), head(b))) return false;
    a = force(tail(a));
    b = force(tail(b));
  }
}

std::partial_ordering Machine::relate(const Handle& a, const Handle& b) {
  if (is_lazy_sequence(a) || is_lazy_sequence(b)) return relate_sequences(a, b);
  return tryst::csp::relate(data_, canonical(a), canonical(b));
}

// By prefix.
std::partial_ordering Machine::relate_sequences(Handle a, Handle b) {
  for (;;) {
    poll();
    if (is_empty(a)) return is_empty(b) ? std::partial_ordering::equivalent : std::partial_ordering::less;
    if (is_empty(b)) return std::partial_ordering::greater;
    if (!equal(head(a), head(b))) return std::partial_ordering::unordered;
    a = force(tail(a));
    b = force(tail(b));
  }
}

}  // namespace tryst::csp
