// Strong and branching bisimulation by signature refinement in synchronous rounds.
//
// The signature of a state is the set of (event, block of the target) of its transitions; a round splits every block by
// the signatures of its states, so after k rounds two states share a block iff no formula of depth k tells them apart
// (Blom & Orzan, "A distributed algorithm for strong bisimulation reduction", STTT 7(1), 2005). Only states with a
// successor that has changed its block are looked at again, and the largest part of a split block keeps the block's
// number, so a state changes its block at most log n times (Jacobs & Wißmann, "Fast coalgebraic bisimilarity
// minimization", POPL 2023): O(m log n) signature entries in all, plus sorting.
//
// For branching bisimulation a τ-step within a block is inert: it is left out, and the signature of its target is taken
// over (Blom & van de Pol, "Distributed branching bisimulation minimization by inductive signatures", PDMC 2009). That
// needs a system whose τ-steps all lead to states with smaller numbers, as contract_tau_cycles() (checker/quotient.hpp)
// makes it.
//   signature_   by block: the signature that its clean states have; its elements are event and block, 32 bits each
//   dirty_       the states whose signature may have changed in the last round, each once, marked in is_dirty_
//   incoming_    rows of the reversed system: sources_[incoming_[t], incoming_[t + 1]), those of τ first
// Memory: 4 bytes a transition, about 40 a state, and the signatures of the blocks.
#pragma once

#include <vector>

#include "checker/partition.hpp"
#include "checker/set_store.hpp"
#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

class Bisimulation {
 public:
  enum class Kind : std::uint8_t { strong, branching };

  Bisimulation(const Lts&, Kind, Budget&);

  // One round. False if nothing was split: the partition is the bisimulation.
  bool round();
  void run() {
    while (round()) {
    }
  }

  const Partition& partition() const { return partition_; }
  std::uint32_t rounds() const { return rounds_; }
  // The block of s after so many rounds; O(log n).
  BlockId block_after(StateId s, std::uint32_t rounds) const;

 private:
  enum class SignatureId : std::uint32_t {};
  enum class Entry : std::uint64_t {};
  struct Move {  // states_to_move_[first, first + count) leave their block together
    std::size_t first;
    std::size_t count;
    SignatureId signature;
  };
  struct Change {
    BlockId block;
    std::uint32_t round;
    std::uint32_t previous;  // the change of the same state before this one, or none
  };
  static constexpr std::uint32_t none = 0xffffffff;

  void reverse();
  SignatureId signature_of(StateId);
  void split(std::span<StateId> dirty_of_one_block);
  void plan_move(std::span<const StateId> states, SignatureId);
  void apply_moves();
  void mark(StateId);
  void mark_affected(StateId moved, BlockId old);
  void mark_inert_predecessors();
  void collect_signatures();

  const Lts& lts_;
  bool branching_;
  Budget& budget_;
  Partition partition_;
  std::uint32_t rounds_ = 0;

  std::vector<std::uint64_t> incoming_;
  std::vector<std::uint64_t> incoming_tau_end_;  // by target
  std::vector<StateId> sources_;

  SetStore<SignatureId, Entry> signatures_;
  std::vector<SignatureId> signature_;
  std::vector<SignatureId> fresh_signature_;       // by state, for the dirty ones of the round
  std::size_t collect_at_ = std::size_t{1} << 20;  // signature entries

  std::vector<StateId> dirty_;
  std::vector<bool> is_dirty_;
  std::vector<StateId> states_to_move_;
  std::vector<Move> moves_;
  std::vector<Change> changes_;
  std::vector<std::uint32_t> last_change_;  // by state, into changes_
  std::vector<Entry> scratch_;
};

}  // namespace tryst
