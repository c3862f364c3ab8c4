#include "semantics/csp/relation_functions.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

namespace {

Outcome infinite(ValueId set) { return {no_id<ValueId>, {FaultKind::infinite_set, no_id<ValueId>, set}}; }

// Disjoint classes of 0..n-1 with path halving (Tarjan & van Leeuwen, JACM 1984).
class Classes {
 public:
  explicit Classes(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0u); }
  std::uint32_t find(std::uint32_t x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }
  void join(std::uint32_t x, std::uint32_t y) { parent_[std::max(find(x), find(y))] = std::min(find(x), find(y)); }

 private:
  std::vector<std::uint32_t> parent_;
};

}  // namespace

Outcome relational_image(DataTable& data, ValueId relation, ValueId x) {
  Values& values = data.values();
  const auto pairs = elements(data, relation);
  if (!pairs) return infinite(relation);
  // Pairs are ordered by their first component: find the first of x.
  std::uint64_t low = 0;
  std::uint64_t high = pairs->size();
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (values.compare(values.parts((*pairs)[middle])[0], x) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  std::vector<ValueId> image;
  for (; low < pairs->size() && values.parts((*pairs)[low])[0] == x; ++low) {
    image.push_back(values.parts((*pairs)[low])[1]);
  }
  return {values.sorted_set(image)};
}

Outcome relational_inverse_image(DataTable& data, ValueId relation, ValueId y) {
  Values& values = data.values();
  const auto pairs = elements(data, relation);
  if (!pairs) return infinite(relation);
  std::vector<ValueId> image;
  for (const ValueId pair : *pairs) {
    if (values.parts(pair)[1] == y) image.push_back(values.parts(pair)[0]);
  }
  return {values.sorted_set(image)};
}

Outcome transpose(DataTable& data, ValueId relation) {
  Values& values = data.values();
  const auto pairs = elements(data, relation);
  if (!pairs) return infinite(relation);
  std::vector<ValueId> reversed;
  for (const ValueId pair : *pairs) {
    const ValueId components[] = {values.parts(pair)[1], values.parts(pair)[0]};
    reversed.push_back(values.tuple(components));
  }
  return {values.set(std::move(reversed))};
}

Outcome mtransclose(DataTable& data, ValueId relation, ValueId domain) {
  Values& values = data.values();
  const auto pairs = elements(data, relation);
  if (!pairs) return infinite(relation);
  std::vector<ValueId> related;
  for (const ValueId pair : *pairs) related.insert(related.end(), values.parts(pair).begin(), values.parts(pair).end());
  const ValueId nodes = values.set(std::move(related));  // ascending, so a class is found by its least element
  const Elements list(values, nodes);
  std::unordered_map<ValueId, std::uint32_t> number;
  for (std::uint64_t i = 0; i < list.size(); ++i) number.emplace(list[i], static_cast<std::uint32_t>(i));

  Classes classes(list.size());
  for (const ValueId pair : *pairs) {
    classes.join(number.at(values.parts(pair)[0]), number.at(values.parts(pair)[1]));
  }
  std::unordered_map<std::uint32_t, ValueId> representative;  // by class
  std::vector<ValueId> result;
  for (const ValueId node : list) {
    if (!member(data, node, domain)) continue;
    const auto [found, is_first] = representative.emplace(classes.find(number.at(node)), node);
    if (is_first) continue;
    const ValueId components[] = {found->second, node};
    result.push_back(values.tuple(components));
  }
  return {values.set(std::move(result))};
}

}  // namespace tryst::csp
