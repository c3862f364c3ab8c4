#include "checker/distinguish.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "checker/classes.hpp"
#include "checker/ensure.hpp"
#include "checker/initials.hpp"
#include "checker/strata.hpp"

namespace tryst {

namespace {

// One thing that a modality can see from a state: which states its two conjunctions are about.
struct Move {
  Modality modality;
  EventId event;
  StateId before;  // branching_step: where φ must hold; else no_id
  StateId after;   // where ψ must hold

  friend auto operator<=>(const Move&, const Move&) = default;
};

// The moves of states in the logic. `divergence` is the event that marks τ-cycles, if any.
class Moves {
 public:
  Moves(const Lts& lts, Logic logic, std::optional<EventId> divergence, Budget& budget)
      : lts_(lts), logic_(logic), divergence_(divergence), budget_(budget) {}

  // Sorted, without duplicates.
  std::vector<Move> of(StateId s) const {
    std::vector<Move> moves;
    switch (logic_) {
      case Logic::strong:
        for (const Transition& t : lts_.transitions(s)) moves.push_back(step(Modality::step, t.event, t.target));
        break;
      case Logic::weak: add_weak(s, moves); break;
      case Logic::branching: add_branching(s, moves); break;
    }
    std::ranges::sort(moves);
    moves.erase(std::ranges::unique(moves).begin(), moves.end());
    return moves;
  }

 private:
  static Move step(Modality modality, EventId event, StateId after) { return {modality, event, no_id<StateId>, after}; }

  std::set<StateId> reached_by_tau(const std::vector<StateId>& from) const {
    std::set<StateId> reached(from.begin(), from.end());
    std::vector<StateId> open(reached.begin(), reached.end());
    while (!open.empty()) {
      budget_.poll();
      const StateId s = open.back();
      open.pop_back();
      for (const Transition& t : internal(lts_.transitions(s)))
        if (reached.insert(t.target).second) open.push_back(t.target);
    }
    return reached;
  }

  void add_weak(StateId s, std::vector<Move>& moves) const {
    std::unordered_map<std::uint32_t, std::vector<StateId>> targets;  // by visible event
    for (const StateId at : reached_by_tau({s})) {
      moves.push_back(step(Modality::weak_step, tau, at));
      for (const Transition& t : lts_.transitions(at))
        if (t.event != tau) targets[index(t.event)].push_back(t.target);
    }
    for (const auto& [number, states] : targets) {
      const EventId event{number};
      const bool marks = event == divergence_;
      for (const StateId after : reached_by_tau(states))
        moves.push_back(step(marks ? Modality::weak_divergence : Modality::weak_step, marks ? tau : event, after));
    }
  }

  void add_branching(StateId s, std::vector<Move>& moves) const {
    for (const StateId at : reached_by_tau({s})) {
      moves.push_back(step(Modality::weak_step, tau, at));
      moves.push_back({Modality::branching_step, tau, at, at});
      for (const Transition& t : lts_.transitions(at))
        moves.push_back(t.event == divergence_ ? step(Modality::divergence, tau, at)
                                               : Move{Modality::branching_step, t.event, at, t.target});
    }
  }

  const Lts& lts_;
  Logic logic_;
  std::optional<EventId> divergence_;
  Budget& budget_;
};

class Distinguisher {
 public:
  Distinguisher(const Moves& moves, const Strata& strata, Budget& budget)
      : moves_(moves), strata_(strata), budget_(budget) {}

  Distinction run(StateId left, StateId right) {
    std::vector<Task> tasks{task({left, right})};
    while (!tasks.empty()) {
      budget_.poll();
      Task& top = tasks.back();
      if (top.next < top.before.size() + top.after.size()) {
        const std::size_t i = top.next++;
        const Pair pair = i < top.before.size() ? top.before[i] : top.after[i - top.before.size()];
        if (!known_.contains(key(pair))) tasks.push_back(task(pair));
        continue;
      }
      known_.emplace(key(top.pair), finish(top));
      tasks.pop_back();
    }
    return {std::move(formulas_), known_.at(key({left, right}))};
  }

 private:
  struct Pair {
    StateId left, right;
  };
  // `move` is one of the states' that the other does not have; the pairs tell what it leads to from all that the
  // other's moves lead to.
  struct Task {
    Pair pair;
    bool right_moves;  // then the formula is negated
    Move move;
    std::vector<Pair> before, after;
    std::size_t next = 0;
  };
  // A move, with blocks for states.
  struct Seen {
    Modality modality;
    EventId event;
    BlockId before, after;
    friend auto operator<=>(const Seen&, const Seen&) = default;
  };

  static std::uint64_t key(Pair p) { return std::uint64_t{index(p.left)} << 32 | index(p.right); }

