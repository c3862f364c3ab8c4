// The successors that one thread has found at a level, sorted roughly: by the part of the visited set they belong to.
//
// They are looked up part by part when the level is finished, by a PartMerger, so that each part of the set passes
// through the caches once a level instead of a line at a time.
//   entry     a packed state, and behind it the rules that sleep there, as a mask (sleep sets: independence.hpp)
//   lists_    by part: its entries, one after the other; the parts are the uppermost bits of the hash
// Threads: put() by the owner, part() by anyone once the owner has finished.
// Source: the partitioned hash joins of databases (Manegold, Boncz, Kersten, "Optimizing main-memory join on modern
// hardware", IEEE TKDE 14(4), 2002).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "semantics/huge_pages.hpp"

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

  void put(const std::uint64_t* state, std::uint64_t hash, const std::uint64_t* asleep) {
    EntryList& list = lists_[hash >> 1 >> (63 - part_bits_)];
    append(list, state, shape_.state);
    append(list, asleep, shape_.mask);
    ++entries_;
  }
  std::size_t entries() const { return entries_; }
  unsigned part_bits() const { return part_bits_; }
  std::size_t parts() const { return std::size_t{1} << part_bits_; }
  std::span<const std::uint64_t> part(std::size_t p) const { return lists_[p]; }

 private:
  EntryShape shape_;
  unsigned part_bits_ = 0;
  std::size_t entries_ = 0;
  std::vector<EntryList> lists_;
};

// The entries of one part, from the outboxes of all threads, each state once: what sleeps there is what sleeps in all
// of its entries. Takes twice the memory of the part, and keeps it for the next one.
class PartMerger {
 public:
  // Empty.
  void open(EntryShape);
  // Takes this part of some outboxes.
  void load(std::span<const Outbox* const>, std::size_t part);

  std::size_t size() const { return hashes_.size(); }
  const std::uint64_t* entry(std::size_t i) const { return entries_.data() + i * shape_.size(); }
  std::uint64_t hash(std::size_t i) const { return hashes_[i]; }

 private:
  void add(const std::uint64_t* entry);

  EntryShape shape_;
  EntryList entries_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> slots_;  // by hash: the number of an entry, plus one; 0 is empty
};

}  // namespace tryst
