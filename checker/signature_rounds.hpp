// Partition refinement by rounds of signatures, on all threads of a crew: what strong and branching bisimulation share.
//
// In a round the caller computes a key, a hash of the signature, for each dirty state; then their blocks are split by
// the keys, and the predecessors of the states that changed their block become dirty (Blom & Orzan, "A distributed
// algorithm for strong bisimulation reduction", STTT 7(1), 2005). As the largest part of a block keeps its number,
// O(m log n) keys of rows are computed in all, whatever the number of rounds (Jacobs & Wißmann, "Fast coalgebraic
// bisimilarity minimization", POPL 2023).
//
// Within a round everything is done in the order of the states' numbers, in which neighbours in the graph are near each
// other in memory; only the splits go block by block. The partition with its numbering is the same for any number of
// threads and for isomorphic systems.
//   keys_    by state: what the caller has set in the state's last dirty round
//   dirty_   the dirty states of this round, ascending
//   shares_  by worker
// Memory: 22 bytes a state, 24 a block, and up to 24 a state while most states are dirty or move.
// Threads: one owns the object; work is dealt out to the crew, where there is enough of it.
#pragma once

#include "checker/dirty_partition.hpp"
#include "checker/packed/crew.hpp"
#include "checker/predecessors.hpp"
#include "checker/state_set.hpp"
#include "semantics/budget.hpp"

namespace tryst {

class SignatureRounds {
 public:
  SignatureRounds(std::uint32_t states, const Predecessors&, Crew&, Budget&);  // one block, all dirty

  const DirtyPartition& partition() const { return partition_; }
  std::span<const StateId> dirty() const { return dirty_; }         // of this round, ascending
  std::span<const StateId> moved() const { return moved_states_; }  // by the last split(), ascending
  void set_key(StateId s, SignatureKey key) { keys_[index(s)] = key; }
  SignatureKey key(StateId s) const { return keys_[index(s)]; }  // as it was set last

  // Calls visit(states, worker) for shares of the dirty states, on all workers at the same time.
  template <class Visit>
  void each_share_of_dirty(const Visit& visit) {
    const unsigned workers = workers_for(dirty_.size());
    run(workers, [&](unsigned w) { visit(share(dirty(), w, workers), w); });
  }

  // Splits by the keys of the dirty states, and finds the ones of the next round. False if there are none: then no key
  // can have changed.
  bool split();

  void make_dirty(StateSet& states) { states.take(dirty_, crew_); }
  void make_all_dirty();

 private:
  // What one worker has found in the round.
  struct Share {
    std::vector<BlockId> blocks;        // with dirty states
    std::vector<BlockId> large_blocks;  // with very many, which all split together
    std::vector<DirtyPartition::Part> leaving;
    BlockId first_number{};  // of the blocks that `leaving` become
  };

  // Rounds that look at fewer states are not worth waking the other threads.
  static constexpr std::size_t shared_work_min = 1 << 13;
  static constexpr std::uint32_t large_block_min = 1 << 15;  // dirty states

  unsigned workers_for(std::size_t states) const { return states < shared_work_min ? 1 : crew_.size(); }
  template <class T>
  static std::span<const T> share(std::span<const T> all, unsigned worker, unsigned workers) {
    const std::size_t first = all.size() * worker / workers;
    return all.subspan(first, all.size() * (worker + 1) / workers - first);
  }
  template <class Task>
  void run(unsigned workers, const Task& task) {
    if (workers == 1)
      task(0U);
    else
      crew_.run(workers, task);
  }
  void deal_out_blocks(unsigned workers);
  void mark_dirty(unsigned worker);
  void split_large_blocks();
  void split_blocks(unsigned worker);
  void order_blocks(std::vector<BlockId>& blocks, std::uint32_t first, std::uint32_t last) const;
  void number_parts(unsigned workers);
  void move(unsigned worker, unsigned workers);
  void mark_predecessors(std::span<const StateId> moved, unsigned worker);

  const Predecessors& predecessors_;
  Crew& crew_;
  Budget& budget_;
  DirtyPartition partition_;
  std::vector<SignatureKey, HugePages<SignatureKey>> keys_;
  StateSet marked_;  // those of the next round, perhaps with some that are alone in their blocks
  StateSet moved_;
  std::vector<StateId> dirty_;
  std::vector<StateId> moved_states_;
  std::vector<std::uint32_t> first_block_;  // by worker, and the end: which blocks it splits
  std::vector<Share> shares_;
  std::vector<DirtyPartition::Scratch> scratch_;  // by worker
  std::vector<DirtyPartition::Part> leaving_large_;
  BlockId first_large_number_{};
};

}  // namespace tryst