  BlockId block(StateId s, std::uint32_t round) const {
    return s == no_id<StateId> ? no_id<BlockId> : strata_.block_after(s, round);
  }
  Seen seen(const Move& m, std::uint32_t round) const {
    return {m.modality, m.event, block(m.before, round), block(m.after, round)};
  }

  Task task(Pair pair) {
    const std::uint32_t round = strata_.separated_after(pair.left, pair.right) - 1;
    const std::vector<Move> left = moves_.of(pair.left);
    const std::vector<Move> right = moves_.of(pair.right);
    const std::optional<Unmatched> ours = move_that_is_not_matched(left, right, round);
    const std::optional<Unmatched> theirs = move_that_is_not_matched(right, left, round);
    ensure(ours || theirs, "separated states see the same");
    const bool right_moves = !ours || (theirs && theirs->answers < ours->answers);
    Task task{pair, right_moves, right_moves ? theirs->move : ours->move, {}, {}};
    refute(right_moves ? left : right, round, task);
    return task;
  }

  struct Unmatched {
    Move move;
    std::size_t answers;  // that are different to the round: each is refuted by a conjunct
  };
  // The first of those with the fewest answers.
  std::optional<Unmatched> move_that_is_not_matched(const std::vector<Move>& moves, const std::vector<Move>& answers,
                                                    std::uint32_t round) const {
    std::set<Seen> answered;
    for (const Move& m : answers) answered.insert(seen(m, round));
    std::map<std::pair<Modality, EventId>, std::size_t> counts;
    for (const Seen& a : answered) ++counts[{a.modality, a.event}];
    std::optional<Unmatched> best;
    for (const Move& m : moves) {
      budget_.poll();
      if (answered.contains(seen(m, round))) continue;
      const std::size_t count = counts[{m.modality, m.event}];
      if (!best || count < best->answers) best = Unmatched{m, count};
    }
    return best;
  }

  // Adds a pair for each block that some answer leads to, so that each answer is refuted by what holds before it or
  // after it.
  void refute(const std::vector<Move>& answers, std::uint32_t round, Task& task) {
    const Seen wanted = seen(task.move, round);
    std::set<std::pair<bool, BlockId>> refuted;
    for (const Move& m : answers) {
      if (m.modality != wanted.modality || m.event != wanted.event) continue;
      const Seen got = seen(m, round);
      const bool is_after = got.after != wanted.after;
      if (!refuted.emplace(is_after, is_after ? got.after : got.before).second) continue;
      if (is_after)
        task.after.push_back({task.move.after, m.after});
      else
        task.before.push_back({task.move.before, m.before});
    }
  }

  FormulaId finish(const Task& task) {
    Formulas::Parts parts;
    for (const Pair pair : task.before) parts.before.push_back(known_.at(key(pair)));
    for (const Pair pair : task.after) parts.after.push_back(known_.at(key(pair)));
    return formulas_.add(task.move.modality, task.right_moves, task.move.event, std::move(parts));
  }

  const Moves& moves_;
  const Strata& strata_;
  Budget& budget_;
  Formulas formulas_;
  std::unordered_map<std::uint64_t, FormulaId> known_;  // by pair of states
};

Distinction distinguish_by(const Lts& lts, Logic logic, std::optional<EventId> divergence, StateId left, StateId right,
                           Budget& budget) {
  Strata strata(lts, logic, budget);
  while (strata.block(left) == strata.block(right)) ensure(strata.round(), "bisimilar states cannot be distinguished");
  return Distinguisher(Moves(lts, logic, divergence, budget), strata, budget).run(left, right);
}

}  // namespace

Distinction distinguish(const Union& both, Relation relation, Budget& budget) {
  if (relation == Relation::strong) return distinguish_by(both.lts, Logic::strong, {}, both.left, both.right, budget);
  const bool preserves_divergence = relation == Relation::dp_branching || relation == Relation::dp_weak;
  const bool weak = relation == Relation::weak || relation == Relation::dp_weak;
  const Contraction outer = contract_tau_cycles(both.lts, preserves_divergence, budget);
  const Classes branching = bisimulation_classes(outer.lts, Relation::branching, budget);
  // No τ-cycle is left; contracting once more only renumbers the states so that τ leads downwards.
  const Contraction inner = contract_tau_cycles(quotient(outer.lts, branching, InnerTau::drop, budget), false, budget);
  const auto reduced = [&](StateId s) {
    return inner.component[index(branching.of[index(outer.component[index(s)])])];
  };
  std::optional<EventId> divergence;  // the mark is the one event more
  if (preserves_divergence) divergence = static_cast<EventId>(both.lts.events().size());
  return distinguish_by(inner.lts, weak ? Logic::weak : Logic::branching, divergence, reduced(both.left),
                        reduced(both.right), budget);
}

}  // namespace tryst
