// The strata of a bisimilarity: after k rounds two states share a block iff no formula of depth k of the relation's
// logic (checker/formula.hpp) tells them apart. What formulas of least depth are made from.
//
// A round splits each block by what one more modality can see from a state, given the blocks so far (after Blom &
// Orzan, "A distributed algorithm for strong bisimulation reduction", STTT 7(1), 2005):
//   strong      {(a, B)         a leads to B}
//   weak        {(a, B)         τ* a τ* leads to B}   and   {B   τ* leads to B}
//   branching   {(A, a, B)      τ* leads to a state of A from which a leads to B}   and   {A   τ* leads to A}
// The rounds of a partition refinement for branching bisimilarity (checker/branching_refinement.hpp) are others: there τ* stays
// within a block, and two states may need more rounds than their formulas have modalities. In weak and branching, τ
// must lead to smaller state numbers, as contract_tau_cycles() makes it: sets are inherited against τ in one pass.
//
// Only what has changed is looked at again: a state whose own set, or a set that it inherits, mentions a block that
// states have left. The largest part of a split block keeps the number, so in strong a state moves at most log n times.
//   near_, far_   by state: its set; far_ is used by weak only: near_ is what τ* reaches, far_ what events reach
//   changes_      every move of a state to another block, linked to the one before: block_after() walks back
// Memory: 4 bytes a transition, about 60 a state, and the sets.
#pragma once

#include <queue>
#include <unordered_map>
#include <vector>

#include "checker/partition.hpp"
#include "checker/predecessors.hpp"
#include "checker/set_store.hpp"
#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

enum class Logic : std::uint8_t { strong, weak, branching };

class Strata {
 public:
  Strata(const Lts&, Logic, Budget&);

  // One round. False if nothing was split: then no formula splits anything.
  bool round();
  std::uint32_t rounds() const { return rounds_; }
  BlockId block(StateId s) const { return partition_.block(s); }
  // O(moves of s).
  BlockId block_after(StateId s, std::uint32_t rounds) const;
  // The least number of rounds after which the two are in different blocks, among those made so far; they must be by
  // now.
  std::uint32_t separated_after(StateId, StateId) const;

 private:
  enum class SetId : std::uint32_t {};
  enum class Entry : std::uint64_t {};
  // States to look at again, least first, each once.
  class Agenda {
   public:
    explicit Agenda(std::uint32_t states) : waits_(states, false) {}
    void add(StateId);
    bool empty() const { return queue_.empty(); }
    StateId next();

   private:
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> queue_;
    std::vector<bool> waits_;
  };
  struct Change {
    BlockId block;
    std::uint32_t round;
    std::uint32_t previous;  // the change of the same state before this one, or none
  };
  static constexpr std::uint32_t none = 0xffffffff;

  static Predecessors predecessors(const Lts&);
  void look_near();
  void look_far();
  SetId near_set(StateId);
  SetId far_set(StateId);
  void note(StateId);
  void split(std::span<StateId> changed_of_one_block);
  void move(std::span<const StateId>);
  void plan_next();
  void collect();
  std::uint32_t step_number(const Transition&);
  SetId interned();

  const Lts& lts_;
  Logic logic_;
  Budget& budget_;
  Predecessors predecessors_;
  Partition partition_;
  std::uint32_t rounds_ = 0;

  SetStore<SetId, Entry> sets_;
  std::size_t collect_at_ = 1 << 20;
  std::vector<SetId> near_;
  std::vector<SetId> far_;
  std::unordered_map<std::uint64_t, std::uint32_t> steps_;  // branching: the number of (event, block), from 1
  Agenda near_agenda_;
  Agenda far_agenda_;
  std::vector<StateId> changed_;  // in this round their sets have
  std::vector<bool> is_changed_;
  std::vector<StateId> moved_;  // in this round
  std::vector<Change> changes_;
  std::vector<std::uint32_t> last_change_;  // by state, or none
  std::vector<Entry> scratch_;
};

}  // namespace tryst
