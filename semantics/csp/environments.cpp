#include "semantics/csp/environments.hpp"

#include <algorithm>

namespace tryst::csp {

std::pair<std::uint32_t, bool> Environments::intern(std::uint32_t tag, std::span<const ValueId> values) {
  std::uint64_t wide = tag + 0x9e3779b97f4a7c15u;
  for (ValueId v : values) wide = (wide ^ index(v)) * 0xff51afd7ed558ccdu, wide ^= wide >> 32;
  const auto hash = static_cast<std::uint32_t>(wide ^ wide >> 29);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != vacant; slot = (slot + 1) & mask) {
    const Entry& entry = entries_[slots_[slot]];
    if (entry.hash == hash && entry.tag == tag && std::ranges::equal(this->values(slots_[slot]), values))
      return {slots_[slot], false};
  }
  const auto number = static_cast<std::uint32_t>(entries_.size());
  Entry entry{tag, hash, 0, static_cast<std::uint32_t>(values.size())};
  if (!values.empty()) std::ranges::copy(values, values_.add(values.size(), entry.first));
  entries_.push_back(entry);
  slots_[slot] = number;
  if (2 * entries_.size() > slots_.size()) grow();
  return {number, true};
}

void Environments::grow() {
  std::vector<std::uint32_t> larger(2 * slots_.size(), vacant);
  const std::size_t mask = larger.size() - 1;
  for (std::uint32_t number = 0; number < entries_.size(); ++number) {
    std::size_t slot = entries_[number].hash & mask;
    while (larger[slot] != vacant) slot = (slot + 1) & mask;
    larger[slot] = number;
  }
  slots_ = std::move(larger);
}

}  // namespace tryst::csp
