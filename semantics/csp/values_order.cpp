// The total order of values, and sorting by it.
#include <algorithm>
#include <cassert>

#include "semantics/csp/values.hpp"

namespace tryst::csp {

namespace {

// Values of different classes never share a well-typed set; the order of the classes is arbitrary but fixed. A
// constructor without fields and constructor values are one class, compared as lists of fields.
enum class OrderClass : std::uint32_t {
  integer,
  character,
  boolean,
  dotted,
  tuple,
  sequence,
  map,
  set,
  process,
  function
};

OrderClass order_class(ValueKind kind) {
  switch (kind) {
    case ValueKind::integer: return OrderClass::integer;
    case ValueKind::character: return OrderClass::character;
    case ValueKind::boolean: return OrderClass::boolean;
    case ValueKind::data:
    case ValueKind::dot: return OrderClass::dotted;
    case ValueKind::tuple: return OrderClass::tuple;
    case ValueKind::sequence: return OrderClass::sequence;
    case ValueKind::map: return OrderClass::map;
    case ValueKind::process: return OrderClass::process;
    case ValueKind::function: return OrderClass::function;
    default: return OrderClass::set;
  }
}

struct Keyed {
  std::uint64_t key;
  ValueId value;
};

}  // namespace

std::strong_ordering Values::compare(ValueId a, ValueId b) const {
  if (a == b) return std::strong_ordering::equal;
  if (is_small(a) && is_small(b)) return index(a) <=> index(b);
  const OrderClass order = order_class(kind(a));
  if (const auto c = order <=> order_class(kind(b)); c != 0) return c;
  switch (order) {
    case OrderClass::integer: return as_integer(a) <=> as_integer(b);
    case OrderClass::character:
    case OrderClass::boolean:
    case OrderClass::process:
    case OrderClass::function: return word(a) <=> word(b);
    case OrderClass::set: return compare_sets(a, b);
    case OrderClass::dotted:
      if (kind(a) == ValueKind::data && kind(b) == ValueKind::data) return word(a) <=> word(b);
      [[fallthrough]];
    default: return compare_parts(a, b);
  }
}

std::strong_ordering Values::compare_parts(ValueId a, ValueId b) const {
  const std::span<const ValueId> left = kind(a) == ValueKind::data ? std::span<const ValueId>(&a, 1) : parts(a);
  const std::span<const ValueId> right = kind(b) == ValueKind::data ? std::span<const ValueId>(&b, 1) : parts(b);
  const std::size_t common = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (left[i] != right[i]) return compare(left[i], right[i]);
  }
  return left.size() <=> right.size();
}

// Finite sets first, by their elements; symbolic ones by kind and parts.
std::strong_ordering Values::compare_sets(ValueId a, ValueId b) const {
  const ValueKind left = kind(a);
  const ValueKind right = kind(b);
  if (is_symbolic(left) || is_symbolic(right)) {
    if (left != right) {
      if (!is_symbolic(left)) return std::strong_ordering::less;
      if (!is_symbolic(right)) return std::strong_ordering::greater;
      return left <=> right;
    }
    return left == ValueKind::datatype ? word(a) <=> word(b) : compare_parts(a, b);
  }
  if (left == ValueKind::set && right == ValueKind::set) return compare_parts(a, b);
  if (left == ValueKind::set) {
    const auto reversed = compare_sets(b, a);
    return 0 <=> reversed;
  }
  // a is the range low..high, lexicographically against b.
  const std::int64_t low = as_integer(parts(a)[0]);
  const std::int64_t high = as_integer(parts(a)[1]);
  if (right == ValueKind::int_range) return compare_parts(a, b);
  std::int64_t next = low;
  for (const ValueId element : parts(b)) {
    if (order_class(kind(element)) != OrderClass::integer) return std::strong_ordering::less;
    if (const auto c = next <=> as_integer(element); c != 0) return c;
    if (next == high) return std::strong_ordering::less;  // b cannot end here: it would be the range
    ++next;
  }
  return std::strong_ordering::greater;
}

// A number that grows with the order, though not strictly: compare(a, b) < 0 implies rank(a) <= rank(b).
std::uint32_t Values::rank(ValueId v) const {
  constexpr std::uint32_t others = 0x80000000u;
  constexpr std::uint32_t payload_max = (1u << 27) - 1;
  if (is_small(v)) return (index(v) & ~small_tag) + 1;
  const OrderClass order = order_class(kind(v));
  const std::uint32_t base = others | (static_cast<std::uint32_t>(order) << 27);
  switch (order) {
    case OrderClass::integer: return as_integer(v) < 0 ? 0 : others;
    case OrderClass::character:
    case OrderClass::boolean:
    case OrderClass::process:
    case OrderClass::function: return base + std::min(word(v), payload_max);
    case OrderClass::dotted: {
      // Lists are compared from their first leaf on.
      ValueId first = v;
      while (kind(first) == ValueKind::dot && !parts(first).empty()) first = parts(first)[0];
      if (kind(first) == ValueKind::data) return base + (1u << 26) + std::min(word(first), (1u << 26) - 1);
      return order_class(kind(first)) <= OrderClass::dotted ? base : base + payload_max;
    }
    default: return base;
  }
}

// Comparing two values costs cache misses, so a key of the first two parts in which the values differ decides most of
// the comparisons.
void Values::sort_unique(std::vector<ValueId>& values) const {
  const auto descends = [this](ValueId a, ValueId b) { return compare(a, b) >= 0; };
  if (std::adjacent_find(values.begin(), values.end(), descends) == values.end()) return;
  if (std::all_of(values.begin(), values.end(), is_small)) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return;
  }

  const ValueKind shape = kind(values[0]);
  bool lists = shape == ValueKind::tuple || shape == ValueKind::sequence || shape == ValueKind::dot;
  std::span<const ValueId> prefix = lists ? parts(values[0]) : std::span<const ValueId>();
  for (const ValueId v : values) {
    if (!lists || kind(v) != shape) {
      lists = false;
      break;
    }
    const auto list = parts(v);
    const std::size_t common = std::min(prefix.size(), list.size());
    const auto differ =
        std::mismatch(prefix.begin(), prefix.begin() + static_cast<std::ptrdiff_t>(common), list.begin());
    prefix = prefix.first(static_cast<std::size_t>(differ.first - prefix.begin()));
  }

  std::vector<Keyed> keyed;
  keyed.reserve(values.size());
  for (const ValueId v : values) {
    if (!lists) {
      keyed.push_back({rank(v), v});
      continue;
    }
    const auto rest = parts(v).subspan(prefix.size());
    const std::uint64_t first = rest.empty() ? 0 : rank(rest[0]);
    const std::uint64_t second = rest.size() < 2 ? 0 : rank(rest[1]);
    // The second part counts only where the first is decided by its rank.
    const bool exact = !rest.empty() && is_small(rest[0]);
    keyed.push_back({(first << 32) | (exact ? second : 0), v});
  }
  std::sort(keyed.begin(), keyed.end(), [this](const Keyed& a, const Keyed& b) {
    return a.key != b.key ? a.key < b.key : a.value != b.value && compare(a.value, b.value) < 0;
  });
  values.clear();
  for (const Keyed& k : keyed) {
    if (values.empty() || values.back() != k.value) values.push_back(k.value);
  }
}

}  // namespace tryst::csp
