#include "checker/pairs.hpp"

#include <algorithm>

#include "semantics/budget.hpp"

namespace tryst {

bool Pairs::add(Pair pair, std::uint32_t from, EventId event) {
  const std::uint64_t key = key_of(pair);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash(key) & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask)
    if (slots_[slot] == key + 1) return false;
  if (pairs_.size() >= 0xfffffffe) throw LimitReached{"the search met more than 4,294,967,294 state pairs"};
  slots_[slot] = key + 1;
  pairs_.push_back(key);
  steps_.push_back({from, event});
  if (5 * pairs_.size() > 3 * slots_.size()) grow();
  return true;
}

bool Pairs::contains(Pair pair) const {
  const std::uint64_t key = key_of(pair);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash(key) & mask; slots_[slot] != 0; slot = (slot + 1) & mask)
    if (slots_[slot] == key + 1) return true;
  return false;
}

void Pairs::grow() {
  slots_.assign(2 * slots_.size(), 0);
  const std::size_t mask = slots_.size() - 1;
  for (const std::uint64_t key : pairs_) {
    std::size_t slot = hash(key) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = key + 1;
  }
}

std::vector<Step> Pairs::path_to(std::uint32_t i) const {
  std::vector<Step> path;
  for (; i != 0; i = steps_[i].from) path.push_back({steps_[i].event, (*this)[i].state});
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace tryst
