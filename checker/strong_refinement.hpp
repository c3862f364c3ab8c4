// Strong bisimulation: rounds of signatures (checker/signature_rounds.hpp), the signature of a state being the set of
// (event, block of the target) of its transitions.
//
// Hashes may collide, so the result is compared with the definition at the end, and refined further with other hashes
// where it is too coarse. It is never too fine: states are only parted by different hashes, that is, by different
// signatures over a partition that no bisimilar states are parted in.
//
// Cost: O(k m log n) for rows of at most k transitions. Memory: that of the rounds, 4 bytes a transition and 16 a state,
// and at the end the quotient once. Threads: one owns the object; the work is dealt out to the crew.
#pragma once

#include "checker/initials.hpp"
#include "checker/signature_hash.hpp"
#include "checker/signature_rounds.hpp"
#include "semantics/lts.hpp"

namespace tryst {

class StrongRefinement {
 public:
  StrongRefinement(const Lts&, Crew&, Budget&);

  // One round. False if the partition is the bisimulation.
  bool round();
  void run() {
    while (round()) {
    }
  }

  const DirtyPartition& partition() const { return rounds_.partition(); }

 private:
  void prefetch_rows(std::span<const StateId>, std::size_t at) const;

  const Lts& lts_;
  Crew& crew_;
  std::uint64_t seed_ = 0;
  SignatureHash hash_;
  Predecessors predecessors_;
  SignatureRounds rounds_;
  std::vector<std::vector<std::uint32_t>> scratch_;  // by worker
};

}  // namespace tryst
