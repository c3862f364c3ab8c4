#include "semantics/csp/alphabet_index.hpp"

#include <numeric>

namespace tryst::csp {

namespace {

template <class Key>
void add_positions(const std::vector<std::pair<Key, std::uint32_t>>& entries, Key key,
                   std::vector<std::uint32_t>& out) {
  auto at = std::ranges::lower_bound(entries, std::pair(key, std::uint32_t{0}));
  for (; at != entries.end() && at->first == key; ++at) out.push_back(at->second);
}

}  // namespace

AlphabetIndex::AlphabetIndex(Alphabets& alphabets, std::span<const EventSetId> sets)
    : alphabets_(alphabets), sets_(sets.begin(), sets.end()) {
  std::vector<std::uint32_t> by_size(sets.size());
  std::iota(by_size.begin(), by_size.end(), 0U);
  std::ranges::stable_sort(by_size, {}, [&](std::uint32_t i) { return alphabets.listed(sets[i]).size(); });
  for (const std::uint32_t i : by_size) {
    const auto listed = alphabets.listed(sets[i]);
    if (alphabets.has_test(sets[i]) || listed.size() > entries_max - by_event_.size()) {
      asked_.push_back(i);
      continue;
    }
    for (const EventId e : listed) by_event_.emplace_back(e, i);
    for (const std::uint32_t key : alphabets.keys(sets[i])) by_key_.emplace_back(key, i);
  }
  std::ranges::sort(by_event_);
  std::ranges::sort(by_key_);
}

void AlphabetIndex::owners(EventId e, std::vector<std::uint32_t>& out) const {
  const auto before = static_cast<std::ptrdiff_t>(out.size());
  add_positions(by_event_, e, out);
  if (!by_key_.empty())
    for (const std::uint32_t key : alphabets_.keys_of(e)) add_positions(by_key_, key, out);
  for (const std::uint32_t i : asked_)
    if (alphabets_.contains(sets_[i], e)) out.push_back(i);
  const auto own = out.begin() + before;
  std::sort(own, out.end());
  out.erase(std::unique(own, out.end()), out.end());
}

}  // namespace tryst::csp
