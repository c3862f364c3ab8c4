#include "semantics/csp/set_operations.hpp"

#include <algorithm>
#include <iterator>

#include "semantics/csp/set_integers.hpp"
#include "semantics/csp/set_symbolic.hpp"

namespace tryst::csp {

namespace {

// How two sets are combined: explicit ones by merging, integers by intervals, the rest symbolically.
enum class Way { merge, integers, symbolic };

Way way(const Values& values, ValueId a, ValueId b) {
  if (values.kind(a) == ValueKind::set && values.kind(b) == ValueKind::set) return Way::merge;
  if (holds_integers(values, a) && holds_integers(values, b)) return Way::integers;
  if (is_symbolic(values.kind(a)) || is_symbolic(values.kind(b))) return Way::symbolic;
  return Way::merge;
}

template <class Algorithm>
ValueId merged(Values& values, const Elements& left, const Elements& right, Algorithm algorithm) {
  std::vector<ValueId> result;
  algorithm(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(result),
            [&](ValueId x, ValueId y) { return values.compare(x, y) < 0; });
  return values.sorted_set(result);
}

// Large results are remembered: scripts compute the alphabets of their components again and again.
template <class Algorithm>
ValueId merge(DataTable& data, DataTable::SetMemo& memo, ValueId a, ValueId b, Algorithm algorithm) {
  constexpr std::uint64_t large = 64;
  Values& values = data.values();
  const Elements left(values, a);
  const Elements right(values, b);
  if (left.size() + right.size() < large) return merged(values, left, right, algorithm);
  const std::uint64_t key = std::uint64_t{index(a)} << 32 | index(b);
  const auto known = memo.find(key);
  if (known != memo.end()) return known->second;
  const ValueId result = merged(values, left, right, algorithm);
  memo.emplace(key, result);
  return result;
}

// Whether the sets are explicit and lie one behind another in the order of values, as those of different channels do.
// Then all elements are in `elements`, ascending, at the cost of a copy.
bool append_in_order(Values& values, std::span<const ValueId> sets, std::vector<ValueId>& elements) {
  std::vector<Elements> lists;
  std::uint64_t total = 0;
  for (const ValueId set : sets) {
    if (is_symbolic(values.kind(set))) return false;
    const Elements list(values, set);
    if (list.size() == 0) continue;
    if (list.size() > set_elements_max || (total += list.size()) > set_elements_max) return false;
    lists.push_back(list);
  }
  std::ranges::sort(lists, [&](const Elements& a, const Elements& b) { return values.compare(a[0], b[0]) < 0; });
  for (std::size_t i = 1; i < lists.size(); ++i)
    if (values.compare(lists[i - 1][lists[i - 1].size() - 1], lists[i][0]) >= 0) return false;
  elements.reserve(total);
  for (const Elements& list : lists) std::copy(list.begin(), list.end(), std::back_inserter(elements));
  return true;
}

Outcome infinite(ValueId set) { return {no_id<ValueId>, {FaultKind::infinite_set, no_id<ValueId>, set}}; }

}  // namespace

ValueId set_union(DataTable& data, ValueId a, ValueId b) {
  Values& values = data.values();
  if (a == b || is_empty(values, b)) return a;
  if (is_empty(values, a)) return b;
  switch (way(values, a, b)) {
    case Way::integers: return integer_union(values, a, b);
    case Way::symbolic: return symbolic_union(data, {a, b});
    case Way::merge: break;
  }
  return merge(data, data.memo().unions, a, b, [](auto... arguments) { std::set_union(arguments...); });
}

ValueId set_intersection(DataTable& data, ValueId a, ValueId b) {
  Values& values = data.values();
  if (a == b) return a;
  if (is_empty(values, a) || is_empty(values, b)) return values.empty_set();
  switch (way(values, a, b)) {
    case Way::integers: return integer_intersection(values, a, b);
    case Way::symbolic: return symbolic_intersection(data, a, b);
    case Way::merge: break;
  }
  return merge(data, data.memo().intersections, a, b, [](auto... arguments) { std::set_intersection(arguments...); });
}

ValueId set_difference(DataTable& data, ValueId a, ValueId b) {
  Values& values = data.values();
  if (a == b) return values.empty_set();
  if (is_empty(values, a) || is_empty(values, b)) return a;
  switch (way(values, a, b)) {
    case Way::integers: return integer_difference(values, a, b);
    case Way::symbolic: return symbolic_difference(data, a, b);
    case Way::merge: break;
  }
  return merge(data, data.memo().differences, a, b, [](auto... arguments) { std::set_difference(arguments...); });
}

ValueId set_union(DataTable& data, std::span<const ValueId> sets) {
  Values& values = data.values();
  if (sets.size() == 1) return sets[0];
  std::vector<ValueId> elements;
  if (append_in_order(values, sets, elements)) return values.sorted_set(elements);
  ValueId others = values.empty_set();  // symbolic sets and long ranges
  for (const ValueId set : sets) {
    if (is_symbolic(values.kind(set)) || Elements(values, set).size() > set_elements_max) {
      others = set_union(data, others, set);
      continue;
    }
    const Elements list(values, set);
    std::copy(list.begin(), list.end(), std::back_inserter(elements));
    if (elements.size() > 4 * set_elements_max) {
      const ValueId gathered = values.set(std::move(elements));
      const auto kept = Elements(values, gathered);
      elements.assign(kept.begin(), kept.end());
    }
  }
  return set_union(data, others, values.set(std::move(elements)));
}

Outcome big_union(DataTable& data, ValueId set_of_sets) {
  const auto sets = elements(data, set_of_sets);
  if (!sets) return infinite(set_of_sets);
  const std::vector<ValueId> list(sets->begin(), sets->end());
  return {set_union(data, list)};
}

Outcome big_intersection(DataTable& data, ValueId set_of_sets) {
  const auto sets = elements(data, set_of_sets);
  if (!sets) return infinite(set_of_sets);
  if (sets->size() == 0) return {data.values().empty_set()};
  ValueId common = (*sets)[0];
  for (const ValueId set : *sets) common = set_intersection(data, common, set);
  return {common};
}

Outcome sequence_of(DataTable& data, ValueId set) {
  const auto list = elements(data, set);
  if (!list) return infinite(set);
  return {data.values().sequence(std::vector<ValueId>(list->begin(), list->end()))};
}

}  // namespace tryst::csp
