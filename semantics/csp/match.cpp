// Pattern matching: evaluates no more than the pattern looks at.
#include <algorithm>
#include <cassert>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/machine.hpp"
#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

bool Machine::matches(MatchId id, const Handle& h, Handle* frame) {
  const Match& match = core_.matches[id];
  if (match.kind == MatchKind::any) return true;
  if (match.kind == MatchKind::bind) {
    frame[match.number] = h;
    return true;
  }
  if (h.is_delayed()) return matches(id, force(h), frame);
  const auto parts = core_.match_lists[match.parts];
  switch (match.kind) {
    case MatchKind::integer: return integer(h) == match.number;
    case MatchKind::boolean: return truth(h) == (match.number != 0);
    case MatchKind::character: return values_.as_character(h.as_value()) == static_cast<unsigned char>(match.number);
    case MatchKind::data:
      return values_.kind(h.as_value()) == ValueKind::data &&
             values_.as_data(h.as_value()) == static_cast<DataId>(match.number);
    case MatchKind::tuple:
      for (std::uint32_t i = 0; i < parts.size(); ++i)
        if (!matches(parts[i], component(h, i), frame)) return false;
      return true;
    case MatchKind::sequence:
    case MatchKind::sequence_around: return matches_sequence(match, h, frame);
    case MatchKind::empty_set: return tryst::csp::is_empty(values_, canonical(h));
    case MatchKind::singleton_set: {
      const ValueId set = canonical(h);
      const auto size = card(data_, set);
      return size && *size == 1 && matches(parts[0], from((*elements(data_, set))[0]), frame);
    }
    case MatchKind::dot: return matches_dot(match, canonical(h), frame);
    case MatchKind::both: return matches(parts[0], h, frame) && matches(parts[1], h, frame);
    default: break;
  }
  assert(false && "all kinds are handled");
  return false;
}

// The first parts against the first elements; then nothing may be left, or the middle takes all but the last elements.
bool Machine::matches_sequence(const Match& match, Handle s, Handle* frame) {
  const auto parts = core_.match_lists[match.parts];
  const bool exact = match.kind == MatchKind::sequence;
  const std::size_t before = exact ? parts.size() : static_cast<std::size_t>(match.number);
  for (std::size_t i = 0; i < before; ++i) {
    if (s.is_delayed()) s = force(s);
    if (is_empty(s) || !matches(parts[i], head(s), frame)) return false;
    s = tail(s);
  }
  if (exact) return is_empty(force(s));
  const std::size_t after = parts.size() - before - 1;
  if (after == 0) return matches(parts[before], s, frame);

  std::vector<Handle> rest;
  for (s = force(s); !is_empty(s); s = force(tail(s))) {
    poll();
    rest.push_back(head(s));
  }
  if (rest.size() < after) return false;
  for (std::size_t i = 0; i < after; ++i)
    if (!matches(parts[before + 1 + i], rest[rest.size() - after + i], frame)) return false;
  Handle middle = empty_sequence();
  for (std::size_t i = rest.size() - after; i-- > 0;) middle = cons(rest[i], std::move(middle));
  return matches(parts[before], middle, frame);
}

bool Machine::matches_dot(const Match& match, ValueId v, Handle* frame) {
  const auto parts = core_.match_lists[match.parts];
  DotFields fields(data_, v);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Match& part = core_.matches[parts[i]];
    const bool last = i + 1 == parts.size();
    if (part.kind == MatchKind::data) {
      const auto constant = static_cast<DataId>(part.number);
      if (last ? !fields.rest_is(constant) : !fields.take(constant)) return false;
      continue;
    }
    std::vector<ValueId> taken;
    for (std::size_t n = last ? 1 : dot_width(parts[i]); n > 0; --n) {
      if (fields.at_end()) return false;
      const auto field = last ? std::optional(fields.rest()) : fields.take();
      if (!field) return false;
      taken.push_back(*field);
    }
    if (!matches(parts[i], from(values_.dot(taken)), frame)) return false;
  }
  return true;
}

// How many fields a part of a dot pattern takes where others follow: one, but for `(x.y) @@ (a.b.c)`.
std::size_t Machine::dot_width(MatchId id) const {
  const Match& match = core_.matches[id];
  const auto parts = core_.match_lists[match.parts];
  if (match.kind == MatchKind::dot) return parts.size();
  if (match.kind != MatchKind::both) return 1;
  return std::max(dot_width(parts[0]), dot_width(parts[1]));
}

}  // namespace tryst::csp
