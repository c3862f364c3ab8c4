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

// Which transitions others imply, in a system whose only τ-cycles are loops.
class Implications {
 public:
  Implications(const Lts& lts, Budget& budget) : lts_(lts), ordered_(contract_tau_cycles(lts, false, budget)) {
    std::vector<StateId> scratch;
    for (std::uint32_t c = 0; c < ordered_.lts.state_count(); ++c) {
      budget.poll();
      scratch.clear();
      for (const Transition& t : internal(ordered_.lts.transitions(static_cast<StateId>(c)))) {
        const auto further = sets_[below_[index(t.target)]];
        scratch.push_back(t.target);
        scratch.insert(scratch.end(), further.begin(), further.end());
      }
      std::ranges::sort(scratch);
      scratch.erase(std::ranges::unique(scratch).begin(), scratch.end());
      below_.push_back(sets_.intern(scratch));
    }
  }

  // By another transition of s with the same event that τ+ follows, or by one that τ+ precedes and τ* follows.
  bool is_implied(StateId s, const Transition& t) const {
    const StateId target = component(t.target);
    const Row row = lts_.transitions(s);
    for (const Transition& u : with_event(row, t.event)) {
      const bool is_loop = u.event == tau && u.target == s;
      if (u.target != t.target && !is_loop && reaches(component(u.target), target)) return true;
    }
    if (t.event == tau) return false;
    const auto below = sets_[below_[index(component(s))]];
    return std::ranges::any_of(below, [&](StateId first) { return performs(first, t.event, target); });
  }

 private:
  enum class SetId : std::uint32_t {};

  StateId component(StateId s) const { return ordered_.component[index(s)]; }
  // By τ+, between components.
  bool reaches(StateId from, StateId to) const { return std::ranges::binary_search(sets_[below_[index(from)]], to); }
  // By the event and τ*.
  bool performs(StateId from, EventId event, StateId to) const {
    return std::ranges::any_of(with_event(ordered_.lts.transitions(from), event),
                               [&](const Transition& t) { return t.target == to || reaches(t.target, to); });
  }

  const Lts& lts_;
  Contraction ordered_;
  SetStore<SetId, StateId> sets_;
  std::vector<SetId> below_;  // by component: the components that τ+ reaches
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
  // All can go at once: as τ has no cycles, a chain of implications ends in a transition that nothing implies.
  const Implications implications(lts, budget);
  std::vector<Lts::Edge> edges;
  std::vector<StateId> terminated;
  for (std::uint32_t i = 0; i < lts.state_count(); ++i) {
    budget.poll();
    const StateId s = static_cast<StateId>(i);
    if (lts.is_terminated(s)) terminated.push_back(s);
    for (const Transition& t : lts.transitions(s)) {
      const bool is_loop = t.event == tau && t.target == s;
      if (is_loop || !implications.is_implied(s, t)) edges.push_back({s, t.event, t.target});
    }
  }
  return Lts(lts.state_count(), lts.initial(), std::move(edges), lts.events(), std::move(terminated));
}

}  // namespace tryst
