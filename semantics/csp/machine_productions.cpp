// Sets of productions that are not listed: {| c.i |} of a dense channel has as many events as there are fields to
// follow, of which a component performs a few. What is written so, and unions of it, stay as they are written until
// somebody asks for the elements; alphabets do not (process_builder.cpp). The value is then remembered: `limit` of the
// object is its number and 1.
#include <algorithm>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/machine.hpp"

namespace tryst::csp {

// Fewer productions than this are listed, which makes equal sets equal values at once.
constexpr std::uint64_t dense_productions = 64;

bool Machine::is_dense(ValueId prefix) {
  const auto missing = missing_fields(data_, prefix);
  if (!missing) return false;
  std::uint64_t count = 1;
  for (const ValueId field : *missing) {
    if (is_symbolic(values_.kind(field)) || tryst::csp::is_empty(values_, field)) return false;
    count *= std::min(Elements(values_, field).size(), dense_productions);
    count = std::min(count, dense_productions);
  }
  return count == dense_productions;
}

Handle Machine::productions_of(ValueId prefix) {
  if (!is_dense(prefix)) return Handle::value(productions(data_, prefix));
  Handle h = Handle::make(ObjectKind::productions, 1);
  h.object().number = 1;
  h.object().fields()[0] = Handle::value(prefix);
  return h;
}

Machine::SetParts Machine::parts_of_set(const Handle& set) {
  if (!set.is(ObjectKind::productions)) return {{}, canonical(set)};
  SetParts parts{{}, values_.empty_set()};
  const auto prefixes = static_cast<std::uint32_t>(set.object().number);
  for (std::uint32_t i = 0; i < prefixes; ++i) parts.prefixes.push_back(set.field(i).as_value());
  if (set.object().count > prefixes) parts.rest = set.field(prefixes).as_value();
  return parts;
}

Handle Machine::set_union_of(std::span<const Handle> sets) {
  std::vector<ValueId> prefixes;
  std::vector<ValueId> rests;
  for (const Handle& set : sets) {
    const SetParts parts = parts_of_set(set);
    prefixes.insert(prefixes.end(), parts.prefixes.begin(), parts.prefixes.end());
    if (parts.prefixes.empty() || !tryst::csp::is_empty(values_, parts.rest)) rests.push_back(parts.rest);
  }
  const ValueId rest = rests.size() == 1 ? rests[0] : set_union(data_, rests);
  if (prefixes.empty()) return Handle::value(rest);
  std::ranges::sort(prefixes);
  prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
  const bool has_rest = !tryst::csp::is_empty(values_, rest);
  Handle h = Handle::make(ObjectKind::productions, static_cast<std::uint32_t>(prefixes.size()) + (has_rest ? 1 : 0));
  h.object().number = static_cast<std::int64_t>(prefixes.size());
  for (std::size_t i = 0; i < prefixes.size(); ++i) h.object().fields()[i] = Handle::value(prefixes[i]);
  if (has_rest) h.object().fields()[prefixes.size()] = Handle::value(rest);
  return h;
}

// Union({A, B ..}): what is collected are sets, none of which needs to be a value for it.
Handle Machine::union_expression(const Node& set, Handle* frame) {
  std::vector<Handle> sets;
  for_each(set.steps, frame, [&] {
    for (const NodeId kid : core_.kids(set)) sets.push_back(evaluate(kid, frame));
  });
  return set_union_of(sets);
}

}  // namespace tryst::csp
