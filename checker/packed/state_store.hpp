// The states that a packed search has met, level by level: an append-only array of states of `words` 64-bit words each,
// filled by several threads at once. A state never moves; its position names it for ever.
//
// A thread appends through a Writer, which takes blocks of positions from a shared counter and fills them one after the
// other, over the ends of levels too. So the states of a level are a few ranges of positions, and the positions without
// a state are the unfilled rest of each writer's last block: at most 512 a writer, and a small share of a small store.
//   chunks_   where positions are kept: chunk k holds the 2^(9 + k) positions from 2^9 (2^k - 1) on, and is mapped when
//             the first of them is handed out, so that a search of a few states takes a few pages
//   ranges_   of the levels that have ended, one level after the other, each ascending, without adjacent ones
//   level_end_[d]   the number of ranges up to level d
//
// Threads: each writer belongs to one. operator[] may be used by any that knows of the position: whoever appended the
// state must have told it with a release (the slot of a visited set, the end of a level) that it has acquired; the
// pointer to the chunk was stored before that, and needs no order of its own. reserved() and bytes() at any time.
// Everything else by one thread, while no other uses the store.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "semantics/zeroed_array.hpp"

namespace tryst {

class StateStore {
 public:
  struct Range {
    std::uint32_t begin;
    std::uint32_t end;
    friend bool operator==(Range, Range) = default;
  };
  class Writer;

  explicit StateStore(unsigned words);  // at least 1
  StateStore(const StateStore&) = delete;
  StateStore& operator=(const StateStore&) = delete;

  unsigned words() const { return words_; }
  const std::uint64_t* operator[](std::uint32_t position) const { return at(position); }

  // Ends the current level: the states appended since the last call, or the first. The span of a level is valid until
  // then.
  void end_level();
  std::uint32_t levels() const { return static_cast<std::uint32_t>(level_end_.size()); }  // that have ended
  std::span<const Range> level(std::uint32_t depth) const;
  // Where there are states, of the current level too; ascending.
  std::vector<Range> filled() const;
  // The number of states, of the current level too.
  std::uint64_t size() const;

  // Positions that writers have taken: at least size(), at most positions_max.
  static constexpr std::uint64_t block_states_max = 512;  // that a writer takes at once
  static constexpr std::uint64_t positions_max = (std::uint64_t{1} << 32) - block_states_max;
  std::uint64_t reserved() const { return reserved_.load(std::memory_order_relaxed); }
  std::uint64_t bytes() const { return reserved() * words_ * sizeof(std::uint64_t); }

  // Writes every state anew, in `words` words; positions, levels and writers stay. Has `recode(from, to)` called once a
  // state, by so many threads at once; it must not throw. For a moment half of the old and of the new states are there.
  using Recode = std::function<void(const std::uint64_t* from, std::uint64_t* to)>;
  void recode(unsigned words, const Recode& recode, unsigned threads = 1);

 private:
  static constexpr unsigned first_chunk_bits = 9;
  static constexpr std::size_t chunk_count = 32 - first_chunk_bits;

  // The chunk of a position, and the position within it.
  struct Place {
    std::size_t chunk;
    std::uint64_t offset;
  };
  static Place place(std::uint32_t position) {
    const std::uint64_t shifted = position + (std::uint64_t{1} << first_chunk_bits);
    const auto top = static_cast<unsigned>(std::bit_width(shifted)) - 1;
    return {top - first_chunk_bits, shifted ^ (std::uint64_t{1} << top)};
  }
  static std::uint64_t chunk_states(std::size_t chunk) { return std::uint64_t{1} << (first_chunk_bits + chunk); }
  std::uint64_t* at(std::uint32_t position) const {
    const Place where = place(position);
    return chunks_[where.chunk].load(std::memory_order_relaxed) + where.offset * words_;
  }
  // The next positions, at most so many that reserved() <= limit; empty: none are left.
  Range take_block(std::uint64_t limit);

  unsigned words_;
  std::array<std::atomic<std::uint64_t*>, chunk_count> chunks_{};
  std::array<ZeroedArray<std::uint64_t>, chunk_count> memory_;  // that chunks_ points to
  std::atomic<std::uint64_t> reserved_{0};
  mutable std::mutex mutex_;  // of what follows, and of writing to what is above
  std::vector<Writer*> writers_;
  std::vector<Range> open_;  // of the current level, from writers that are gone
  std::vector<Range> ranges_;
  std::vector<std::size_t> level_end_;
};

// Appends states to a store, for one thread. The store outlives it.
class StateStore::Writer {
 public:
  explicit Writer(StateStore&);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Whether the next append() finds a position without the store's reserved() exceeding the limit.
  bool reserve(std::uint64_t limit) { return next_ != block_end_ || take_block(limit); }
  // The position of the state. Throws LimitReached where positions_max are taken.
  std::uint32_t append(const std::uint64_t* state);
  // The state appended last, of which nobody else knows, is not wanted.
  void drop_last() { --next_; }

 private:
  friend class StateStore;
  bool take_block(std::uint64_t limit);
  void collect(std::vector<Range>& into) const;  // the ranges of the current level

  StateStore& store_;
  std::uint32_t next_ = 0;  // the next position to be filled, in [first_, block_end_]
  std::uint32_t block_end_ = 0;
  std::uint32_t first_ = 0;    // of the block and the current level
  std::vector<Range> filled_;  // of the current level, in earlier blocks
};

}  // namespace tryst
