#include "checker/packed/outbox.hpp"

#include <algorithm>
#include <bit>

namespace tryst {

void Outbox::open(EntryShape shape, unsigned part_bits) {
  shape_ = shape;
  part_bits_ = std::min(part_bits, part_bits_max);
  block_words_ = std::max<std::size_t>(1, block_words_wished / shape_.size()) * shape_.size();
  tails_.assign(parts(), {});
  if (blocks_.size() < parts()) blocks_.resize(parts());
  for (auto& blocks : blocks_) blocks.clear();
  blocks_used_ = slab_ = slab_used_ = 0;
}

void Outbox::add_block(std::size_t part) {
  while (slab_ < slabs_.size() && slab_used_ + block_words_ > slabs_[slab_].size()) {
    ++slab_;
    slab_used_ = 0;
  }
  if (slab_ == slabs_.size()) {
    const std::size_t wished = slabs_.empty() ? slab_words_min : std::min(2 * slabs_.back().size(), slab_words_max);
    slabs_.emplace_back(std::max(wished, block_words_));
  }
  std::uint64_t* const first = slabs_[slab_].data() + slab_used_;
  blocks_[part].push_back(first);
  tails_[part] = {first, first + block_words_};
  slab_used_ += block_words_;
  ++blocks_used_;
}

std::size_t Outbox::entries(std::size_t part) const {
  const std::size_t blocks = blocks_[part].size();
  return blocks == 0 ? 0 : ((blocks - 1) * block_words_ + block(part, blocks - 1).size()) / shape_.size();
}

std::size_t Outbox::entries() const {
  std::size_t sum = 0;
  for (std::size_t part = 0; part < parts(); ++part) sum += entries(part);
  return sum;
}

void PartMerger::open(EntryShape shape) {
  shape_ = shape;
  entries_.clear();
}

void PartMerger::load(std::span<const Outbox* const> outboxes, std::size_t part) {
  std::size_t entries = 0;
  for (const Outbox* outbox : outboxes) entries += outbox->entries(part);
  slots_.assign(std::bit_ceil(2 * entries + 1), 0);
  for (const Outbox* outbox : outboxes)
    for (std::size_t b = 0; b < outbox->blocks(part); ++b) {
      const auto block = outbox->block(part, b);
      for (std::size_t i = 0; i < block.size(); i += shape_.size()) add(block.data() + i);
    }
}

void PartMerger::add(const std::uint64_t* added) {
  const std::uint64_t hash = hash_of(added, shape_.state);
  const std::uint64_t tag = hash >> 32 << 32;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == 0) {
      append(entries_, added, shape_.size());
      slots_[slot] = tag | entries_.size() / shape_.size();
      return;
    }
    if (slots_[slot] >> 32 << 32 != tag) continue;
    const std::size_t i = static_cast<std::uint32_t>(slots_[slot]) - std::size_t{1};
    std::uint64_t* const known = entries_.data() + i * shape_.size();
    if (!same_words(added, known, shape_.state)) continue;
    for (std::size_t w = shape_.state; w < shape_.size(); ++w) known[w] &= added[w];
    return;
  }
}

}  // namespace tryst
