#include "semantics/csp/set_integers.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "semantics/budget.hpp"

namespace tryst::csp {

namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

struct Interval {
  std::int64_t low, high;  // both included
};
using Intervals = std::vector<Interval>;  // ascending, with gaps between

Intervals complement(const Intervals& set) {
  Intervals gaps;
  std::int64_t next = lowest;
  for (const Interval& i : set) {
    if (i.low > next) gaps.push_back({next, i.low - 1});
    if (i.high == highest) return gaps;
    next = i.high + 1;
  }
  gaps.push_back({next, highest});
  return gaps;
}

Intervals intersection(const Intervals& a, const Intervals& b) {
  Intervals common;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::int64_t low = std::max(a[i].low, b[j].low);
    const std::int64_t high = std::min(a[i].high, b[j].high);
    if (low <= high) common.push_back({low, high});
    if (a[i].high < b[j].high) {
      ++i;
    } else {
      ++j;
    }
  }
  return common;
}

Intervals intervals(const Values& values, ValueId set) {
  const auto parts = values.parts(set);
  Intervals list;
  switch (values.kind(set)) {
    case ValueKind::int_range: return {{values.as_integer(parts[0]), values.as_integer(parts[1])}};
    case ValueKind::int_from: return {{values.as_integer(parts[0]), highest}};
    case ValueKind::int_all: return {{lowest, highest}};
    case ValueKind::set_difference: return complement(intervals(values, parts[1]));
    case ValueKind::set_union:
      for (const ValueId part : parts) {
        const Intervals more = intervals(values, part);
        list.insert(list.end(), more.begin(), more.end());
      }
      return list;
    default: break;
  }
  assert(values.kind(set) == ValueKind::set);
  for (const ValueId element : parts) {
    const std::int64_t n = values.as_integer(element);
    if (!list.empty() && list.back().high == n - 1) {
      list.back().high = n;
    } else {
      list.push_back({n, n});
    }
  }
  return list;
}

ValueId finite_set(Values& values, std::span<const Interval> list) {
  if (list.size() == 1) return values.int_range(list[0].low, list[0].high);
  std::vector<ValueId> elements;
  for (const Interval& i : list) {
    if (static_cast<std::uint64_t>(i.high) - static_cast<std::uint64_t>(i.low) >= set_elements_max - elements.size()) {
      throw LimitReached{"a set has more than " + std::to_string(set_elements_max) + " elements"};
    }
    for (std::int64_t n = i.low; n <= i.high; ++n) elements.push_back(values.integer(n));
  }
  return values.sorted_set(elements);
}

ValueId to_set(Values& values, const Intervals& list) {
  if (list.empty()) return values.empty_set();
  if (list[0].low == lowest) {
    if (list[0].high == highest) return values.all_integers();
    const ValueId parts[] = {values.all_integers(), to_set(values, complement(list))};
    return values.symbolic(ValueKind::set_difference, parts);
  }
  if (list.back().high != highest) return finite_set(values, list);
  const ValueId tail = values.int_from(list.back().low);
  if (list.size() == 1) return tail;
  const ValueId parts[] = {finite_set(values, std::span(list).first(list.size() - 1)), tail};
  return values.symbolic(ValueKind::set_union, parts);
}

}  // namespace

bool holds_integers(const Values& values, ValueId set) {
  const auto parts = values.parts(set);
  switch (values.kind(set)) {
    case ValueKind::int_range:
    case ValueKind::int_from:
    case ValueKind::int_all: return true;
    case ValueKind::set: return parts.empty() || values.kind(parts.back()) == ValueKind::integer;
    case ValueKind::set_union: return values.kind(parts.back()) == ValueKind::int_from;
    case ValueKind::set_difference: return parts[0] == values.all_integers();
    default: return false;
  }
}

ValueId integer_union(Values& values, ValueId a, ValueId b) {
  return to_set(values, complement(intersection(complement(intervals(values, a)), complement(intervals(values, b)))));
}

ValueId integer_intersection(Values& values, ValueId a, ValueId b) {
  return to_set(values, intersection(intervals(values, a), intervals(values, b)));
}

ValueId integer_difference(Values& values, ValueId a, ValueId b) {
  return to_set(values, intersection(intervals(values, a), complement(intervals(values, b))));
}

}  // namespace tryst::csp
