#include "semantics/csp/set_elements.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "semantics/budget.hpp"
#include "semantics/csp/dot.hpp"
#include "semantics/csp/set_integers.hpp"
#include "semantics/csp/set_operations.hpp"
#include "semantics/csp/set_symbolic.hpp"

namespace tryst::csp {

namespace {

[[noreturn]] void too_large() {
  throw LimitReached{"a set has too many elements: its members can be tested, but not counted or listed"};
}

std::uint64_t range_size(const Values& values, ValueId range) {
  const auto bounds = values.parts(range);
  const std::uint64_t distance = static_cast<std::uint64_t>(values.as_integer(bounds[1])) -
                                 static_cast<std::uint64_t>(values.as_integer(bounds[0]));
  return distance == std::numeric_limits<std::uint64_t>::max() ? distance : distance + 1;
}

// Products and powers, or LimitReached beyond 63 bits.
std::uint64_t checked_product(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (a != 0 && b > max / a) too_large();
  return a * b;
}

std::uint64_t checked_power(std::uint64_t base, std::uint64_t exponent) {
  if (exponent >= 64 && base > 1) too_large();
  std::uint64_t power = 1;
  for (std::uint64_t i = 0; i < exponent && base > 1; ++i) power = checked_product(power, base);
  return power;
}

// Parts of a symbolic union overlap at most where their intersection is not empty; then they cannot be counted.
std::uint64_t union_size(DataTable& data, ValueId set) {
  const auto parts = data.values().parts(set);
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (set_intersection(data, parts[i], parts[j]) != data.values().empty_set()) too_large();
    }
    total += *card(data, parts[i]);
  }
  return total;
}

bool dot_member(DataTable& data, ValueId value, ValueId product) {
  const auto factors = data.values().parts(product);
  const auto parts = data.values().parts(value);
  if (parts.size() != factors.size()) return false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!member(data, parts[i], factors[i])) return false;
  }
  return true;
}

// Values share parts, so what was found is remembered: a test costs O(distinct parts).
bool datatype_member(DataTable& data, ValueId value, DatatypeId type) {
  const Values& values = data.values();
  if (values.kind(value) == ValueKind::data) {
    const DataId constructor = values.as_data(value);
    return data.datatype(constructor) == type && !data.has_fields(constructor);
  }
  if (values.kind(value) != ValueKind::dot) return false;
  const auto parts = values.parts(value);
  if (parts.empty() || values.kind(parts[0]) != ValueKind::data) return false;
  const DataId constructor = values.as_data(parts[0]);
  if (data.datatype(constructor) != type || !data.has_fields(constructor)) return false;

  const std::uint64_t key = (static_cast<std::uint64_t>(index(type)) << 32) | index(value);
  if (const auto known = data.memo().members.find(key); known != data.memo().members.end()) return known->second;
  const auto fields = data.fields(constructor);
  bool is_member = parts.size() == fields.size() + 1;
  for (std::size_t i = 0; is_member && i < fields.size(); ++i) is_member = member(data, parts[i + 1], fields[i]);
  data.memo().members.emplace(key, is_member);
  return is_member;
}

}  // namespace

Elements::Elements(Values& values, ValueId set) : values_(&values) {
  const auto parts = values.parts(set);
  if (values.kind(set) == ValueKind::int_range) {
    low_ = values.as_integer(parts[0]);
    size_ = range_size(values, set);
  } else {
    assert(values.kind(set) == ValueKind::set);
    ids_ = parts.data();
    size_ = parts.size();
  }
}

std::optional<Elements> elements(DataTable& data, ValueId set) {
  if (!is_symbolic(data.values().kind(set))) return Elements(data.values(), set);
  if (is_infinite(data, set)) return std::nullopt;
  too_large();
}

bool is_infinite(DataTable& data, ValueId set) {
  const Values& values = data.values();
  const auto any_infinite = [&](std::span<const ValueId> sets) {
    return std::any_of(sets.begin(), sets.end(), [&](ValueId s) { return is_infinite(data, s); });
  };
  switch (values.kind(set)) {
    case ValueKind::set:
    case ValueKind::int_range: return false;
    case ValueKind::powerset:
    case ValueKind::maps:
    case ValueKind::tuple_product:
    case ValueKind::dot_product:
    case ValueKind::set_union: return any_infinite(values.parts(set));
    // What is left of an infinite set after a part of it was taken away is infinite, as far as differences are not
    // simplified.
    case ValueKind::set_difference: return is_infinite(data, values.parts(set)[0]);
    case ValueKind::datatype: return data.is_infinite(values.as_datatype(set));
    default: return true;
  }
}

