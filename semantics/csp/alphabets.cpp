#include "semantics/csp/alphabets.hpp"

#include <algorithm>

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
  const auto [begin, end] = sets_by_hash_.equal_range(hash);
  for (auto entry = begin; entry != end; ++entry)
    if (sets_[index(entry->second)].elements == elements) return entry->second;
  EventSet set;
  set.elements = std::move(elements);
  const auto id = static_cast<EventSetId>(sets_.size());
  sets_.push_back(std::move(set));
  sets_by_hash_.emplace(hash, id);
  return id;
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
  if (set.bitmap.empty()) {
    if (thin(set)) return std::binary_search(set.elements.begin(), set.elements.end(), e);
    build_bitmap(set);
  }
  return index(e) >= set.window && bit(set.bitmap, index(e) - set.window);
}

Alphabets::Membership::Membership(Alphabets& alphabets, EventSetId id)
    : alphabets_(alphabets), set_(id), is_infinite_(alphabets.sets_[index(id)].membership != nullptr) {
  EventSet& set = alphabets.sets_[index(id)];
  if (is_infinite_) return;
  elements_ = set.elements;
  if (set.bitmap.empty() && !thin(set)) build_bitmap(set);
  words_ = set.bitmap;
  window_ = set.window;
}

std::optional<std::span<const EventId>> Alphabets::elements(EventSetId id) const {
  const EventSet& set = sets_[index(id)];
  if (set.membership) return std::nullopt;
  return set.elements;
}

RelationId Alphabets::relation(std::vector<Pair> pairs) {
  sort_unique(pairs);
  std::uint64_t hash = pairs.size();
  for (const auto& [left, right] : pairs) hash = mix(mix(hash, index(left)), index(right));
  const auto [begin, end] = relations_by_hash_.equal_range(hash);
  for (auto entry = begin; entry != end; ++entry)
    if (relations_[entry->second].pairs == pairs) return entry->second;
  std::vector<Pair> converse;
  converse.reserve(pairs.size());
  for (const auto& [left, right] : pairs) converse.emplace_back(right, left);
  std::sort(converse.begin(), converse.end());
  const RelationId id = relations_.add({std::move(pairs), std::move(converse)});
  relations_by_hash_.emplace(hash, id);
  return id;
}

std::span<const Alphabets::Pair> Alphabets::pairs(RelationId id) const { return relations_[id].pairs; }

std::span<const Alphabets::Pair> Alphabets::images(RelationId id, EventId left) const {
  return row(relations_[id].pairs, left);
}

std::span<const Alphabets::Pair> Alphabets::preimages(RelationId id, EventId right) const {
  return row(relations_[id].converse, right);
}

}  // namespace tryst::csp
