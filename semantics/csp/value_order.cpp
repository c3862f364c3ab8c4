#include "semantics/csp/value_order.hpp"

#include <algorithm>

#include "semantics/csp/set_elements.hpp"
#include "semantics/csp/value_maps.hpp"

namespace tryst::csp {

namespace {

std::partial_ordering relate_sequences(std::span<const ValueId> a, std::span<const ValueId> b) {
  const std::size_t common = std::min(a.size(), b.size());
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(common), b.begin())) {
    return std::partial_ordering::unordered;
  }
  return a.size() <=> b.size();
}

std::partial_ordering relate_sets(DataTable& data, ValueId a, ValueId b) {
  if (subset(data, a, b) == Answer::yes) return std::partial_ordering::less;
  if (subset(data, b, a) == Answer::yes) return std::partial_ordering::greater;
  return std::partial_ordering::unordered;
}

// Whether every key of a is one of b, with images that are not greater.
bool submap(DataTable& data, ValueId a, ValueId b) {
  for (std::size_t i = 0; i < map_size(data.values(), a); ++i) {
    const auto [key, image] = map_entry(data.values(), a, i);
    const auto other = map_lookup(data.values(), b, key);
    if (!other || !(relate(data, image, *other) <= 0)) return false;
  }
  return true;
}

}  // namespace

std::partial_ordering relate(DataTable& data, ValueId a, ValueId b) {
  const Values& values = data.values();
  if (a == b) return std::partial_ordering::equivalent;
  const ValueKind kind = values.kind(a);
  if (is_set(kind) && values.is_set(b)) return relate_sets(data, a, b);
  if (kind != values.kind(b)) return std::partial_ordering::unordered;
  const auto left = values.parts(a);
  const auto right = values.parts(b);
  switch (kind) {
    case ValueKind::integer:
    case ValueKind::character: return values.compare(a, b);
    case ValueKind::tuple: {
      const auto differ = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
      if (differ.first == left.end() || differ.second == right.end()) return std::partial_ordering::unordered;
      return relate(data, *differ.first, *differ.second);
    }
    case ValueKind::sequence: return relate_sequences(left, right);
    case ValueKind::map:
      if (submap(data, a, b)) return std::partial_ordering::less;
      return submap(data, b, a) ? std::partial_ordering::greater : std::partial_ordering::unordered;
    default: return std::partial_ordering::unordered;
  }
}

}  // namespace tryst::csp
