#include "semantics/csp/set_constructions.hpp"

#include <algorithm>

#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

namespace {

constexpr std::uint64_t beyond = set_elements_max + 1;

// The number of elements, or `beyond` if there are more than an explicit set may have.
std::uint64_t bounded_size(Values& values, ValueId set) {
  return is_symbolic(values.kind(set)) ? beyond : std::min(Elements(values, set).size(), beyond);
}

std::uint64_t bounded_power(std::uint64_t base, std::uint64_t exponent) {
  std::uint64_t power = 1;
  for (std::uint64_t i = 0; i < exponent && power < beyond && base > 1; ++i) power *= base;
  return std::min(power, beyond);
}

// Calls `emit` with the subsets of 0..n-1 in lexicographic order, prefixes first: {} {0} {0,1} {0,1,2} {0,2} {1} ...
template <class Emit>
void for_each_subset(std::size_t n, Emit emit) {
  std::vector<std::size_t> chosen;
  for (;;) {
    emit(chosen);
    const std::size_t next = chosen.empty() ? 0 : chosen.back() + 1;
    if (next < n) {
      chosen.push_back(next);
      continue;
    }
    if (chosen.empty()) return;
    chosen.pop_back();
    if (chosen.empty()) return;
    ++chosen.back();
  }
}

// Calls `emit` with each choice of one element from every list, the last one varying fastest.
template <class Emit>
void for_each_choice(const std::vector<Elements>& lists, Emit emit) {
  std::vector<std::uint64_t> at(lists.size(), 0);
  std::vector<ValueId> choice;
  for (const Elements& list : lists) {
    if (list.size() == 0) return;
    choice.push_back(list[0]);
  }
  for (;;) {
    emit(choice);
    std::size_t i = lists.size();
    while (i > 0 && ++at[i - 1] == lists[i - 1].size()) {
      --i;
      at[i] = 0;
      choice[i] = lists[i][0];
    }
    if (i == 0) return;
    choice[i - 1] = lists[i - 1][at[i - 1]];
  }
}

}  // namespace

ValueId powerset(DataTable& data, ValueId set) {
  Values& values = data.values();
  const std::uint64_t size = bounded_size(values, set);
  if (bounded_power(2, size) == beyond) return values.symbolic(ValueKind::powerset, {&set, 1});
  const Elements list(values, set);
  std::vector<ValueId> subsets;
  std::vector<ValueId> subset;
  for_each_subset(size, [&](const std::vector<std::size_t>& chosen) {
    data.poll();
    subset.clear();
    for (const std::size_t i : chosen) subset.push_back(list[i]);
    subsets.push_back(values.sorted_set(subset));
  });
  return values.sorted_set(subsets);
}

ValueId sequences_over(DataTable& data, ValueId set) {
  Values& values = data.values();
  if (!is_empty(values, set)) return values.symbolic(ValueKind::sequences, {&set, 1});
  const ValueId only = values.empty_sequence();
  return values.sorted_set({&only, 1});
}

ValueId maps_between(DataTable& data, ValueId keys, ValueId images) {
  Values& values = data.values();
  const ValueId none = values.map({});
  if (is_empty(values, keys) || is_empty(values, images)) return values.sorted_set({&none, 1});
  const std::uint64_t size = bounded_power(bounded_size(values, images) + 1, bounded_size(values, keys));
  if (size == beyond) {
    const ValueId parts[] = {keys, images};
    return values.symbolic(ValueKind::maps, parts);
  }
  const Elements domain(values, keys);
  const Elements range(values, images);
  std::vector<ValueId> maps;
  std::vector<Elements> lists;
  for_each_subset(domain.size(), [&](const std::vector<std::size_t>& chosen) {
    lists.assign(chosen.size(), range);
    for_each_choice(lists, [&](const std::vector<ValueId>& choice) {
      data.poll();
      std::vector<std::pair<ValueId, ValueId>> entries;
      for (std::size_t i = 0; i < chosen.size(); ++i) entries.emplace_back(domain[chosen[i]], choice[i]);
      maps.push_back(values.map(std::move(entries)));
    });
  });
  return values.set(std::move(maps));
}

ValueId all_booleans(Values& values) {
  const ValueId both[] = {values.boolean(false), values.boolean(true)};
  return values.sorted_set(both);
}

ValueId all_characters(Values& values) {
  std::vector<ValueId> characters;
  characters.reserve(256);
  for (int c = 0; c < 256; ++c) characters.push_back(values.character(static_cast<unsigned char>(c)));
  return values.sorted_set(characters);
}

ValueId product_of_fields(DataTable& data, ValueKind kind, std::span<const ValueId> factors) {
  Values& values = data.values();
  if (kind == ValueKind::dot_product && factors.size() == 1) return factors[0];
  std::uint64_t size = 1;
  for (const ValueId factor : factors) {
    if (is_empty(values, factor)) return values.empty_set();
    size = std::min(size * bounded_size(values, factor), beyond);
  }
  if (size == beyond) return values.symbolic(kind, factors);
  std::vector<Elements> lists;
  for (const ValueId factor : factors) lists.emplace_back(values, factor);
  std::vector<ValueId> elements;
  elements.reserve(size);
  for_each_choice(lists, [&](const std::vector<ValueId>& choice) {
    data.poll();
    elements.push_back(kind == ValueKind::dot_product ? values.dot(choice) : values.tuple(choice));
  });
  return values.sorted_set(elements);
}

ValueId tuple_product(DataTable& data, std::span<const ValueId> factors) {
  return product_of_fields(data, ValueKind::tuple_product, factors);
}

}  // namespace tryst::csp
