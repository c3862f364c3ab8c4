// The search behind every question: breadth first over the pairs (node, implementation state) that the implementation
// can reach while the rules of the question follow it, level by level, stopping at the first failures.
//
// Deterministic: pairs are visited in the order in which they were met, the transitions of a pair in the order of
// (event, target); so the parent of a pair is its least predecessor in the order of the previous level, then the least
// event. Shortest first: a failure at a pair has as many steps as the pair's level, a forbidden event one more. A
// forbidden event found on the level before comes before the failures at the pairs of its own level.
//
// Where a specification explodes, and only one failure is asked for, pairs that others cover are left out
// (checker/antichain.hpp), from then on: a failure that is found has as many steps as without that, but not always the
// same ones.
//
// What follows ✓ is not visited: nothing is recorded after termination, and so no verdict depends on Ω being told apart
// from a state that deadlocks.
//
// `Rules` says what a node is and what fails (checker/refinement.cpp, checker/properties.cpp):
//   NodeId initial()
//   bool allows_everything(NodeId)         nothing below such a pair can fail
//   constexpr bool judges_pairs            whether judge() can find anything
//   constexpr bool refusal_ends_path       whether every event after a forbidden refusal is forbidden for that reason
//   alone
//   std::optional<Fault> judge(Pair, Row)  what is wrong with being in this pair
//   void enter(Pair, Row)                  the next calls of after() are about this pair, with ascending events
//   std::optional<NodeId> after(EventId)   the node after a visible event or ✓; none: forbidden
//   NormalForm& sets()                     only if nodes are its nodes, and those that hold less allow less
#pragma once

#include <optional>
#include <vector>

#include "checker/antichain.hpp"
#include "checker/initials.hpp"
#include "checker/pairs.hpp"
#include "checker/question.hpp"
#include "semantics/budget.hpp"
#include "semantics/lazy_lts.hpp"

namespace tryst {

enum class Fault : std::uint8_t { forbidden_event, divergence, refusal, deadlock };

struct Failure {
  Fault fault;
  std::uint32_t pair;             // into Pairs: the pair at fault, or the one from which the event was performed
  std::optional<Step> forbidden;  // forbidden_event: the step
};

// A failure with the way to it.
struct Finding {
  Fault fault;
  std::vector<Step> path;  // to the pair
  Pair pair;
  std::optional<Step> forbidden;  // forbidden_event: the step from there
};

struct SearchStatistics {
  std::uint64_t pairs = 0;
  std::uint64_t transitions = 0;
};

template <class Rules>
class PairSearch {
 public:
  // With `only_first`, the search does not extend its pairs once the first failure is certain.
  PairSearch(LazyLts& implementation, Rules& rules, Budget& budget, bool only_first,
             Pruning pruning = Pruning::automatic)
      : implementation_(implementation), rules_(rules), budget_(budget), only_first_(only_first), pruning_(pruning) {}

  // Calls `found` for each failure, shortest first, until it returns false or the pairs are exhausted.
  template <class Found>
  void run(Found found) {
    meet({rules_.initial(), implementation_.initial()}, 0, tau);
    add_met();
    std::vector<Failure> pending;  // forbidden events found on the level before; one step longer than its pairs
    std::uint32_t begin = 0;
    for (std::uint32_t depth = 0; begin < pairs_.size() || !pending.empty(); ++depth) {
      budget_.set_depth(depth);
      for (const Failure& failure : pending)
        if (!found(failure)) return;
      pending.clear();
      const std::uint32_t end = pairs_.size();
      consider_antichain();
      const std::vector<bool> is_covered = covered(begin, end);
      const std::uint32_t first = begin;
      for (; begin < end; ++begin) {
        budget_.poll();
        if (!is_covered.empty() && is_covered[begin - first]) continue;
        if (begin % pairs_between_looks == 0) consider_antichain();
        if (rules_.allows_everything(pairs_[begin].node)) continue;
        const Row row = implementation_.row(pairs_[begin].state);
        if constexpr (Rules::judges_pairs) {
          if (const std::optional<Fault> fault = rules_.judge(pairs_[begin], row)) {
            if (!found(Failure{*fault, begin, std::nullopt})) return;
            if (*fault == Fault::divergence || Rules::refusal_ends_path)
              continue;  // what follows is part of this failure
          }
        }
        if (!only_first_ || pending.empty())
          expand(begin, row, pending);
        else if (!Rules::judges_pairs)
          break;
      }
      add_met();
    }
  }

