// The exact set of the states that a packed search has met, shared by its threads: an index of a StateStore.
//
// Open addressing with linear probing over a power of two of 8-byte slots, of which at most 5/8 are taken, because most
// look-ups are of new states. A slot is 0 while it is empty; it is claimed by compare-and-swap and then keeps its entry
// until the set grows:
//   one word    the hash, which for one word is a bijection, so a look-up touches one cache line and nothing else. The
//               one state whose hash is 0 has a slot of its own behind the others, with the entry 1
//   wider       the upper half of the hash, then the position in the store plus one; a second line is touched only
//               where that half agrees
// The home of an entry, where the probing begins, are its uppermost bits. So growth needs neither hashes nor states: an
// entry between two empty slots of the old array moves to between the doubles of their numbers, and threads that each
// move such clusters, in order, write to disjoint parts of the new array without synchronisation (see grow()). The
// price is that in a set of 2^k slots only 32 - k bits of the stored half tell neighbours apart: with 2^26 slots one
// look-up in a hundred compares one state in vain, with 2^30 one in five.
//
// What bounds the set are the positions of the store: a writer takes a block of them only while that keeps all below
// 5/8 of the slots. So there are always empty slots, probing ends, and nothing is counted twice or too late.
//
// Costs: a look-up is one cache miss, two for a state of several words; prefetch() a batch of 32 hashes before the
// first is inserted, and for wider states prefetch_state() in between, to have the misses overlap.
//
// Threads: insert(), find(), must_grow() and the prefetches by many at once; everything else by one, while no other
// uses the set. The claim of a slot is a release, and every look an acquire: who sees a position sees its state.
// Sources: Laarman, van de Pol, Weber, "Boosting multi-core reachability performance with shared hash tables", FMCAD
// 2010 (the table and its use); Maier, Sanders, Dementiev, "Concurrent hash tables: fast and general(?)!", ACM TOPC
// 5(4), 2019, section 5 (growing by clusters).
#pragma once

#include <atomic>
#include <cstdint>

#include "checker/packed/state_store.hpp"
#include "semantics/zeroed_array.hpp"

namespace tryst {

// Of two packed states; for so few words, a loop is faster than memcmp().
inline bool same_words(const std::uint64_t* a, const std::uint64_t* b, std::size_t count) {
  for (std::size_t w = 0; w < count; ++w)
    if (a[w] != b[w]) return false;
  return true;
}

enum class Insertion : std::uint8_t {
  added,
  present,
  full,  // it is new, and there is no room: nothing has changed, and the set must grow
};

class VisitedSet {
 public:
  static constexpr std::size_t npos = ~std::size_t{0};

  // The set of the states of this store, which has none yet, or is followed by rebuild(). The store must outlive it.
  explicit VisitedSet(StateStore&);

  // For one word a bijection.
  static std::uint64_t hash(const std::uint64_t* state, unsigned words) {
    std::uint64_t h = ~std::uint64_t{words};
    for (unsigned i = 0; i < words; ++i) {
      h = (h ^ state[i]) * 0x9e3779b97f4a7c15;
      h ^= h >> 32;
    }
    return h * 0xd6e8feb86659fd93;
  }

