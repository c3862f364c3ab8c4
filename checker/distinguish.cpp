#include "checker/distinguish.hpp"

#include <optional>
#include <unordered_map>

#include "checker/ensure.hpp"
#include "checker/initials.hpp"

namespace tryst {

namespace {

class Distinguisher {
 public:
  Distinguisher(const Lts& lts, const Bisimulation& rounds, Budget& budget)
      : lts_(lts), rounds_(rounds), budget_(budget) {}

  Distinction run(StateId left, StateId right) {
    ensure(separated_after(left, right) != never, "bisimilar states cannot be distinguished");
    std::vector<Task> tasks{task(left, right)};
    while (!tasks.empty()) {
      budget_.poll();
      Task& top = tasks.back();
      if (top.next < top.others.size()) {
        const StateId other = top.others[top.next++];
        if (!known_.contains(key(top.chosen, other))) tasks.push_back(task(top.chosen, other));
        continue;
      }
      known_.emplace(key(top.left, top.right), finish(top));
      tasks.pop_back();
    }
    return {std::move(formulas_), known_.at(key(left, right))};
  }

 private:
  // `chosen` is a target of the side that can do more, `others` one target of the other side for each block that its
  // targets lie in: none of them is in the block of `chosen`.
  struct Task {
    StateId left, right;
    bool right_moves;  // then the formula is negated
    EventId event;
    StateId chosen;
    std::vector<StateId> others;
    std::size_t next = 0;
  };
  static constexpr std::uint32_t never = 0xffffffff;

  static std::uint64_t key(StateId left, StateId right) { return std::uint64_t{index(left)} << 32 | index(right); }

  // The least number of rounds after which the two are in different blocks.
  std::uint32_t separated_after(StateId left, StateId right) const {
    std::uint32_t low = 0;
    std::uint32_t high = rounds_.rounds();
    if (rounds_.block_after(left, high) == rounds_.block_after(right, high)) return never;
    while (high - low > 1) {
      const std::uint32_t middle = low + (high - low) / 2;
      (rounds_.block_after(left, middle) == rounds_.block_after(right, middle) ? low : high) = middle;
    }
    return high;
  }

  Task task(StateId left, StateId right) {
    const std::uint32_t round = separated_after(left, right) - 1;
    if (auto found = move_that_is_not_matched(left, right, round))
      return {left, right, false, found->event, found->chosen, found->others};
    auto found = move_that_is_not_matched(right, left, round);
    ensure(found.has_value(), "separated states have the same signature");
    return {left, right, true, found->event, found->chosen, found->others};
  }

  struct Unmatched {
    EventId event;
    StateId chosen;
    std::vector<StateId> others;
  };
  std::optional<Unmatched> move_that_is_not_matched(StateId mover, StateId other, std::uint32_t round) {
    for (const Transition& t : lts_.transitions(mover)) {
      const BlockId block = rounds_.block_after(t.target, round);
      std::vector<StateId> others;
      std::vector<BlockId> blocks;
      bool matched = false;
      for (const Transition& u : with_event(lts_.transitions(other), t.event)) {
        const BlockId reached = rounds_.block_after(u.target, round);
        matched |= reached == block;
        if (std::ranges::find(blocks, reached) != blocks.end()) continue;
        blocks.push_back(reached);
        others.push_back(u.target);
      }
      if (!matched) return Unmatched{t.event, t.target, std::move(others)};
    }
    return std::nullopt;
  }

  FormulaId finish(const Task& task) {
    std::vector<FormulaId> parts;
    for (const StateId other : task.others) parts.push_back(known_.at(key(task.chosen, other)));
    std::ranges::sort(parts);
    parts.erase(std::ranges::unique(parts).begin(), parts.end());
    return formulas_.add(task.right_moves, task.event, parts);
  }

  const Lts& lts_;
  const Bisimulation& rounds_;
  Budget& budget_;
  Formulas formulas_;
  std::unordered_map<std::uint64_t, FormulaId> known_;  // by pair of states
};

}  // namespace

Distinction distinguish(const Lts& lts, const Bisimulation& rounds, StateId left, StateId right, Budget& budget) {
  Distinction distinction = Distinguisher(lts, rounds, budget).run(left, right);
  ensure(satisfies(lts, left, distinction.formulas, distinction.root, budget),
         "the formula is false of the left system");
  ensure(!satisfies(lts, right, distinction.formulas, distinction.root, budget),
         "the formula is true of the right system");
  return distinction;
}

}  // namespace tryst
