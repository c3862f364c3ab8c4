#include "checker/witness.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "checker/ensure.hpp"
#include "checker/tau_cycles.hpp"

namespace tryst {

namespace {

using States = std::vector<StateId>;

class BisimulationCheck {
 public:
  BisimulationCheck(const Lts& lts, Relation relation, const Classes& classes, Budget& budget)
      : lts_(lts),
        relation_(relation),
        classes_(classes),
        budget_(budget),
        members_(classes.count),
        incoming_(lts.state_count()),
        marked_(lts.state_count(), false) {
    for (std::uint32_t s = 0; s < lts.state_count(); ++s) {
      members_[index(class_of(static_cast<StateId>(s)))].push_back(static_cast<StateId>(s));
      for (const Transition& t : lts.transitions(static_cast<StateId>(s)))
        incoming_[index(t.target)].push_back({t.event, static_cast<StateId>(s)});
    }
  }

  void run() {
    for (std::uint32_t c = 0; c < classes_.count; ++c) {
      std::set<std::pair<EventId, StateId>> wanted;  // events and classes that some member leads to
      for (const StateId s : members_[c])
        for (const Transition& t : lts_.transitions(s))
          if (!is_inert(s, t)) wanted.emplace(t.event, class_of(t.target));
      for (const auto& [event, target] : wanted) {
        const States able = leading_to(static_cast<StateId>(c), event, target);
        require(static_cast<StateId>(c), able);
      }
    }
    if (relation_ == Relation::dp_branching) check_divergence_within_classes();
    if (relation_ == Relation::dp_weak) check_marked_cycles();
  }

 private:
  StateId class_of(StateId s) const { return classes_.of[index(s)]; }
  bool is_weak() const { return relation_ == Relation::weak || relation_ == Relation::dp_weak; }
  bool is_inert(StateId s, const Transition& t) const {
    return relation_ != Relation::strong && t.event == tau && class_of(s) == class_of(t.target);
  }

  // Every member of the class is among these states.
  void require(StateId c, const States& able) {
    for (const StateId s : able) marked_[index(s)] = true;
    for (const StateId s : members_[index(c)])
      ensure(marked_[index(s)], "a state cannot do what another of its class can");
    for (const StateId s : able) marked_[index(s)] = false;
  }

  // With the states from which τ-steps lead to them; of the class `within` only, unless the relation is weak.
  States closed_backwards(States states, StateId within) {
    for (const StateId s : states) marked_[index(s)] = true;
    for (std::size_t i = 0; i < states.size(); ++i) {
      budget_.poll();
      const StateId at = states[i];
      for (const Transition& t : incoming_[index(at)]) {
        if (t.event != tau || marked_[index(t.target)] || (!is_weak() && class_of(t.target) != within)) continue;
        marked_[index(t.target)] = true;
        states.push_back(t.target);
      }
    }
    for (const StateId s : states) marked_[index(s)] = false;
    return states;
  }

  // The states that can do the event and be in the target class; of the class `from` only, unless the relation is weak.
  States leading_to(StateId from, EventId event, StateId target) {
    const States& ends = members_[index(target)];
    if (is_weak() && event == tau) return closed_backwards(ends, target);
    States before;
    for (const StateId s : is_weak() ? closed_backwards(ends, target) : ends)
      for (const Transition& t : incoming_[index(s)])
        if (t.event == event && (is_weak() || class_of(t.target) == from)) before.push_back(t.target);
    std::ranges::sort(before);
    before.erase(std::ranges::unique(before).begin(), before.end());
    return relation_ == Relation::strong ? before : closed_backwards(std::move(before), from);
  }

