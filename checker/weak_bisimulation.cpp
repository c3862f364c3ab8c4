#include "checker/weak_bisimulation.hpp"

#include <algorithm>
#include <cassert>
#include <unordered_map>

#include "checker/initials.hpp"
#include "checker/set_store.hpp"

namespace tryst {

namespace {

enum class Reach : std::uint64_t {};  // event in the upper half, block in the lower
enum class ReachId : std::uint32_t {};

constexpr std::uint64_t event_shift = 32;

class WeakRounds {
 public:
  WeakRounds(const Lts& lts, Budget& budget) : lts_(lts), budget_(budget), block_(lts.state_count(), 0) {}

  Classes run() {
    for (std::uint32_t before = 0; before != count_;) {
      before = count_;
      round();
    }
    Classes classes{{}, count_};
    for (const std::uint32_t b : block_) classes.of.push_back(static_cast<StateId>(b));
    return classes;
  }

 private:
  void round() {
    sets_ = {};
    internal_.clear();
    visible_.clear();
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s) internal_.push_back(reached_by_tau(static_cast<StateId>(s)));
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s)
      visible_.push_back(reached_by_events(static_cast<StateId>(s)));
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;  // by both sets; the first contains the old block
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s) {
      const std::uint64_t signature = std::uint64_t{index(internal_[s])} << 32 | index(visible_[s]);
      block_[s] = numbers.try_emplace(signature, static_cast<std::uint32_t>(numbers.size())).first->second;
    }
    count_ = static_cast<std::uint32_t>(numbers.size());
  }

  ReachId reached_by_tau(StateId s) {
    scratch_.assign(1, static_cast<Reach>(block_[index(s)]));
    for (const Transition& t : internal(lts_.transitions(s))) {
      assert(index(t.target) < index(s));
      const auto more = sets_[internal_[index(t.target)]];
      scratch_.insert(scratch_.end(), more.begin(), more.end());
    }
    return interned();
  }

  ReachId reached_by_events(StateId s) {
    scratch_.clear();
    for (const Transition& t : lts_.transitions(s)) {
      const auto more = sets_[t.event == tau ? visible_[index(t.target)] : internal_[index(t.target)]];
      const std::uint64_t event = t.event == tau ? 0 : std::uint64_t{index(t.event)} << event_shift;
      for (const Reach r : more) scratch_.push_back(static_cast<Reach>(static_cast<std::uint64_t>(r) | event));
    }
    return interned();
  }

  ReachId interned() {
    budget_.poll();
    std::ranges::sort(scratch_);
    scratch_.erase(std::ranges::unique(scratch_).begin(), scratch_.end());
    return sets_.intern(scratch_);
  }

  const Lts& lts_;
  Budget& budget_;
  std::vector<std::uint32_t> block_;  // by state
  std::uint32_t count_ = 1;
  SetStore<ReachId, Reach> sets_;
  std::vector<ReachId> internal_;  // by state: the blocks that τ* reaches
  std::vector<ReachId> visible_;   // by state: the events and blocks that τ* event τ* reaches
  std::vector<Reach> scratch_;
};

}  // namespace

Classes weak_bisimulation(const Lts& lts, Budget& budget) {
  bool has_internal = false;
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    has_internal |= has_tau(lts.transitions(static_cast<StateId>(s)));
  if (has_internal) return WeakRounds(lts, budget).run();
  Classes classes{{}, lts.state_count()};
  for (std::uint32_t s = 0; s < lts.state_count(); ++s) classes.of.push_back(static_cast<StateId>(s));
  return classes;
}

Lts without_implied_transitions(const Lts& lts, Budget& budget) {
  // Every implication has a step that a transition that stays can take, since τ has no cycles: so all can go at once.
  const Contraction ordered = contract_tau_cycles(lts, false, budget);
  enum class SetId : std::uint32_t {};
  SetStore<SetId, StateId> sets;
  std::vector<SetId> below(lts.state_count());  // by component: what τ+ reaches
  std::vector<StateId> scratch;
  for (std::uint32_t c = 0; c < ordered.lts.state_count(); ++c) {
    scratch.clear();
    for (const Transition& t : internal(ordered.lts.transitions(static_cast<StateId>(c)))) {
      const auto further = sets[below[index(t.target)]];
      scratch.push_back(t.target);
      scratch.insert(scratch.end(), further.begin(), further.end());
    }
    std::ranges::sort(scratch);
    scratch.erase(std::ranges::unique(scratch).begin(), scratch.end());
    below[c] = sets.intern(scratch);
  }
  const auto component = [&](StateId s) { return ordered.component[index(s)]; };
  const auto reaches = [&](StateId from, StateId to) {
    return std::ranges::binary_search(sets[below[index(component(from))]], component(to));
  };
  // Some other transition of s, followed by τ+, or a τ-step of s first.
  const auto is_implied = [&](StateId s, const Transition& t) {
    const Row row = lts.transitions(s);
    for (const Transition& u : with_event(row, t.event))
      if (u.target != t.target && u.target != s && reaches(u.target, t.target)) return true;
    if (t.event == tau) return false;
    for (const Transition& u : internal(row)) {
      if (u.target == s) continue;
      const StateId first = component(u.target);
      const auto further = sets[below[index(first)]];
      const auto performs = [&](StateId from) {
        return std::ranges::any_of(with_event(ordered.lts.transitions(from), t.event), [&](const Transition& v) {
          return v.target == component(t.target) ||
                 std::ranges::binary_search(sets[below[index(v.target)]], component(t.target));
        });
      };
      if (performs(first) || std::ranges::any_of(further, performs)) return true;
    }
    return false;
  };
  std::vector<Lts::Edge> edges;
  std::vector<StateId> terminated;
  for (std::uint32_t i = 0; i < lts.state_count(); ++i) {
    budget.poll();
    const StateId s = static_cast<StateId>(i);
    if (lts.is_terminated(s)) terminated.push_back(s);
    for (const Transition& t : lts.transitions(s))
      if ((t.event == tau && t.target == s) || !is_implied(s, t)) edges.push_back({s, t.event, t.target});
  }
  return Lts(lts.state_count(), lts.initial(), std::move(edges), lts.events(), std::move(terminated));
}

}  // namespace tryst
