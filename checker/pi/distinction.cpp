#include "checker/pi/distinction.hpp"

#include <algorithm>
#include <cassert>

namespace tryst::pi {

namespace {

std::pair<Name, Name> ordered(Name a, Name b) { return {std::min(a, b), std::max(a, b)}; }

// The least name of the class, in a forest where every name that is no root has a smaller parent.
Name root(const NameMap& parents, Name n) {
  for (;;) {
    const Name parent = image(parents, n);
    if (parent == n) return n;
    n = parent;
  }
}

}  // namespace

Name image(const NameMap& map, Name n) {
  const auto at =
      std::lower_bound(map.begin(), map.end(), n, [](const auto& entry, Name x) { return entry.first < x; });
  return at != map.end() && at->first == n ? at->second : n;
}

bool Distinction::separates(Name a, Name b) const {
  return std::binary_search(pairs_.begin(), pairs_.end(), ordered(a, b));
}

void Distinction::separate(Name a, Name b) {
  assert(a != b);
  const auto pair = ordered(a, b);
  const auto at = std::lower_bound(pairs_.begin(), pairs_.end(), pair);
  if (at == pairs_.end() || *at != pair) pairs_.insert(at, pair);
}

Distinction Distinction::mapped(const NameMap& map) const {
  if (map.empty()) return *this;
  Distinction out;
  for (const auto& [a, b] : pairs_) out.separate(image(map, a), image(map, b));
  return out;
}

void Distinction::restrict_to(std::span<const Name> names) {
  const auto is_gone = [&](Name n) { return !std::binary_search(names.begin(), names.end(), n); };
  std::erase_if(pairs_, [&](const auto& pair) { return is_gone(pair.first) || is_gone(pair.second); });
}

std::optional<NameMap> unifier(std::span<const Constraint> condition, const Distinction& distinction) {
  NameMap parents;
  for (const Constraint& c : condition) {
    if (!c.equal) continue;
    const auto [to, from] = ordered(root(parents, c.left), root(parents, c.right));
    if (to == from) continue;
    parents.insert(std::upper_bound(parents.begin(), parents.end(), std::pair{from, to}), {from, to});
  }
  NameMap out;
  for (const auto& [from, to] : parents) out.emplace_back(from, root(parents, to));
  for (const auto& [a, b] : distinction.pairs())
    if (image(out, a) == image(out, b)) return std::nullopt;
  return out;
}

std::vector<NameMap> partitions(std::span<const Name> names) {
  // Restricted growth strings, from 0 1 2 ... down to 0 0 0 ...
  std::vector<NameMap> out;
  std::vector<std::size_t> block(names.size()), blocks_before(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) block[i] = blocks_before[i] = i;
  for (;;) {
    NameMap map;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto least = static_cast<std::size_t>(std::find(block.begin(), block.end(), block[i]) - block.begin());
      if (least != i) map.emplace_back(names[i], names[least]);
    }
    out.push_back(std::move(map));
    std::size_t i = names.size();
    while (i > 0 && block[i - 1] == 0) --i;
    if (i == 0) return out;
    --block[i - 1];
    for (; i < names.size(); ++i) {
      blocks_before[i] = std::max(blocks_before[i - 1], block[i - 1] + 1);
      block[i] = blocks_before[i];
    }
  }
}

std::vector<Name> united(std::span<const Name> a, std::span<const Name> b) {
  std::vector<Name> out;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

}  // namespace tryst::pi