  // In dp_branching, all of a class or none can do τ for ever within it.
  void check_divergence_within_classes() {
    std::vector<std::uint32_t> ways(lts_.state_count(), 0);   // inert steps to states that may diverge
    std::vector<std::uint32_t> divergent(classes_.count, 0);  // by class: how many
    States stuck;
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s) {
      for (const Transition& t : lts_.transitions(static_cast<StateId>(s)))
        if (is_inert(static_cast<StateId>(s), t)) ++ways[s];
      ++divergent[index(classes_.of[s])];
      if (ways[s] == 0) stuck.push_back(static_cast<StateId>(s));
    }
    while (!stuck.empty()) {
      budget_.poll();
      const StateId s = stuck.back();
      stuck.pop_back();
      --divergent[index(class_of(s))];
      for (const Transition& t : incoming_[index(s)])
        if (t.event == tau && class_of(t.target) == class_of(s) && --ways[index(t.target)] == 0)
          stuck.push_back(t.target);
    }
    for (std::uint32_t c = 0; c < classes_.count; ++c)
      ensure(divergent[c] == 0 || divergent[c] == members_[c].size(), "some of a class diverge within it");
  }

  // In dp_weak, a state on a τ-cycle has a visible step of its own to itself.
  void check_marked_cycles() {
    LazyLts lazy(lts_);
    TauCycles cycles(lazy, budget_);
    const auto circles = [&](StateId s) { return cycles.on_cycle(s); };
    for (std::uint32_t c = 0; c < classes_.count; ++c) {
      if (std::ranges::none_of(members_[c], circles)) continue;
      const StateId own = static_cast<StateId>(c);
      States circling = closed_backwards(members_[c], own);
      std::erase_if(circling, [&](StateId s) { return !circles(s); });
      require(own, closed_backwards(std::move(circling), own));
    }
  }

  const Lts& lts_;
  Relation relation_;
  const Classes& classes_;
  Budget& budget_;
  std::vector<States> members_;                    // by class
  std::vector<std::vector<Transition>> incoming_;  // by target: events and sources
  std::vector<bool> marked_;                       // by state; all false between uses
};

// Of pairs of classes that are of strong bisimilarity, so that any member speaks for its class.
void check_simulation(const Lts& lts, bool ready, const Witness& witness, Budget& budget) {
  std::vector<StateId> member(witness.classes.count);
  for (std::uint32_t s = 0; s < lts.state_count(); ++s) member[index(witness.classes.of[s])] = static_cast<StateId>(s);
  const auto class_of = [&](StateId s) { return witness.classes.of[index(s)]; };
  const auto related = [&](SimulationPair pair) {
    return pair.first == pair.second || std::ranges::binary_search(witness.pairs, pair);
  };
  for (const SimulationPair pair : witness.pairs) {
    const Row first = lts.transitions(member[index(pair.first)]);
    const Row second = lts.transitions(member[index(pair.second)]);
    for (const Transition& step : first) {
      budget.poll();
      ensure(std::ranges::any_of(second,
                                 [&](const Transition& t) {
                                   return t.event == step.event && related({class_of(step.target), class_of(t.target)});
                                 }),
             "a pair of the simulation has a step without answer");
    }
    for (const Transition& step : second)
      ensure(!ready || std::ranges::any_of(first, [&](const Transition& t) { return t.event == step.event; }),
             "a pair of the ready simulation offers different events");
  }
}

}  // namespace

void confirm_witness(const Union& both, Relation relation, bool preorder, const Witness& witness, Budget& budget) {
  const auto related = [&](StateId s, StateId t) {
    const SimulationPair pair{witness.classes.of[index(s)], witness.classes.of[index(t)]};
    return pair.first == pair.second || std::ranges::binary_search(witness.pairs, pair);
  };
  ensure(related(both.left, both.right), "the witness does not relate the initial states");
  ensure(preorder || related(both.right, both.left), "the witness relates the initial states one way only");
  const bool is_simulation = relation == Relation::simulation || relation == Relation::ready_simulation;
  BisimulationCheck(both.lts, is_simulation ? Relation::strong : relation, witness.classes, budget).run();
  if (is_simulation) check_simulation(both.lts, relation == Relation::ready_simulation, witness, budget);
}

}  // namespace tryst
