#include "checker/packed/outbox.hpp"

#include <algorithm>
#include <bit>

#include "checker/packed/packed_states.hpp"

namespace tryst {

namespace {

bool agree(const std::uint64_t* a, const std::uint64_t* b, std::size_t words) {
  for (std::size_t w = 0; w < words; ++w)
    if (a[w] != b[w]) return false;
  return true;
}

}  // namespace

void Outbox::open(EntryShape shape, unsigned part_bits) {
  shape_ = shape;
  part_bits_ = std::min(part_bits, part_bits_max);
  entries_ = 0;
  if (lists_.size() < parts()) lists_.resize(parts());
  for (EntryList& list : lists_) list.clear();
}

void PartMerger::open(EntryShape shape) {
  shape_ = shape;
  entries_.clear();
  hashes_.clear();
}

void PartMerger::load(std::span<const Outbox* const> outboxes, std::size_t part) {
  std::size_t words = 0;
  for (const Outbox* outbox : outboxes) words += outbox->part(part).size();
  slots_.assign(std::bit_ceil(2 * words / shape_.size() + 1), 0);
  for (const Outbox* outbox : outboxes) {
    const auto list = outbox->part(part);
    for (std::size_t i = 0; i < list.size(); i += shape_.size()) add(list.data() + i);
  }
}

void PartMerger::add(const std::uint64_t* added) {
  const std::uint64_t hash = hash_of(added, shape_.state);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == 0) {
      append(entries_, added, shape_.size());
      hashes_.push_back(hash);
      slots_[slot] = static_cast<std::uint32_t>(hashes_.size());
      return;
    }
    const std::size_t i = slots_[slot] - 1;
    if (hashes_[i] != hash) continue;
    std::uint64_t* const known = entries_.data() + i * shape_.size();
    if (!agree(added, known, shape_.state)) continue;
    for (std::size_t w = shape_.state; w < shape_.size(); ++w) known[w] &= added[w];
    return;
  }
}

}  // namespace tryst
