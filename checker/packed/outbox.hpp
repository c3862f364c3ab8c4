// The successors that one thread has found at a level, sorted roughly: by the part of the visited set they belong to.
//
// They are looked up part by part when the level is finished, by a PartMerger, so that each part of the set passes
// through the caches once a level instead of a line at a time.
//   entry    a packed state, and behind it the rules that sleep there, as a mask (sleep sets: independence.hpp)
//   tails_   by part: where the next entry goes; the parts are the uppermost bits of the hash
//   blocks_  by part: its entries, a few KiB at a time; all but the last are full
//   slabs_   where blocks are cut from, one after the other; kept when the outbox is emptied
// Memory: that of the most entries there have been, and half a block a part.
// Threads: put() by the owner, block() by anyone once the owner has finished.
// Source: the partitioned hash joins of databases (Manegold, Boncz, Kersten, "Optimizing main-memory join on modern
// hardware", IEEE TKDE 14(4), 2002).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "checker/packed/packed_states.hpp"
#include "semantics/huge_pages.hpp"
#include "semantics/zeroed_array.hpp"

namespace tryst {

// The words of a packed state and of the mask behind it, which may be none.
struct EntryShape {
  std::size_t state = 1;
  std::size_t mask = 0;
  std::size_t size() const { return state + mask; }
  friend bool operator==(const EntryShape&, const EntryShape&) = default;
};

// Entries, one after the other.
using EntryList = std::vector<std::uint64_t, HugePages<std::uint64_t>>;

// A few words behind the others; for so few, a loop is faster than insert().
inline void append(EntryList& list, const std::uint64_t* words, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) list.push_back(words[i]);
}

class Outbox {
 public:
  static constexpr unsigned part_bits_max = 9;

  // Empty, with 2^part_bits parts.
  void open(EntryShape shape, unsigned part_bits);

  // Takes so many states, with as many masks.
  void put(const std::uint64_t* states, const std::uint64_t* masks, std::size_t count) {
    const EntryShape shape = shape_;
    if (shape.size() == 1)
      for (std::size_t i = 0; i < count; ++i) put_entry({1, 0}, states + i, nullptr);
    else
      for (std::size_t i = 0; i < count; ++i) put_entry(shape, states + i * shape.state, masks + i * shape.mask);
  }

  unsigned part_bits() const { return part_bits_; }
  std::size_t parts() const { return std::size_t{1} << part_bits_; }
  // The entries of a part: so many blocks of them, none empty.
  std::size_t blocks(std::size_t part) const { return blocks_[part].size(); }
  std::span<const std::uint64_t> block(std::size_t part, std::size_t i) const {
    std::uint64_t* const first = blocks_[part][i];
    return {first, i + 1 < blocks_[part].size() ? first + block_words_ : tails_[part].next};
  }
  std::size_t entries(std::size_t part) const;
  std::size_t entries() const;
  // So many entries at most; for this, nothing is counted.
  std::size_t entries_bound() const { return blocks_used_ * block_words_ / shape_.size(); }

 private:
  static constexpr std::size_t block_words_wished = 512;
  static constexpr std::size_t slab_words_min = std::size_t{1} << 13;
  static constexpr std::size_t slab_words_max = std::size_t{1} << 21;

  struct Tail {
    std::uint64_t* next = nullptr;
    std::uint64_t* end = nullptr;
  };

  void put_entry(EntryShape shape, const std::uint64_t* state, const std::uint64_t* mask) {
    const std::size_t part = hash_of(state, shape.state) >> 1 >> (63 - part_bits_);
    Tail& tail = tails_[part];
    if (tail.next == tail.end) add_block(part);
    std::uint64_t* next = tail.next;
    for (std::size_t w = 0; w < shape.state; ++w) *next++ = state[w];
    for (std::size_t w = 0; w < shape.mask; ++w) *next++ = mask[w];
    tail.next = next;
  }
  void add_block(std::size_t part);

  EntryShape shape_;
  unsigned part_bits_ = 0;
  std::size_t block_words_ = 0;  // a number of entries
  std::vector<Tail> tails_;
  std::vector<std::vector<std::uint64_t*>> blocks_;
  std::size_t blocks_used_ = 0;
  std::vector<ZeroedArray<std::uint64_t>> slabs_;
  std::size_t slab_ = 0;       // of slabs_: the one that is being cut
  std::size_t slab_used_ = 0;  // words of it
};

// The entries of one part, from the outboxes of all threads, each state once: what sleeps there is what sleeps in all
// of its entries. Takes twice the memory of the part, and keeps it for the next one.
class PartMerger {
 public:
  // Empty.
  void open(EntryShape);
  // Takes this part of some outboxes.
  void load(std::span<const Outbox* const>, std::size_t part);

  std::span<const std::uint64_t> entries() const { return entries_; }

 private:
  void add(const std::uint64_t* entry);

  EntryShape shape_;
  EntryList entries_;
  std::vector<std::uint64_t> slots_;  // by hash: its upper half, and the number of the entry plus one; 0: empty
};

}  // namespace tryst
