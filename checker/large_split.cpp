// How a block of very many dirty states is split: they are dealt out by the upper bits of their keys into buckets that
// fit into the cache, and each bucket is then a small block of its own. The buckets lie one after another in the order
// of their keys, so the result is the one of the simple way.
#include <atomic>
#include <bit>
#include <memory>
#include <utility>

#include "checker/dirty_partition.hpp"

namespace tryst {

namespace {

constexpr std::size_t states_per_bucket = 1 << 11;
constexpr std::size_t buckets_max = 1 << 10;  // more are too many places to write to at the same time
constexpr std::size_t ahead = 16;

// The states by bucket, and within a bucket as they came, whatever the number of threads.
template <class Keyed>
class Buckets {
 public:
  Buckets(std::span<const StateId> states, std::span<const SignatureKey> keys, const SignatureKey* clean, Crew& crew)
      : states_(states),
        keys_(keys),
        clean_(clean),
        bits_(bits_for(states.size())),
        next_(crew.size()),
        keyed_(std::make_unique_for_overwrite<Keyed[]>(states.size())) {
    crew.run(crew.size(), [&](unsigned w) {
      next_[w].assign(count(), 0);
      each(w, [&](Keyed s) { ++next_[w][bucket(s.key)]; });
    });
    std::uint32_t begin = 0;
    for (std::size_t b = 0; b < count(); ++b)
      for (auto& next : next_) begin += std::exchange(next[b], begin);
    crew.run(crew.size(), [&](unsigned w) { each(w, [&](Keyed s) { keyed_[next_[w][bucket(s.key)]++] = s; }); });
  }

  std::size_t count() const { return 1 + (std::size_t{1} << bits_); }  // the first one for the key of the clean states
  std::uint32_t begin(std::size_t b) const { return b == 0 ? 0 : next_.back()[b - 1]; }
  std::span<const Keyed> states(std::size_t b) const { return {keyed_.get() + begin(b), next_.back()[b] - begin(b)}; }

 private:
  static int bits_for(std::size_t states) {
    return std::max(1, static_cast<int>(std::bit_width(std::min(states / states_per_bucket, buckets_max))) - 1);
  }
  std::size_t bucket(SignatureKey key) const {
    return clean_ != nullptr && key == *clean_ ? 0 : 1 + static_cast<std::size_t>(key >> (64 - bits_));
  }
  // The states of a worker's share with their keys.
  template <class Visit>
  void each(unsigned worker, const Visit& visit) const {
    const std::size_t last = states_.size() * (worker + 1) / next_.size();
    for (std::size_t i = states_.size() * worker / next_.size(); i < last; ++i) {
      if (i + ahead < last) __builtin_prefetch(keys_.data() + index(states_[i + ahead]));
      visit(Keyed{keys_[index(states_[i])], states_[i]});
    }
  }

  std::span<const StateId> states_;
  std::span<const SignatureKey> keys_;
  const SignatureKey* clean_;
  int bits_;
  std::vector<std::vector<std::uint32_t>> next_;  // by worker and bucket: where the next state goes; at last, the ends
  std::unique_ptr<Keyed[]> keyed_;
};

}  // namespace

void DirtyPartition::split_large(BlockId b, std::span<const SignatureKey> keys, Crew& crew, std::span<Scratch> scratch,
                                 std::vector<Part>& leaving) {
  const Block& block = blocks_[index(b)];
  const Buckets<Keyed> buckets(dirty(b), keys, clean_key(b), crew);
  struct Found {
    unsigned worker;
    std::size_t first, count;  // of its parts
  };
  std::vector<Found> found(buckets.count(), Found{0, 0, 0});
  std::atomic<std::size_t> next = 0;  // relaxed below: it deals out the buckets, and orders nothing else
  for (Scratch& s : scratch) s.parts_.clear();
  crew.run(crew.size(), [&](unsigned worker) {
    Scratch& mine = scratch[worker];
    for (std::size_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < buckets.count();) {
      const SignatureKey* clean = i == 0 ? clean_key(b) : nullptr;
      if (clean == nullptr && buckets.states(i).empty()) continue;
      const std::size_t first = mine.parts_.size();
      mine.group(buckets.states(i), clean);
      place(buckets.states(i), block.end - block.dirty + buckets.begin(i), mine);
      if (clean != nullptr) mine.parts_.back().begin = block.begin;
      found[i] = {worker, first, mine.parts_.size() - first};
    }
  });
  std::vector<std::span<const Part>> parts;
  for (const Found& f : found)
    parts.push_back(std::span<const Part>(scratch[f.worker].parts_).subspan(f.first, f.count));
  keep_largest(b, parts, leaving);
  for (Scratch& s : scratch) s.parts_ = {};  // may be one a state
}

}  // namespace tryst
