#include "semantics/csp/alphabets.hpp"

#include <algorithm>
#include <cassert>

namespace tryst::csp {

namespace {

std::uint64_t mix(std::uint64_t hash, std::uint32_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >> 29);
}

std::span<const Alphabets::Pair> row(const std::vector<Alphabets::Pair>& pairs, EventId first) {
  const auto [begin, end] = std::equal_range(pairs.begin(), pairs.end(), Alphabets::Pair{first, EventId{0}},
                                             [](const auto& a, const auto& b) { return a.first < b.first; });
  return {begin, end};
}

bool bit(const std::vector<std::uint64_t>& words, std::uint32_t position) {
  return position / 64 < words.size() && (words[position / 64] >> (position % 64) & 1) != 0;
}

void set_bit(std::vector<std::uint64_t>& words, std::uint32_t position) {
  if (position / 64 >= words.size()) words.resize(position / 64 + 1);
  words[position / 64] |= std::uint64_t{1} << (position % 64);
}

template <class T>
void sort_unique(std::vector<T>& items) {
  if (!std::is_sorted(items.begin(), items.end())) std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

}  // namespace

EventSetId Alphabets::event_set(std::vector<EventId> elements) {
  sort_unique(elements);
  std::uint64_t hash = elements.size();
  for (const EventId e : elements) hash = mix(hash, index(e));
  EventSet set;
  set.elements = std::move(elements);
  return add(std::move(set), hash);
}

EventSetId Alphabets::event_set(std::vector<std::uint32_t> keys, std::vector<EventId> elements) {
  sort_unique(keys);
  sort_unique(elements);
  std::uint64_t hash = keys.size();
  for (const std::uint32_t key : keys) hash = mix(hash, key);
  for (const EventId e : elements) hash = mix(hash, index(e));
  EventSet set;
  set.keys = std::move(keys);
  set.elements = std::move(elements);
  return add(std::move(set), hash);
}

EventSetId Alphabets::add(EventSet set, std::uint64_t hash) {
  const auto [begin, end] = sets_by_hash_.equal_range(hash);
  for (auto entry = begin; entry != end; ++entry) {
    const EventSet& known = sets_[index(entry->second)];
    if (known.elements == set.elements && known.keys == set.keys) return entry->second;
  }
  const auto id = static_cast<EventSetId>(sets_.size());
  sets_.push_back(std::move(set));
  sets_by_hash_.emplace(hash, id);
  return id;
}

bool Alphabets::has_key(const EventSet& set, EventId e) const {
  if (set.keys.empty() || !is_visible(e)) return false;
  return std::ranges::any_of(keys_of_(e), [&](std::uint32_t key) { return std::ranges::binary_search(set.keys, key); });
}

EventSetId Alphabets::event_set(std::uint64_t key, std::function<bool(EventId)> contains) {
  const auto found = sets_by_key_.find(key);
  if (found != sets_by_key_.end()) return found->second;
  EventSet set;
  set.membership = std::move(contains);
  const auto id = static_cast<EventSetId>(sets_.size());
  sets_.push_back(std::move(set));
  sets_by_key_.emplace(key, id);
  return id;
}

// More than 64 bits of bitmap for each element: bisection is better.
bool Alphabets::thin(const EventSet& set) {
  if (set.elements.empty()) return true;
  const std::uint64_t width = index(set.elements.back()) - index(set.elements.front());
  return width > 4096 && width > 64 * set.elements.size();
}

void Alphabets::build_bitmap(EventSet& set) {
  set.window = index(set.elements.front()) / 64 * 64;
  set.bitmap.resize((index(set.elements.back()) - set.window) / 64 + 1);
  for (const EventId e : set.elements) set_bit(set.bitmap, index(e) - set.window);
}

bool Alphabets::ask(EventSet& set, EventId e) {
  if (!bit(set.asked, index(e))) {
    if (set.membership(e)) set_bit(set.bitmap, index(e));
    set_bit(set.asked, index(e));
  }
  return bit(set.bitmap, index(e));
}

bool Alphabets::contains(EventSetId id, EventId e) {
  EventSet& set = sets_[index(id)];
  if (set.membership) return is_visible(e) && ask(set, e);
  if (has_key(set, e)) return true;
  if (set.bitmap.empty()) {
    if (thin(set)) return std::binary_search(set.elements.begin(), set.elements.end(), e);
    build_bitmap(set);
  }
  return index(e) >= set.window && bit(set.bitmap, index(e) - set.window);
}

Alphabets::Membership::Membership(Alphabets& alphabets, EventSetId id)
    : alphabets_(alphabets), set_(id), is_asked_(alphabets.has_test(id) || !alphabets.keys(id).empty()) {
  EventSet& set = alphabets.sets_[index(id)];
  if (is_asked_) return;
  elements_ = set.elements;
  if (set.bitmap.empty() && !thin(set)) build_bitmap(set);
  words_ = set.bitmap;
  window_ = set.window;
}

std::optional<std::span<const EventId>> Alphabets::elements(EventSetId id) const {
  const EventSet& set = sets_[index(id)];
  if (set.membership || !set.keys.empty()) return std::nullopt;
  return set.elements;
}

RelationId Alphabets::relation(std::vector<Pair> pairs, std::vector<Tie> ties) {
  sort_unique(pairs);
  sort_unique(ties);
  std::uint64_t hash = pairs.size();
  for (const auto& [left, right] : pairs) hash = mix(mix(hash, index(left)), index(right));
  for (const auto& [left, right] : ties) hash = mix(mix(hash, left), right);
  const auto [begin, end] = relations_by_hash_.equal_range(hash);
  for (auto entry = begin; entry != end; ++entry) {
    const Relation& known = relations_[entry->second];
    if (known.pairs == pairs && known.ties == ties) return entry->second;
  }
  Relation relation{std::move(pairs), {}, std::move(ties), {}, {}, {}};
  for (const auto& [left, right] : relation.pairs) relation.converse.emplace_back(right, left);
  for (const auto& [left, right] : relation.ties) relation.reverse.emplace_back(right, left);
  std::ranges::sort(relation.converse);
  std::ranges::sort(relation.reverse);
  const RelationId id = relations_.add(std::move(relation));
  relations_by_hash_.emplace(hash, id);
  return id;
}

std::span<const Alphabets::Pair> Alphabets::pairs(RelationId id) const {
  assert(relations_[id].ties.empty());
  return relations_[id].pairs;
}

std::span<const Alphabets::Pair> Alphabets::images(RelationId id, EventId left) const {
  const Relation& relation = relations_[id];
  const auto listed = row(relation.pairs, left);
  return relation.ties.empty() ? listed : tied(listed, relation.ties, left, relation.images);
}

std::span<const Alphabets::Pair> Alphabets::preimages(RelationId id, EventId right) const {
  const Relation& relation = relations_[id];
  const auto listed = row(relation.converse, right);
  return relation.ties.empty() ? listed : tied(listed, relation.reverse, right, relation.preimages);
}

std::span<const Alphabets::Pair> Alphabets::tied(std::span<const Pair> listed, std::span<const Tie> ties, EventId e,
                                                 std::unordered_map<EventId, std::vector<Pair>>& known) const {
  if (!is_visible(e)) return listed;
  const auto [entry, is_new] = known.try_emplace(e, listed.begin(), listed.end());
  if (!is_new) return entry->second;
  std::vector<Pair>& found = entry->second;
  const auto keys = keys_of_(e);
  for (const std::uint32_t key : std::vector(keys.begin(), keys.end())) {  // the answers may ask for keys
    auto tie = std::ranges::lower_bound(ties, Tie{key, 0});
    for (; tie != ties.end() && tie->first == key; ++tie) found.emplace_back(e, retied_(e, *tie));
  }
  sort_unique(found);
  return found;
}

}  // namespace tryst::csp
