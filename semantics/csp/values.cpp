#include "semantics/csp/values.hpp"

#include <algorithm>
#include <cassert>

#include "semantics/budget.hpp"

namespace tryst::csp {

namespace {

// Whose parts are a raw word or two, not values.
constexpr bool is_leaf(ValueKind kind) {
  switch (kind) {
    case ValueKind::integer:
    case ValueKind::boolean:
    case ValueKind::character:
    case ValueKind::data:
    case ValueKind::process:
    case ValueKind::function:
    case ValueKind::datatype: return true;
    default: return false;
  }
}

// Multiplicative mixing, one multiplication a part (Fibonacci hashing; Knuth, TAOCP 6.4).
std::uint32_t hash_of(ValueKind kind, std::span<const ValueId> parts) {
  std::uint64_t h = static_cast<std::uint64_t>(kind) + 1;
  for (const ValueId part : parts) {
    h = (h ^ index(part)) * 0x9e3779b97f4a7c15u;
    h ^= h >> 32;
  }
  return static_cast<std::uint32_t>(h ^ (h >> 29));
}

constexpr std::size_t block_size = std::size_t{1} << 16;

}  // namespace

Values::Values() : table_(1024, no_id<ValueId>) {
  false_ = leaf(ValueKind::boolean, 0);
  true_ = leaf(ValueKind::boolean, 1);
  empty_sequence_ = composite(ValueKind::sequence, {});
  empty_set_ = composite(ValueKind::set, {});
  all_integers_ = composite(ValueKind::int_all, {});
  all_processes_ = composite(ValueKind::proc_all, {});
  for (std::uint32_t c = 0; c < 256; ++c) characters_.push_back(leaf(ValueKind::character, c));
}

ValueId Values::character(unsigned char c) { return characters_[c]; }
ValueId Values::data(DataId d) { return leaf(ValueKind::data, index(d)); }
ValueId Values::process(ProcessId p) { return leaf(ValueKind::process, index(p)); }
ValueId Values::function(ClosureId f) { return leaf(ValueKind::function, index(f)); }
ValueId Values::datatype(DatatypeId type) { return leaf(ValueKind::datatype, index(type)); }

ValueId Values::leaf(ValueKind kind, std::uint32_t word) {
  const auto part = static_cast<ValueId>(word);
  return intern(kind, {&part, 1}, 1);
}

ValueId Values::big_integer(std::int64_t n) {
  const auto bits = static_cast<std::uint64_t>(n);
  const ValueId words[] = {static_cast<ValueId>(bits >> 32), static_cast<ValueId>(bits & 0xffffffffu)};
  return intern(ValueKind::integer, words, 1);
}

std::int64_t Values::as_integer(ValueId v) const {
  if (is_small(v)) return static_cast<std::int64_t>(index(v) & ~small_tag) + small_min;
  const Node& node = nodes_[index(v)];
  assert(node.kind == ValueKind::integer);
  return static_cast<std::int64_t>((static_cast<std::uint64_t>(index(node.parts[0])) << 32) | index(node.parts[1]));
}

std::uint32_t Values::word(ValueId v) const {
  assert(!is_small(v) && is_leaf(nodes_[index(v)].kind));
  return index(nodes_[index(v)].parts[0]);
}

std::span<const ValueId> Values::parts(ValueId v) const {
  if (is_small(v)) return {};
  const Node& node = nodes_[index(v)];
  if (is_leaf(node.kind)) return {};
  return {node.parts, node.count};
}

ValueId Values::tuple(std::span<const ValueId> components) { return composite(ValueKind::tuple, components); }
ValueId Values::sequence(std::span<const ValueId> elements) { return composite(ValueKind::sequence, elements); }

ValueId Values::string(std::string_view text) {
  std::vector<ValueId> characters;
  characters.reserve(text.size());
  for (const char c : text) characters.push_back(character(static_cast<unsigned char>(c)));
  return sequence(characters);
}

std::string Values::as_string(ValueId v) const {
  std::string text;
  for (const ValueId c : parts(v)) text.push_back(static_cast<char>(as_character(c)));
  return text;
}

ValueId Values::dot(std::span<const ValueId> parts) {
  return parts.size() == 1 ? parts[0] : composite(ValueKind::dot, parts);
}

ValueId Values::map(std::vector<std::pair<ValueId, ValueId>> entries) {
  const auto by_key = [this](const auto& a, const auto& b) { return compare(a.first, b.first) < 0; };
  if (!std::is_sorted(entries.begin(), entries.end(), by_key)) std::sort(entries.begin(), entries.end(), by_key);
  std::vector<ValueId> flat;
  flat.reserve(2 * entries.size());
  for (const auto& [key, image] : entries) {
    assert(flat.empty() || flat[flat.size() - 2] != key);
    flat.push_back(key);
    flat.push_back(image);
  }
  return composite(ValueKind::map, flat);
}

ValueId Values::set(std::vector<ValueId> elements) {
  sort_unique(elements);
  return sorted_set(elements);
}

ValueId Values::sorted_set(std::span<const ValueId> elements) {
  if (elements.empty()) return empty_set_;
  if (elements.size() > set_elements_max) {
    throw LimitReached{"a set has more than " + std::to_string(set_elements_max) + " elements"};
  }
  // Integers come first in the order, so a set that ends in one holds nothing else.
  if (kind(elements.back()) == ValueKind::integer) {
    const std::int64_t low = as_integer(elements.front());
    const std::int64_t high = as_integer(elements.back());
    if (static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) == elements.size() - 1) {
      return int_range(low, high);
    }
  }
  return composite(ValueKind::set, elements);
}

