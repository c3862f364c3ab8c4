#include "semantics/csp/symbolic_value.hpp"

#include <algorithm>

namespace tryst::csp {

SymbolicId SymbolicValues::intern(SymbolicNode node) {
  const auto [at, added] = ids_.try_emplace(node, SymbolicId{static_cast<std::uint32_t>(nodes_.size())});
  if (added) nodes_.push_back(std::move(node));
  return at->second;
}

SymbolicId SymbolicValues::make(SymbolicNode node) {
  const ExpressionId e{node.number};
  if (node.kind == SymbolicKind::integer)
    if (const auto n = expressions_.constant(e)) return known(values_.integer(*n));
  if (node.kind == SymbolicKind::truth && (expressions_.is(e, true) || expressions_.is(e, false)))
    return known(values_.boolean(expressions_.is(e, true)));
  if (node.kind == SymbolicKind::word &&
      std::ranges::none_of(node.parts, [&](SymbolicId part) { return kind(part) == SymbolicKind::base; }))
    node.kind = SymbolicKind::sequence;
  const bool is_made_of_parts = node.kind >= SymbolicKind::tuple && node.kind <= SymbolicKind::range_set;
  if (!is_made_of_parts || !std::ranges::all_of(node.parts, [&](SymbolicId part) { return is_known(part); }))
    return intern(std::move(node));
  std::vector<ValueId> parts;
  for (const SymbolicId part : node.parts) parts.push_back(value(part));
  switch (node.kind) {
    case SymbolicKind::tuple: return known(values_.tuple(parts));
    case SymbolicKind::sequence: return known(values_.sequence(parts));
    case SymbolicKind::dot: return known(values_.dot(parts));
    case SymbolicKind::list_set: return known(values_.set(std::move(parts)));
    case SymbolicKind::from_set: return known(values_.int_from(values_.as_integer(parts[0])));
    default: return known(values_.int_range(values_.as_integer(parts[0]), values_.as_integer(parts[1])));
  }
}

std::vector<SymbolicId> SymbolicValues::components(SymbolicId id) {
  const SymbolicNode node = (*this)[id];
  if (node.kind == SymbolicKind::tuple || node.kind == SymbolicKind::sequence || node.kind == SymbolicKind::dot)
    return node.parts;
  if (node.kind != SymbolicKind::known) return {id};
  const ValueId v = value(id);
  const ValueKind kind = values_.kind(v);
  if (kind != ValueKind::tuple && kind != ValueKind::sequence && kind != ValueKind::dot) return {id};
  const auto all = values_.parts(v);
  const std::vector<ValueId> parts(all.begin(), all.end());
  std::vector<SymbolicId> result;
  for (const ValueId part : parts) result.push_back(known(part));
  return result;
}

}  // namespace tryst::csp
