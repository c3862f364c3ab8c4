// Branching bisimulation of a system without τ-cycles: rounds of signatures (checker/signature_rounds.hpp), where a τ
// within a block is inert: it is left out of the signature, and what its target has in its own is taken over (Blom &
// van de Pol, "Distributed branching bisimulation minimization by inductive signatures", PDMC 2009).
//
// τ must lead to smaller numbers, as contract_tau_cycles() (checker/quotient.hpp) makes it: in ascending order targets
// come before those that inherit from them. States that no τ leaves or enters have nothing to do with that, and are
// treated as in strong bisimulation. Hashes may collide, so the result is compared with the definition at the end, as
// in checker/strong_refinement.hpp.
//   touches_tau_   by state: whether a τ leaves or enters it
//   set_           by state: its signature, if another inherits it; up to date where the state is clean
// Memory: that of the rounds, 4 bytes a transition and 14 a state, and the signatures that are inherited. Threads: one
// owns the object; what needs no order is dealt out to the crew.
#pragma once

#include "checker/set_store.hpp"
#include "checker/signature_hash.hpp"
#include "checker/signature_rounds.hpp"
#include "semantics/lts.hpp"

namespace tryst {

class BranchingRefinement {
 public:
  BranchingRefinement(const Lts&, Crew&, Budget&);

  // One round. False if the partition is the bisimulation.
  bool round();

  const DirtyPartition& partition() const { return rounds_.partition(); }

 private:
  enum class SetId : std::uint32_t {};
  enum class Entry : std::uint64_t {};  // event and block, 32 bits each

  bool is_alone(StateId s) const { return partition().size(partition().block(s)) == 1; }
  bool is_inert(StateId s, const Transition& t) const {
    return t.event == tau && partition().block(t.target) == partition().block(s);
  }
  void hash_rows();
  void hash_inherited();
  bool is_inherited_from(StateId) const;
  void gather(StateId);
  SignatureKey hash_of(std::span<const Entry>) const;
  void extend_dirty();
  void forget_sets();
  bool is_stable();

  const Lts& lts_;
  Budget& budget_;
  std::uint64_t seed_ = 0;
  SignatureHash hash_;
  Predecessors predecessors_;
  SignatureRounds rounds_;
  StateSet affected_;
  std::vector<StateId> agenda_;
  std::vector<std::uint8_t> touches_tau_;
  SetStore<SetId, Entry> sets_;
  std::vector<SetId> set_;
  std::size_t forget_at_;  // entries
  std::vector<Entry> entries_;
  std::vector<std::vector<std::uint32_t>> scratch_;  // by worker
};

}  // namespace tryst