ValueId Values::int_range(std::int64_t low, std::int64_t high) {
  if (high < low) return empty_set_;
  const ValueId bounds[] = {integer(low), integer(high)};
  return composite(ValueKind::int_range, bounds);
}

ValueId Values::int_from(std::int64_t low) {
  const ValueId bound = integer(low);
  return composite(ValueKind::int_from, {&bound, 1});
}

ValueId Values::symbolic(ValueKind kind, std::span<const ValueId> parts) {
  assert(is_symbolic(kind) && !is_leaf(kind));
  return composite(kind, parts);
}

ValueId Values::composite(ValueKind kind, std::span<const ValueId> parts) {
  std::uint32_t deepest = 0;
  for (const ValueId part : parts) {
    if (!is_small(part)) deepest = std::max<std::uint32_t>(deepest, nodes_[index(part)].depth);
  }
  if (deepest >= value_depth_max) {
    throw LimitReached{"a value is nested more than " + std::to_string(value_depth_max) + " deep"};
  }
  return intern(kind, parts, static_cast<std::uint16_t>(deepest + 1));
}

ValueId Values::intern(ValueKind kind, std::span<const ValueId> parts, std::uint16_t depth) {
  const std::uint32_t hash = hash_of(kind, parts);
  std::size_t slot = hash & (table_.size() - 1);
  for (; table_[slot] != no_id<ValueId>; slot = (slot + 1) & (table_.size() - 1)) {
    const Node& node = nodes_[index(table_[slot])];
    if (node.hash == hash && node.kind == kind && node.count == parts.size() &&
        std::equal(parts.begin(), parts.end(), node.parts)) {
      return table_[slot];
    }
  }
  if (nodes_.size() >= small_tag - 1) throw LimitReached{"more than 2147483647 values were made"};
  const auto id = static_cast<ValueId>(nodes_.size());
  nodes_.push_back({copy(parts), static_cast<std::uint32_t>(parts.size()), hash, kind, depth});
  table_[slot] = id;
  if (nodes_.size() * 4 > table_.size() * 3) grow();
  return id;
}

const ValueId* Values::copy(std::span<const ValueId> parts) {
  if (parts.size() > block_free_) {
    const std::size_t size = std::max(block_size, parts.size());
    blocks_.push_back(std::make_unique<ValueId[]>(size));
    block_words_ += size;
    // A list of its own block leaves the rest of the current one in use.
    if (parts.size() >= block_size) {
      std::copy(parts.begin(), parts.end(), blocks_.back().get());
      return blocks_.back().get();
    }
    block_ = blocks_.back().get();
    block_free_ = size;
  }
  ValueId* const place = block_;
  std::copy(parts.begin(), parts.end(), place);
  block_ += parts.size();
  block_free_ -= parts.size();
  return place;
}

void Values::grow() {
  std::vector<ValueId> larger(table_.size() * 2, no_id<ValueId>);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    std::size_t slot = nodes_[i].hash & (larger.size() - 1);
    while (larger[slot] != no_id<ValueId>) slot = (slot + 1) & (larger.size() - 1);
    larger[slot] = static_cast<ValueId>(i);
  }
  table_.swap(larger);
}

std::uint64_t Values::memory_bytes() const {
  return nodes_.capacity() * sizeof(Node) + (table_.size() + block_words_) * sizeof(ValueId);
}

void Values::check() const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    const auto list = parts(static_cast<ValueId>(i));
    assert(node.hash == hash_of(node.kind, {node.parts, node.count}));
    for ([[maybe_unused]] const ValueId part : list) assert(is_small(part) || index(part) < i);
    switch (node.kind) {
      case ValueKind::dot: assert(list.size() != 1); break;
      case ValueKind::int_range: assert(as_integer(list[0]) <= as_integer(list[1])); break;
      case ValueKind::set:
        for (std::size_t k = 1; k < list.size(); ++k) assert(compare(list[k - 1], list[k]) < 0);
        break;
      case ValueKind::map:
        for (std::size_t k = 2; k < list.size(); k += 2) assert(compare(list[k - 2], list[k]) < 0);
        break;
      default: break;
    }
  }
}

}  // namespace tryst::csp
