#include "checker/packed/visited_set.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <utility>

#include "checker/packed/on_threads.hpp"
#include "semantics/budget.hpp"

namespace tryst {

namespace {

using Slots = ZeroedArray<std::uint64_t>;

constexpr std::size_t page_slots = (std::size_t{2} << 20) / sizeof(std::uint64_t);

// Moves the clusters of the old slots that begin behind the first empty slot from `first` on, up to the first empty one
// from `last` on; slots are a circle. Every cluster is moved by exactly one of a series of such calls that covers it.
//
// A cluster between the empty slots p and q has its homes in p+1 .. q-1, so in the new slots in 2p+2 .. 2q-1. For each
// y in between, at most q - y of its entries have homes from y on, and there are 2(q - y) new slots for them: none is
// pushed beyond 2q - 1. So no two calls touch the same new slot.
void move_clusters(const Slots& from, std::size_t first, std::size_t last, const Slots& to, unsigned to_shift) {
  const std::size_t from_mask = from.size() - 2;
  const std::size_t to_mask = to.size() - 2;
  std::size_t at = first;
  while (from[at & from_mask] != 0) ++at;
  // The call for the slots before may still read up to here. Whole pages behind are given back as soon as they are
  // moved.
  std::size_t released = (at + page_slots) / page_slots * page_slots;
  for (; at < last || from[at & from_mask] != 0; ++at) {
    if (at == released + page_slots && at <= last) from.release(std::exchange(released, at), at);
    const std::uint64_t entry = from[at & from_mask];
    if (entry == 0) continue;
    std::size_t slot = static_cast<std::size_t>(entry >> to_shift);
    while (to[slot] != 0) slot = (slot + 1) & to_mask;
    to[slot] = entry;
  }
}

}  // namespace

VisitedSet::VisitedSet(StateStore& store) : store_(store), is_inline_(store.words() == 1) {
  set_slots(Slots(slots_min + 1));
}

void VisitedSet::set_slots(Slots slots) {
  slots_ = std::move(slots);
  const std::size_t count = slots_.size() - 1;
  assert(std::has_single_bit(count));
  mask_ = count - 1;
  shift_ = 64 - static_cast<unsigned>(std::countr_zero(count));
  limit_ = states_max(count);
}

std::size_t VisitedSet::find(const std::uint64_t* state, std::uint64_t hash) const {
  const std::uint64_t mine = inline_entry(hash);
  for (std::size_t slot = is_inline_ ? inline_home(hash) : home(hash);; slot = after(slot)) {
    const std::uint64_t entry = at(slot).load(std::memory_order_acquire);
    if (entry == 0) return npos;
    if (is_inline_ ? entry == mine : is_entry_of(state, hash, entry)) return slot;
  }
}

void VisitedSet::grow(unsigned threads) {
  const std::size_t count = mask_ + 1;
  if (count == slots_max) throw LimitReached{"the limit of 2,684,354,560 states was reached"};
  Slots grown(2 * count + 1);
  if (slots_[count] != 0) grown[2 * count] = slots_[count];  // writing a 0 would take a page
  constexpr std::size_t share_min = std::size_t{1} << 16;    // slots that are worth a thread
  const unsigned parts = static_cast<unsigned>(std::clamp<std::size_t>(count / share_min, 1, threads));
  on_threads(parts, [&](unsigned part) {
    move_clusters(slots_, count * part / parts, count * (part + 1) / parts, grown, shift_ - 1);
  });
  set_slots(std::move(grown));
}

void VisitedSet::rebuild(unsigned threads) {
  is_inline_ = store_.words() == 1;
  std::size_t count = slots_min;
  while (count < slots_max && states_max(count) < store_.reserved()) count *= 2;
  if (states_max(count) < store_.reserved()) throw LimitReached{"the limit of 2,684,354,560 states was reached"};
  slots_ = Slots();  // before the new ones are there
  set_slots(Slots(count + 1));
  const std::vector<StateStore::Range> filled = store_.filled();
  on_threads(threads, [&](unsigned part) {
    for (const StateStore::Range range : filled) {
      const std::uint64_t states = range.end - range.begin;
      add_stored({static_cast<std::uint32_t>(range.begin + states * part / threads),
                  static_cast<std::uint32_t>(range.begin + states * (part + 1) / threads)});
    }
  });
}

void VisitedSet::add_stored(StateStore::Range range) {
  constexpr std::uint32_t batch = 32;
  std::array<std::uint64_t, batch> hashes;
  for (std::uint32_t begin = range.begin; begin < range.end; begin += std::min(batch, range.end - begin)) {
    const std::uint32_t size = std::min(batch, range.end - begin);
    for (std::uint32_t i = 0; i < size; ++i) {
      hashes[i] = hash(store_[begin + i], store_.words());
      prefetch(hashes[i]);
    }
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint64_t mine = is_inline_ ? inline_entry(hashes[i]) : tag(hashes[i]) | (begin + i + std::uint64_t{1});
      for (std::size_t slot = is_inline_ ? inline_home(hashes[i]) : home(hashes[i]);; slot = after(slot)) {
        std::uint64_t empty = 0;
        if (at(slot).compare_exchange_strong(empty, mine, std::memory_order_release, std::memory_order_relaxed)) break;
      }
    }
  }
}

}  // namespace tryst