  // Fetches the slot where the look-up of a state with this hash begins.
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[home(hash)]); }
  // Once that has arrived: fetches the stored state that has such a hash, if there is one. Of no use for one word.
  void prefetch_state(std::uint64_t hash) const;

  // Appends the state to the store if it is new. `hash` is the state's hash here and below.
  [[gnu::always_inline]] Insertion insert(const std::uint64_t* state, std::uint64_t hash, StateStore::Writer& writer) {
    return is_inline_ ? insert_inline(state, hash, writer) : insert_position(state, hash, writer);
  }
  // Whether insertions may find it full: worth a look before a batch.
  bool must_grow() const { return store_.reserved() >= limit_; }
  // So many more states find room for certain, whichever of so many writers add them.
  std::uint64_t room(unsigned writers) const {
    const std::uint64_t held = store_.reserved() + std::uint64_t{writers} * StateStore::block_states_max;
    return limit_ > held ? limit_ - held : 0;
  }

  // How many positions the store may have reserved, with so many slots.
  static constexpr std::uint64_t states_max(std::size_t slots) { return slots / 8 * 5; }

  // The number of the state's slot, npos if it is not in the set. Numbers are below slots() and change when it grows.
  std::size_t find(const std::uint64_t* state, std::uint64_t hash) const;
  std::size_t slots() const { return slots_.size(); }

  // Doubles the slots. Throws LimitReached beyond 2^32 of them, and std::bad_alloc, with nothing changed.
  void grow(unsigned threads = 1);
  // The set of the states that are in the store now, which are distinct, whatever it was before: for a store that has
  // been filled or recoded.
  void rebuild(unsigned threads = 1);

  std::uint64_t bytes() const { return slots_.size() * sizeof(std::uint64_t); }
  // The most that the set takes while it grows, and after: the old slots are given back as they are moved.
  std::uint64_t bytes_after_growth() const { return 2 * bytes(); }

 private:
  using Slots = ZeroedArray<std::uint64_t>;
  static constexpr std::size_t slots_min = std::size_t{1} << 12;
  static constexpr std::size_t slots_max = std::size_t{1} << 32;

  // One of the power of two, or the one behind them.
  std::size_t home(std::uint64_t hash) const { return static_cast<std::size_t>(hash >> shift_); }
  std::size_t after(std::size_t slot) const { return (slot + 1) & mask_; }
  std::atomic_ref<std::uint64_t> at(std::size_t slot) const { return std::atomic_ref(slots_[slot]); }
  static std::uint64_t tag(std::uint64_t hash) { return hash >> 32 << 32; }

  // One word: where the look-up begins, and the entry.
  std::size_t inline_home(std::uint64_t hash) const { return hash == 0 ? mask_ + 1 : home(hash); }
  static std::uint64_t inline_entry(std::uint64_t hash) { return hash | (hash == 0 ? 1 : 0); }

  // Several words: whether this entry, which is not 0, is the state's.
  bool is_entry_of(const std::uint64_t* state, std::uint64_t hash, std::uint64_t entry) const {
    return tag(entry) == tag(hash) && same_words(state, stored(entry), store_.words());
  }
  const std::uint64_t* stored(std::uint64_t entry) const { return store_[static_cast<std::uint32_t>(entry) - 1]; }

  Insertion insert_inline(const std::uint64_t* state, std::uint64_t hash, StateStore::Writer&);
  Insertion insert_position(const std::uint64_t* state, std::uint64_t hash, StateStore::Writer&);
  void set_slots(Slots);
  void add_stored(StateStore::Range);  // states that are not in the set

  StateStore& store_;
  bool is_inline_;
  Slots slots_;              // a power of two, and one
  std::size_t mask_ = 0;     // that power - 1
  unsigned shift_ = 0;       // 64 - its logarithm
  std::uint64_t limit_ = 0;  // of the positions that the store may have reserved
};

[[gnu::always_inline]] inline Insertion VisitedSet::insert_inline(const std::uint64_t* state, std::uint64_t hash,
                                                                  StateStore::Writer& writer) {
  const std::uint64_t mine = inline_entry(hash);
  for (std::size_t slot = inline_home(hash);; slot = after(slot)) {
    // Relaxed: an entry says all there is to know.
    std::uint64_t entry = at(slot).load(std::memory_order_relaxed);
    if (entry == 0) {
      if (!writer.reserve(limit_)) return Insertion::full;
      if (at(slot).compare_exchange_strong(entry, mine, std::memory_order_relaxed)) {
        writer.append(state);
        return Insertion::added;
      }
    }
    if (entry == mine) return Insertion::present;
  }
}

inline Insertion VisitedSet::insert_position(const std::uint64_t* state, std::uint64_t hash,
                                             StateStore::Writer& writer) {
  std::uint64_t mine = 0;  // the state has been appended
  for (std::size_t slot = home(hash);; slot = after(slot)) {
    std::uint64_t entry = at(slot).load(std::memory_order_acquire);
    if (entry == 0) {
      if (mine == 0) {
        if (!writer.reserve(limit_)) return Insertion::full;
        mine = tag(hash) | (writer.append(state) + std::uint64_t{1});
      }
      if (at(slot).compare_exchange_strong(entry, mine, std::memory_order_release, std::memory_order_acquire))
        return Insertion::added;
    }
    if (is_entry_of(state, hash, entry)) {
      if (mine != 0) writer.drop_last();  // another thread was faster
      return Insertion::present;
    }
  }
}

inline void VisitedSet::prefetch_state(std::uint64_t hash) const {
  if (is_inline_) return;
  for (std::size_t slot = home(hash);; slot = after(slot)) {
    const std::uint64_t entry = at(slot).load(std::memory_order_acquire);
    if (entry == 0) return;
    if (tag(entry) == tag(hash)) return __builtin_prefetch(stored(entry));
  }
}

}  // namespace tryst
