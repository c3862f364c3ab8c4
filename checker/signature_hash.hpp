// Hashes of signatures: of the set of (event, block of the target) of a state's transitions.
//
// The hash of a set is the sum of the hashes of its elements, so that no order must be made first; duplicates are found
// within the run of an event, which in most rows is a single transition. Equal signatures have equal hashes; different
// ones differ but for a chance of 2^-64 a pair, which the refinements exclude at their end by a comparison.
//
// An event takes part by its rank among the names of the events that occur, so that the hash does not depend on the
// order in which events were met. Threads: a const SignatureHash may be shared; a scratch vector belongs to one thread.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "checker/dirty_partition.hpp"
#include "semantics/lts.hpp"

namespace tryst {

// By event: its place among those that occur in the system, in the order of their names; τ is 0 and ✓ is 1.
std::vector<std::uint32_t> event_ranks(const Lts&);

// The signature itself, in ascending order, its targets being the numbers of blocks.
void signature(std::span<const Transition> row, std::span<const std::uint32_t> blocks, std::vector<Transition>& out);

class SignatureHash {
 public:
  SignatureHash(const Lts& lts, std::uint64_t seed) {
    for (const std::uint32_t rank : event_ranks(lts)) event_key_.push_back(mixed(seed + rank * odd));
  }

  SignatureKey element(EventId e, std::uint32_t block) const { return mixed(event_key_[index(e)] + block * odd); }

  // Of the transitions of a row.
  SignatureKey operator()(std::span<const Transition> row, std::span<const std::uint32_t> blocks,
                          std::vector<std::uint32_t>& scratch) const {
    SignatureKey sum = 0;
    for (std::size_t i = 0; i < row.size();) {
      std::size_t end = i + 1;
      while (end < row.size() && row[end].event == row[i].event) ++end;
      sum += end == i + 1 ? element(row[i].event, blocks[index(row[i].target)])
                          : run(row.subspan(i, end - i), blocks, scratch);
      i = end;
    }
    return sum;
  }

 private:
  static constexpr std::uint64_t odd = 0x9e3779b97f4a7c15;

  // Stafford's variant 13 of the finaliser of MurmurHash3.
  static std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  // Of the transitions with one event. A few are compared with each other, which needs no branches; many are sorted.
  SignatureKey run(std::span<const Transition> row, std::span<const std::uint32_t> blocks,
                   std::vector<std::uint32_t>& scratch) const {
    constexpr std::size_t few = 16;
    const EventId event = row.front().event;
    SignatureKey sum = 0;
    if (row.size() <= few) {
      std::array<std::uint32_t, few> met;  // NOLINT: as far as it is read it is written
      for (std::size_t i = 0; i < row.size(); ++i) {
        met[i] = blocks[index(row[i].target)];
        bool is_repeated = false;
        for (std::size_t j = 0; j < i; ++j) is_repeated |= met[j] == met[i];
        sum += is_repeated ? 0 : element(event, met[i]);
      }
      return sum;
    }
    scratch.clear();
    for (const Transition& t : row) scratch.push_back(blocks[index(t.target)]);
    std::ranges::sort(scratch);
    scratch.erase(std::ranges::unique(scratch).begin(), scratch.end());
    for (const std::uint32_t block : scratch) sum += element(event, block);
    return sum;
  }

  std::vector<std::uint64_t> event_key_;
};

}  // namespace tryst
