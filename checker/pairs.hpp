// The pairs (specification node, implementation state) that a search has met, in the order of meeting, with the step
// that led to each first: index = position in the breadth-first queue.
//   pairs_    node in the upper half, state in the lower
//   steps_    the pair it was first met from and the event of that step; the first pair comes from itself
//   slots_    exact visited set: open addressing with linear probing, a power of two, at most 3/5 full; holds the pairs
//             themselves (plus one, 0 is empty), so that a look-up touches one cache line
// 16 bytes a pair and at most 27 in the set. Not thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/normal_form.hpp"
#include "checker/verdict.hpp"

namespace tryst {

struct Pair {
  NodeId node;
  StateId state;
};

class Pairs {
 public:
  Pairs() : slots_(1024, 0) {}

  // Asks for the cache line that add() of this pair will look at.
  void prefetch(Pair pair) const { __builtin_prefetch(&slots_[hash(key_of(pair)) & (slots_.size() - 1)]); }
  // False if it was there already. Throws LimitReached beyond 2^32 - 2 pairs.
  bool add(Pair pair, std::uint32_t from, EventId event);

  bool contains(Pair) const;

  std::uint32_t size() const { return static_cast<std::uint32_t>(pairs_.size()); }
  Pair operator[](std::uint32_t i) const {
    return {static_cast<NodeId>(pairs_[i] >> 32), static_cast<StateId>(static_cast<std::uint32_t>(pairs_[i]))};
  }
  // The steps from the first pair to this one.
  std::vector<Step> path_to(std::uint32_t i) const;

 private:
  struct Origin {
    std::uint32_t from;
    EventId event;
  };
  static std::uint64_t key_of(Pair pair) { return std::uint64_t{index(pair.node)} << 32 | index(pair.state); }
  static std::size_t hash(std::uint64_t key) {
    key *= 0x9e3779b97f4a7c15;
    return static_cast<std::size_t>(key ^ (key >> 32));
  }
  void grow();

  std::vector<std::uint64_t> pairs_;
  std::vector<Origin> steps_;
  std::vector<std::uint64_t> slots_;
};

}  // namespace tryst
