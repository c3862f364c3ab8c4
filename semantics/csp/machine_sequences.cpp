#include <limits>

#include "semantics/csp/machine.hpp"

namespace tryst::csp {

bool Machine::is_lazy_sequence(const Handle& h) const {
  return h.is_object() && h.object().kind >= ObjectKind::cons && h.object().kind <= ObjectKind::range_open;
}

bool Machine::is_empty(const Handle& s) const { return s.is_value() && s.as_value() == values_.empty_sequence(); }

Handle Machine::head(const Handle& s) {
  if (s.is_value()) return from(values_.parts(s.as_value())[0]);
  const Object& object = s.object();
  switch (object.kind) {
    case ObjectKind::cons: return s.field(0);
    case ObjectKind::view: return from(values_.parts(s.field(0).as_value())[static_cast<std::size_t>(object.number)]);
    default: return integer(object.number);
  }
}

Handle Machine::tail(const Handle& s) {
  if (s.is_value()) return view(s, 1);
  const Object& object = s.object();
  switch (object.kind) {
    case ObjectKind::cons: return s.field(1);
    case ObjectKind::view: return view(s.field(0), object.number + 1);
    case ObjectKind::range:
      return object.number == object.limit ? empty_sequence() : range(object.number + 1, object.limit);
    default:
      if (object.number == std::numeric_limits<std::int64_t>::max())
        fail("P0406", {}, "a sequence runs out of the range of integers");
      return range_from(object.number + 1);
  }
}

Handle Machine::view(const Handle& sequence, std::int64_t from) {
  if (static_cast<std::size_t>(from) >= values_.parts(sequence.as_value()).size()) return empty_sequence();
  Handle h = Handle::make(ObjectKind::view, 1);
  h.object().fields()[0] = sequence;
  h.object().number = from;
  return h;
}

Handle Machine::cons(Handle head, Handle tail) {
  Handle h = Handle::make(ObjectKind::cons, 2);
  h.object().fields()[0] = std::move(head);
  h.object().fields()[1] = std::move(tail);
  return h;
}

Handle Machine::range(std::int64_t low, std::int64_t high) {
  if (low > high) return empty_sequence();
  Handle h = Handle::make(ObjectKind::range, 0);
  h.object().number = low;
  h.object().limit = high;
  return h;
}

Handle Machine::range_from(std::int64_t low) {
  Handle h = Handle::make(ObjectKind::range_open, 0);
  h.object().number = low;
  return h;
}

// `sequence` is not empty; `rest` stays as it is.
Handle Machine::concat(const Handle& sequence, Handle rest) {
  if (is_empty(rest)) return sequence;
  Handle more = tail(sequence);
  if (is_empty(more)) return cons(head(sequence), std::move(rest));
  Handle delayed = Handle::make(ObjectKind::concat, 2);
  delayed.object().fields()[0] = std::move(more);
  delayed.object().fields()[1] = std::move(rest);
  return cons(head(sequence), std::move(delayed));
}

// Runs the code on one element after another until something comes of it.
Handle Machine::next_of_concat_map(Object& object) {
  Handle* const fields = object.fields();
  const std::span<const Handle> captured(fields + 1, object.count - 1);
  for (;;) {
    poll();
    const Handle source = force(fields[0]);
    if (is_empty(source)) return source;
    const Handle element = head(source);
    const Handle chunk = run(object.code, captured, {&element, 1}, core_.codes[object.code].span);
    Handle rest = tail(source);
    if (!is_empty(chunk)) {
      if (is_empty(rest)) return chunk;
      Handle more = Handle::make(ObjectKind::concat_map, object.count, object.code);
      more.object().fields()[0] = std::move(rest);
      for (std::uint32_t i = 1; i < object.count; ++i) more.object().fields()[i] = fields[i];
      return concat(chunk, std::move(more));
    }
    fields[0] = std::move(rest);
  }
}

std::int64_t Machine::length(Handle s, Span span) {
  for (std::int64_t n = 0;; ++n) {
    poll();
    if (s.is_value()) return n + static_cast<std::int64_t>(values_.parts(s.as_value()).size());
    const Object& object = s.object();
    if (object.kind == ObjectKind::view)
      return n + static_cast<std::int64_t>(values_.parts(s.field(0).as_value()).size()) - object.number;
    if (object.kind == ObjectKind::range) return n + (object.limit - object.number) + 1;
    if (object.kind == ObjectKind::range_open)
      fail("P0407", span, "the length of an infinite sequence is asked for", "this sequence has no end");
    s = force(tail(s));
  }
}

std::string Machine::text(Handle s) {
  std::string result;
  for (; !is_empty(s); s = force(tail(s))) {
    poll();
    result += static_cast<char>(values_.as_character(canonical(head(s))));
  }
  return result;
}

}  // namespace tryst::csp
