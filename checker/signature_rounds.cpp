#include "checker/signature_rounds.hpp"

#include <algorithm>
#include <cassert>

namespace tryst {

namespace {

// How far ahead of its use something is fetched: about as many steps as a miss takes.
constexpr std::size_t ahead = 16;

}  // namespace

SignatureRounds::SignatureRounds(std::uint32_t states, const Predecessors& predecessors, Crew& crew, Budget& budget)
    : predecessors_(predecessors),
      crew_(crew),
      budget_(budget),
      partition_(states),
      keys_(states),
      marked_(states, crew.size()),
      moved_(states, crew.size()),
      shares_(crew.size()),
      scratch_(crew.size()) {
  make_all_dirty();
}

void SignatureRounds::make_all_dirty() {
  dirty_.clear();
  for (std::uint32_t s = 0; s < keys_.size(); ++s) dirty_.push_back(static_cast<StateId>(s));
}

bool SignatureRounds::split() {
  budget_.poll(static_cast<std::uint32_t>(dirty_.size()));
  const unsigned workers = workers_for(dirty_.size());
  deal_out_blocks(workers);
  run(workers, [&](unsigned w) { mark_dirty(w); });
  split_large_blocks();
  run(workers, [&](unsigned w) { split_blocks(w); });
  number_parts(workers);
  run(workers, [&](unsigned w) { move(w, workers); });
  leaving_large_ = {};
  moved_.take(moved_states_, crew_);
  const unsigned markers = workers_for(moved_states_.size());
  run(markers, [&](unsigned w) { mark_predecessors(share(moved(), w, markers), w); });
  marked_.take(dirty_, crew_);
  return !dirty_.empty();
}

// Ranges of block numbers that contain about as many dirty states each, estimated from a sample of them.
void SignatureRounds::deal_out_blocks(unsigned workers) {
  first_block_.assign(1, 0);
  if (workers > 1) {
    const std::size_t sample_size = std::min<std::size_t>(dirty_.size(), 256 * workers);
    std::vector<std::uint32_t> sample;
    for (std::size_t i = 0; i < sample_size; ++i)
      sample.push_back(index(partition_.block(dirty_[i * dirty_.size() / sample_size])));
    std::ranges::sort(sample);
    for (unsigned w = 1; w < workers; ++w) first_block_.push_back(sample[w * sample_size / workers]);
  }
  first_block_.push_back(partition_.block_count());
}

void SignatureRounds::mark_dirty(unsigned worker) {
  Share& share = shares_[worker];
  const std::uint32_t first = first_block_[worker];
  const std::uint32_t last = first_block_[worker + 1];
  share.blocks.clear();
  for (std::size_t i = 0; i < dirty_.size(); ++i) {
    if (i + ahead < dirty_.size()) partition_.prefetch_position(dirty_[i + ahead]);
    if (i + ahead / 2 < dirty_.size()) partition_.prefetch_exchange(dirty_[i + ahead / 2]);
    const BlockId b = partition_.block(dirty_[i]);
    if (index(b) >= first && index(b) < last && partition_.mark(dirty_[i])) share.blocks.push_back(b);
  }
  order_blocks(share.blocks, first, last);
  if (dirty_.size() < large_block_min) return;
  std::erase_if(share.blocks, [&](BlockId b) {
    const bool is_large = partition_.dirty_count(b) >= large_block_min;
    if (is_large) share.large_blocks.push_back(b);
    return is_large;
  });
}

void SignatureRounds::split_large_blocks() {
  for (Share& share : shares_) {
    for (const BlockId b : share.large_blocks) partition_.split_large(b, keys_, crew_, scratch_, leaving_large_);
    share.large_blocks.clear();
  }
}

void SignatureRounds::split_blocks(unsigned worker) {
  Share& share = shares_[worker];
  share.leaving.clear();
  for (std::size_t i = 0; i < share.blocks.size(); ++i) {
    if (i + 6 < share.blocks.size()) partition_.prefetch_states(share.blocks[i + 6]);
    if (i + 3 < share.blocks.size()) partition_.prefetch_keys(share.blocks[i + 3], keys_);
    partition_.split(share.blocks[i], keys_, scratch_[worker], share.leaving);
  }
}

// The order of the blocks decides the numbers of those to come, so it must not depend on how they were found.
void SignatureRounds::order_blocks(std::vector<BlockId>& blocks, std::uint32_t first, std::uint32_t last) const {
  constexpr std::size_t blocks_per_few = 16;  // sorting one takes as long as looking at so many
  if (blocks.size() < (last - first) / blocks_per_few) {
    std::ranges::sort(blocks);
    return;
  }
  blocks.clear();
  for (std::uint32_t b = first; b < last; ++b)
    if (partition_.dirty_count(static_cast<BlockId>(b)) > 0) blocks.push_back(static_cast<BlockId>(b));
}

void SignatureRounds::number_parts(unsigned workers) {
  std::size_t count = leaving_large_.size();
  for (unsigned w = 0; w < workers; ++w) count += shares_[w].leaving.size();
  first_large_number_ = partition_.add_blocks(count);
  std::uint32_t next = index(first_large_number_) + static_cast<std::uint32_t>(leaving_large_.size());
  for (unsigned w = 0; w < workers; ++w) {
    shares_[w].first_number = static_cast<BlockId>(next);
    next += static_cast<std::uint32_t>(shares_[w].leaving.size());
  }
}

void SignatureRounds::move(unsigned worker, unsigned workers) {
  const auto move_all = [&](std::span<const DirtyPartition::Part> parts, std::uint32_t number) {
    for (const DirtyPartition::Part part : parts) {
      partition_.assign(part, static_cast<BlockId>(number++));
      for (const StateId s : partition_.members(part)) moved_.add(s, worker);
    }
  };
  const auto large = share(std::span<const DirtyPartition::Part>(leaving_large_), worker, workers);
  move_all(large, index(first_large_number_) + static_cast<std::uint32_t>(large.data() - leaving_large_.data()));
  move_all(shares_[worker].leaving, index(shares_[worker].first_number));
}

void SignatureRounds::mark_predecessors(std::span<const StateId> moved, unsigned worker) {
  for (std::size_t i = 0; i < moved.size(); ++i) {
    if (i + ahead < moved.size()) predecessors_.prefetch(moved[i + ahead]);
    if (i + ahead / 2 < moved.size()) __builtin_prefetch(predecessors_.of(moved[i + ahead / 2]).data());
    if (i + ahead / 4 < moved.size())
      for (const StateId p : predecessors_.of(moved[i + ahead / 4])) marked_.prefetch(p);
    for (const StateId p : predecessors_.of(moved[i])) marked_.add(p, worker);
  }
}

}  // namespace tryst
