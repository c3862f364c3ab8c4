#include "semantics/csp/environments.hpp"

#include <algorithm>

namespace tryst::csp {

std::pair<std::uint32_t, bool> Environments::intern(std::uint32_t tag, std::span<const ValueId> values) {
  std::uint64_t hash = tag + 0x9e3779b97f4a7c15u;
  for (ValueId v : values) hash = (hash ^ index(v)) * 0xff51afd7ed558ccdu, hash ^= hash >> 32;
  const auto [first, last] = by_hash_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    const Entry& entry = entries_[at->second];
    if (entry.tag == tag && std::ranges::equal(entry.values, values)) return {at->second, false};
  }
  const auto number = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({tag, {values.begin(), values.end()}});
  by_hash_.emplace(hash, number);
  return {number, true};
}

}  // namespace tryst::csp
