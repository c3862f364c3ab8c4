// Terms as a graph: what a suspended term stands for, and the moves of every term.
//
// A term is *resolved* when it is not suspended, its active operands are resolved, and the functions of whole processes
// have settled (semantics/csp/settled_terms.cpp); states are resolved terms, so `P = Q` adds no state. resolve()
// unfolds; it is where recursion without a guard shows, as a term that is needed to resolve itself, or as an endless
// chain of unfoldings.
//   resolved_[t]   the resolved form of t, itself if t is resolved; before, `unknown`, or `open` while it is found
//   memo_[t]       the moves of resolved term t: sorted by event, within an event in the order of the rules
// Moves lead to terms that are resolved only if their resolved form was known already: unfolding is lazy by one step.
// No function here recurses over terms, so terms may be as deep as memory allows; only functions of whole processes
// inside each other are limited (settling_max).
//
// Threads: none.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/csp/block_pool.hpp"
#include "semantics/csp/joint_moves.hpp"
#include "semantics/csp/terms.hpp"

namespace tryst::csp {

class TermGraph {
 public:
  static constexpr std::size_t unfoldings_max = 100'000;  // suspended terms, each needed for the one before
  static constexpr std::size_t settling_max = 500;

  TermGraph(Terms&, Unfolder&);

  void set_budget(Budget* budget) { budget_ = budget; }
  void poll(std::uint32_t work = 1) {
    if (budget_ != nullptr) budget_->poll(work);
  }

  Terms& terms() { return terms_; }
  ProcessId omega() const { return omega_; }
  ProcessId stop() const { return stop_; }

  ProcessId resolve(ProcessId);
  // The resolved form if it is known, else the term itself.
  ProcessId known(ProcessId t) const { return is_resolved(t) ? resolved_[index(t)] : t; }

  // The moves of a resolved term: remembered, or written to `out` (unsorted, perhaps with duplicates) and forgotten.
  std::span<const Move> moves(ProcessId resolved);
  void moves_once(ProcessId resolved, std::vector<Move>& out);
  // Those on one event, in their order, the first `count_max` of them: nothing else is concluded about the term and the
  // hiding, renaming and chase around it, and nothing is remembered of these (semantics/csp/wanted_moves.cpp).
  void moves_on(ProcessId resolved, EventId, std::size_t count_max, std::vector<Move>& out);

  // For the rules.
  std::span<const Move> operand_moves(ProcessId operand) const;
  Participants& participants(std::span<const EventSetId> sets);
  RelationId transitive_closure(RelationId);
  JointScratch& joint_scratch() { return joint_scratch_; }

 private:
  static constexpr ProcessId unknown = no_id<ProcessId>;
  static constexpr ProcessId open{0xfffffffe};
  struct Frame {
    ProcessId term;
    ProcessId body;  // of a suspended term, once unfolded; else unknown
  };
  struct Memo {
    std::uint32_t first = 0xffffffff;  // in kept_; none: not remembered
    std::uint32_t count = 0;
  };
  class Unwinding;

  bool is_resolved(ProcessId t) const { return index(t) < resolved_.size() && resolved_[index(t)] < open; }
  void set_resolved(ProcessId t, ProcessId form);
  void need(ProcessId);
  void advance();
  ProcessId unfolded(const TermView&);
  ProcessId with_resolved_operands(ProcessId);
  [[noreturn]] void report_unguarded(ProcessId again);

  ProcessId settle(ProcessId);
  ProcessId settle_stable(ProcessId);
  ProcessId settle_watchdog(ProcessId);

  bool remembered(ProcessId t) const { return index(t) < memo_.size() && memo_[index(t)].first != 0xffffffff; }
  void remember(ProcessId);
  void remember_operands(ProcessId);
  bool push_forgotten_operands(ProcessId);
  void note_wanted(ProcessId, EventId);
  void conclude(ProcessId, std::vector<Move>& out);
  void keep(ProcessId, std::span<const Move>);

  Terms& terms_;
  Unfolder& unfolder_;
  Budget* budget_ = nullptr;
  ProcessId omega_;
  ProcessId stop_;

  std::vector<ProcessId> resolved_;
  std::vector<Frame> frames_;
  std::size_t unfoldings_ = 0;  // suspended terms among frames_
  std::size_t settling_ = 0;    // settle() calls in progress

  std::vector<Memo> memo_;
  BlockPool<Move> kept_;
  std::vector<ProcessId> pending_;
  std::vector<Move> concluded_;
  std::vector<ProcessId> around_;
  struct Noted {
    EventId event;       // outside the operators that have been passed
    std::uint32_t move;  // of the innermost term: its number
  };
  std::vector<Noted> noted_;
  std::vector<EventId> turned_;
  std::vector<Move> once_;  // the moves of once_term_, which are not remembered
  ProcessId once_term_ = no_id<ProcessId>;

  struct AlphabetList {
    std::vector<EventSetId> sets;
    Participants participants;
  };
  std::unordered_map<std::uint64_t, std::vector<AlphabetList>> alphabet_lists_;  // by hash
  std::unordered_map<RelationId, RelationId> closures_;
  Conclusions conclusions_{*this};
  JointScratch joint_scratch_;
};

}  // namespace tryst::csp
