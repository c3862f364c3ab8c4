#include "checker/packed/state_store.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <numeric>

#include "checker/packed/on_threads.hpp"
#include "semantics/budget.hpp"

namespace tryst {

namespace {

// Large enough that the counter is rarely touched, small against what there is already.
std::uint64_t block_size(std::uint64_t reserved) {
  return std::clamp<std::uint64_t>(std::bit_floor(reserved / 64), 16, StateStore::block_states_max);
}

// Ascending, with adjacent ranges joined, from `first` on.
void join(std::vector<StateStore::Range>& ranges, std::size_t first) {
  const auto begin = ranges.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, ranges.end(), [](auto a, auto b) { return a.begin < b.begin; });
  auto kept = begin;
  for (auto each = begin; each != ranges.end(); ++each) {
    if (kept != begin && (kept - 1)->end == each->begin)
      (kept - 1)->end = each->end;
    else
      *kept++ = *each;
  }
  ranges.erase(kept, ranges.end());
}

}  // namespace

StateStore::StateStore(unsigned words) : words_(words) { assert(words >= 1); }

StateStore::Range StateStore::take_block(std::uint64_t limit) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t begin = reserved_.load(std::memory_order_relaxed);
  const std::uint64_t end = std::min({begin + block_size(begin), limit, positions_max});
  if (end <= begin) return {0, 0};
  const Range block{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  for (std::size_t chunk = place(block.begin).chunk; chunk <= place(block.end - 1).chunk; ++chunk)
    if (memory_[chunk].size() == 0) {
      memory_[chunk] = ZeroedArray<std::uint64_t>(chunk_states(chunk) * words_);
      chunks_[chunk].store(memory_[chunk].data(), std::memory_order_relaxed);
    }
  reserved_.store(end, std::memory_order_relaxed);
  return block;
}

void StateStore::end_level() {
  const std::lock_guard lock(mutex_);
  const std::size_t first = ranges_.size();
  ranges_.insert(ranges_.end(), open_.begin(), open_.end());
  open_.clear();
  for (Writer* const writer : writers_) {
    writer->collect(ranges_);
    writer->filled_.clear();
    writer->first_ = writer->next_;
  }
  join(ranges_, first);
  level_end_.push_back(ranges_.size());
}

std::span<const StateStore::Range> StateStore::level(std::uint32_t depth) const {
  assert(depth < levels());
  const std::size_t first = depth == 0 ? 0 : level_end_[depth - 1];
  return std::span(ranges_).subspan(first, level_end_[depth] - first);
}

std::vector<StateStore::Range> StateStore::filled() const {
  const std::lock_guard lock(mutex_);
  std::vector<Range> all = ranges_;
  all.insert(all.end(), open_.begin(), open_.end());
  for (const Writer* const writer : writers_) writer->collect(all);
  join(all, 0);
  return all;
}

std::uint64_t StateStore::size() const {
  const std::vector<Range> all = filled();
  return std::accumulate(all.begin(), all.end(), std::uint64_t{0},
                         [](std::uint64_t sum, Range range) { return sum + (range.end - range.begin); });
}

void StateStore::recode(unsigned words, const Recode& recode, unsigned threads) {
  assert(words >= 1);
  const std::vector<Range> all = filled();
  for (std::size_t chunk = 0; chunk < chunk_count && memory_[chunk].size() != 0; ++chunk) {
    ZeroedArray<std::uint64_t> recoded(chunk_states(chunk) * words);
    const std::uint64_t base = chunk_states(chunk) - chunk_states(0);  // the chunk's first position
    on_threads(threads, [&](unsigned part) {
      const std::uint64_t begin = base + chunk_states(chunk) * part / threads;
      const std::uint64_t end = base + chunk_states(chunk) * (part + 1) / threads;
      auto range = std::upper_bound(all.begin(), all.end(), begin, [](auto b, Range r) { return b < r.end; });
      for (; range != all.end() && range->begin < end; ++range)
        for (std::uint64_t i = std::max<std::uint64_t>(range->begin, begin);
             i < std::min<std::uint64_t>(range->end, end); ++i)
          recode(memory_[chunk].data() + (i - base) * words_, recoded.data() + (i - base) * words);
    });
    memory_[chunk] = std::move(recoded);
    chunks_[chunk].store(memory_[chunk].data(), std::memory_order_relaxed);
  }
  words_ = words;
}

StateStore::Writer::Writer(StateStore& store) : store_(store) {
  const std::lock_guard lock(store_.mutex_);
  store_.writers_.push_back(this);
}

StateStore::Writer::~Writer() {
  const std::lock_guard lock(store_.mutex_);
  collect(store_.open_);
  std::erase(store_.writers_, this);
}

std::uint32_t StateStore::Writer::append(const std::uint64_t* state) {
  if (!reserve(positions_max)) throw LimitReached{"the limit of 4,294,966,784 states was reached"};
  std::memcpy(store_.at(next_), state, store_.words_ * sizeof(std::uint64_t));
  return next_++;
}

bool StateStore::Writer::take_block(std::uint64_t limit) {
  const Range block = store_.take_block(limit);
  if (block.begin == block.end) return false;
  if (first_ != next_) filled_.push_back({first_, next_});
  first_ = next_ = block.begin;
  block_end_ = block.end;
  return true;
}

void StateStore::Writer::collect(std::vector<Range>& into) const {
  into.insert(into.end(), filled_.begin(), filled_.end());
  if (first_ != next_) into.push_back({first_, next_});
}

}  // namespace tryst