  const Pairs& pairs() const { return pairs_; }
  SearchStatistics statistics() const { return {pairs_.size(), transitions_}; }

 private:
  static constexpr std::size_t batch_size = 32;
  static constexpr std::uint32_t pairs_between_looks = 1024;
  struct Met {
    Pair pair;
    std::uint32_t from;
    EventId event;
  };

  // Pairs are added some time after they are met, in the same order, when their cache lines have arrived.
  void meet(Pair pair, std::uint32_t from, EventId event) {
    pairs_.prefetch(pair);
    met_.push_back({pair, from, event});
    if (met_.size() == batch_size) add_met();
  }
  void add_met() {
    for (const Met& met : met_) {
      if (antichain_ && (pairs_.contains(met.pair) || leaves_out(met.pair))) continue;
      if (!pairs_.add(met.pair, met.from, met.event)) continue;
      budget_.count_state();
      if (antichain_) antichain_->add(met.pair);
    }
    met_.clear();
  }

  bool leaves_out(Pair pair) {
    budget_.poll();
    const bool covered = antichain_->covers(pair);
    antichain_->count(covered);
    return covered;
  }

  // Begins to leave out pairs where that is called for, and ends it where it does not pay.
  void consider_antichain() {
    if constexpr (requires { rules_.sets(); }) {
      const bool is_worth_trying = pruning_ == Pruning::always || Antichain::is_worth_trying(rules_.sets());
      if (antichain_ && pruning_ != Pruning::always && !antichain_->pays()) {
        if (pruning_ == Pruning::must_pay) throw AntichainInVain{};
        antichain_.reset();
        was_antichain_in_vain_ = true;
      }
      if (antichain_ || was_antichain_in_vain_ || !only_first_ || !is_worth_trying) return;
      antichain_.emplace(rules_.sets());
      for (std::uint32_t i = 0; i < pairs_.size(); ++i)
        if (!antichain_->covers(pairs_[i])) antichain_->add(pairs_[i]);
    }
  }

  // Of pairs that wait: those that are covered by others that have been met by now.
  std::vector<bool> covered(std::uint32_t begin, std::uint32_t end) {
    if (!antichain_) return {};
    std::vector<bool> result;
    for (; begin < end; ++begin) result.push_back(antichain_->covers(pairs_[begin], true));
    return result;
  }

  void expand(std::uint32_t at, Row row, std::vector<Failure>& forbidden) {
    const Pair pair = pairs_[at];
    rules_.enter(pair, row);
    transitions_ += row.size();
    budget_.count_transitions(row.size());
    std::optional<NodeId> node = pair.node;
    EventId event = tau;
    for (const Transition& t : row) {
      if (t.event != event) {
        event = t.event;
        node = rules_.after(event);
        if (!node) forbidden.push_back({Fault::forbidden_event, at, Step{event, t.target}});
      }
      if (node && event != tick) meet({*node, t.target}, at, event);
    }
  }

  LazyLts& implementation_;
  Rules& rules_;
  Budget& budget_;
  bool only_first_;
  const Pruning pruning_;
  std::optional<Antichain> antichain_;
  bool was_antichain_in_vain_ = false;
  Pairs pairs_;
  std::vector<Met> met_;  // fewer than batch_size
  std::uint64_t transitions_ = 0;
};

}  // namespace tryst