std::optional<std::uint64_t> card(DataTable& data, ValueId set) {
  if (is_infinite(data, set)) return std::nullopt;
  const Values& values = data.values();
  const auto parts = values.parts(set);
  switch (values.kind(set)) {
    case ValueKind::set: return parts.size();
    case ValueKind::int_range: return checked_product(range_size(values, set), 1);
    case ValueKind::powerset: return checked_power(2, *card(data, parts[0]));
    case ValueKind::maps: return checked_power(*card(data, parts[1]) + 1, *card(data, parts[0]));
    case ValueKind::set_union: return union_size(data, set);
    case ValueKind::datatype: {
      std::uint64_t total = 0;
      for (const DataId c : data.constructors(values.as_datatype(set))) {
        total += *card(data, productions(data, data.values().data(c)));
      }
      return total;
    }
    case ValueKind::set_difference:
      return *card(data, parts[0]) - *card(data, set_intersection(data, parts[0], parts[1]));
    default: break;
  }
  std::uint64_t product = 1;
  for (const ValueId factor : parts) product = checked_product(product, *card(data, factor));
  return product;
}

bool is_empty(const Values& values, ValueId set) { return set == values.empty_set(); }

bool member(DataTable& data, ValueId value, ValueId set) {
  const Values& values = data.values();
  const auto parts = values.parts(set);
  const ValueKind kind = values.kind(value);
  const auto each = [&](std::span<const ValueId> items, ValueId in) {
    return std::all_of(items.begin(), items.end(), [&](ValueId v) { return member(data, v, in); });
  };
  switch (values.kind(set)) {
    case ValueKind::set:
      return std::binary_search(parts.begin(), parts.end(), value,
                                [&](ValueId a, ValueId b) { return values.compare(a, b) < 0; });
    case ValueKind::int_range:
      return kind == ValueKind::integer && values.as_integer(parts[0]) <= values.as_integer(value) &&
             values.as_integer(value) <= values.as_integer(parts[1]);
    case ValueKind::int_from:
      return kind == ValueKind::integer && values.as_integer(parts[0]) <= values.as_integer(value);
    case ValueKind::int_all: return kind == ValueKind::integer;
    case ValueKind::proc_all: return kind == ValueKind::process;
    case ValueKind::powerset: return is_set(kind) && subset(data, value, parts[0]) == Answer::yes;
    case ValueKind::sequences: return kind == ValueKind::sequence && each(values.parts(value), parts[0]);
    case ValueKind::maps: {
      if (kind != ValueKind::map) return false;
      const auto entries = values.parts(value);
      for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!member(data, entries[i], parts[i % 2])) return false;
      }
      return true;
    }
    case ValueKind::tuple_product: return kind == ValueKind::tuple && dot_member(data, value, set);
    case ValueKind::dot_product: return kind == ValueKind::dot && dot_member(data, value, set);
    case ValueKind::datatype: return datatype_member(data, value, values.as_datatype(set));
    case ValueKind::set_union:
      return std::any_of(parts.begin(), parts.end(), [&](ValueId s) { return member(data, value, s); });
    case ValueKind::set_difference: return member(data, value, parts[0]) && !member(data, value, parts[1]);
    default: break;
  }
  assert(false && "not a set");
  return false;
}

Answer subset(DataTable& data, ValueId a, ValueId b) {
  const Values& values = data.values();
  if (a == b || is_empty(values, a)) return Answer::yes;
  if (is_symbolic(values.kind(a))) return symbolic_subset(data, a, b);
  if (values.kind(a) == ValueKind::int_range) {
    if (holds_integers(values, b)) return is_empty(values, set_difference(data, a, b)) ? Answer::yes : Answer::no;
    return Answer::no;
  }
  if (values.kind(b) == ValueKind::set) {
    const auto left = values.parts(a);
    const auto right = values.parts(b);
    const bool includes = std::includes(right.begin(), right.end(), left.begin(), left.end(),
                                        [&](ValueId x, ValueId y) { return values.compare(x, y) < 0; });
    return includes ? Answer::yes : Answer::no;
  }
  const auto left = values.parts(a);
  const bool all = std::all_of(left.begin(), left.end(), [&](ValueId v) { return member(data, v, b); });
  return all ? Answer::yes : Answer::no;
}

}  // namespace tryst::csp
