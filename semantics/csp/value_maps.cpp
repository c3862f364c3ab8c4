#include "semantics/csp/value_maps.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

namespace tryst::csp {

namespace {

// The index of the first entry whose key is not less than `key`.
std::size_t lower_bound(const Values& values, ValueId map, ValueId key) {
  assert(values.kind(map) == ValueKind::map);
  std::size_t low = 0;
  std::size_t high = map_size(values, map);
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (values.compare(map_entry(values, map, middle).first, key) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::vector<MapEntry> entries(const Values& values, ValueId map) {
  std::vector<MapEntry> list;
  for (std::size_t i = 0; i < map_size(values, map); ++i) list.push_back(map_entry(values, map, i));
  return list;
}

// The entries in order of keys, of several with the same key the first in the list.
ValueId first_entries(Values& values, std::vector<MapEntry> list) {
  std::stable_sort(list.begin(), list.end(),
                   [&](const MapEntry& a, const MapEntry& b) { return values.compare(a.first, b.first) < 0; });
  list.erase(
      std::unique(list.begin(), list.end(), [](const MapEntry& a, const MapEntry& b) { return a.first == b.first; }),
      list.end());
  return values.map(std::move(list));
}

}  // namespace

ValueId empty_map(Values& values) { return values.map({}); }

std::size_t map_size(const Values& values, ValueId map) { return values.parts(map).size() / 2; }

MapEntry map_entry(const Values& values, ValueId map, std::size_t i) {
  const auto parts = values.parts(map);
  return {parts[2 * i], parts[2 * i + 1]};
}

ValueId map_from_list(Values& values, std::span<const MapEntry> list) {
  return first_entries(values, {list.rbegin(), list.rend()});
}

ValueId map_update(Values& values, ValueId map, ValueId key, ValueId image) {
  std::vector<MapEntry> list = entries(values, map);
  const std::size_t at = lower_bound(values, map, key);
  if (at < list.size() && list[at].first == key) {
    list[at].second = image;
  } else {
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(at), {key, image});
  }
  return values.map(std::move(list));
}

ValueId map_update_multiple(Values& values, ValueId map, std::span<const MapEntry> updates) {
  std::vector<MapEntry> list(updates.begin(), updates.end());
  const std::vector<MapEntry> old = entries(values, map);
  list.insert(list.end(), old.begin(), old.end());
  return first_entries(values, std::move(list));
}

ValueId map_delete(Values& values, ValueId map, ValueId key) {
  const std::size_t at = lower_bound(values, map, key);
  if (at == map_size(values, map) || map_entry(values, map, at).first != key) return map;
  std::vector<MapEntry> list = entries(values, map);
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
  return values.map(std::move(list));
}

std::optional<ValueId> map_lookup(const Values& values, ValueId map, ValueId key) {
  const std::size_t at = lower_bound(values, map, key);
  if (at == map_size(values, map)) return std::nullopt;
  const auto [found, image] = map_entry(values, map, at);
  return found == key ? std::optional(image) : std::nullopt;
}

ValueId map_to_list(Values& values, ValueId map) {
  std::vector<ValueId> pairs;
  for (std::size_t i = 0; i < map_size(values, map); ++i)
    pairs.push_back(values.tuple(values.parts(map).subspan(2 * i, 2)));
  return values.sequence(pairs);
}

}  // namespace tryst::csp
