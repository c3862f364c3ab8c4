#include "checker/simulation_preorder.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "checker/initials.hpp"
#include "checker/quotient.hpp"
#include "semantics/lazy_lts.hpp"
#include "semantics/lts_builder.hpp"

namespace tryst {

namespace {

// Takes pairs away until what is left is a simulation.
//   steps_to_  by state: the steps that lead to it, by event
//   lost_      the pairs that are not related any more, as long as nothing has been concluded from that
//   open_      the states whose row of lost_ is not empty, each once
class PreorderRefinement {
 public:
  PreorderRefinement(const Lts& lts, bool ready, Budget& budget)
      : lts_(lts),
        budget_(budget),
        related_(lts.state_count(), budget),
        lost_(lts.state_count(), budget),
        is_open_(lts.state_count(), false),
        steps_to_(lts.state_count()) {
    for (std::uint32_t s = 0; s < lts.state_count(); ++s)
      for (const Transition& t : lts.transitions(StateId{s}))
        steps_to_[index(t.target)].push_back({t.event, StateId{s}});
    for (auto& steps : steps_to_) std::ranges::sort(steps, {}, &Step::event);
    relate_by_events(ready);
  }

  StateRelation run() && {
    while (!open_.empty()) {
      const StateId target = open_.back();
      open_.pop_back();
      is_open_[index(target)] = false;
      const std::span<std::uint64_t> row = lost_.row(target);
      for (std::size_t i = 0; i < row.size(); ++i)
        for (std::uint64_t word = std::exchange(row[i], 0); word != 0; word &= word - 1)
          conclude(target, StateId{static_cast<std::uint32_t>(i * 64 + std::countr_zero(word))});
    }
    return std::move(related_);
  }

 private:
  struct Step {  // backwards
    EventId event;
    StateId source;
  };

  void lose(StateId s, StateId t) {
    related_.remove(s, t);
    lost_.add(s, t);
    if (!is_open_[index(s)]) open_.push_back(s);
    is_open_[index(s)] = true;
  }

  void relate_by_events(bool ready) {
    std::vector<std::vector<EventId>> events(lts_.state_count());
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s)
      for (const Transition& t : lts_.transitions(StateId{s}))
        if (events[s].empty() || events[s].back() != t.event) events[s].push_back(t.event);
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s)
      for (std::uint32_t t = 0; t < lts_.state_count(); ++t) {
        budget_.poll();
        if (ready ? events[s] == events[t] : std::ranges::includes(events[t], events[s]))
          related_.add(StateId{s}, StateId{t});
        else
          lose(StateId{s}, StateId{t});
      }
  }

  // `former` does not simulate `target` any more, so a step to it answers no step to `target`.
  void conclude(StateId target, StateId former) {
    const std::vector<Step>& challenges = steps_to_[index(target)];
    for (const Step& answer : steps_to_[index(former)]) {
      budget_.poll();
      const auto same = std::ranges::equal_range(challenges, answer.event, {}, &Step::event);
      if (same.empty()) continue;
      const Row row = with_event(lts_.transitions(answer.source), answer.event);
      if (std::ranges::any_of(row, [&](const Transition& t) { return related_.contains(target, t.target); })) continue;
      for (const Step& challenge : same)
        if (related_.contains(challenge.source, answer.source)) lose(challenge.source, answer.source);
    }
  }

  const Lts& lts_;
  Budget& budget_;
  StateRelation related_;
  StateRelation lost_;
  std::vector<bool> is_open_;
  std::vector<StateId> open_;
  std::vector<std::vector<Step>> steps_to_;
};

// Of the states that simulate each other, one stands for all.
struct Similar {
  Classes classes;
  std::vector<StateId> first;  // by class: that state
};

Similar similar_states(const StateRelation& simulated, std::uint32_t states, Budget& budget) {
  Similar similar{{std::vector<StateId>(states), 0}, {}};
  for (std::uint32_t s = 0; s < states; ++s) {
    budget.poll(1 + similar.classes.count / 64);
    const auto known = std::ranges::find_if(similar.first, [&](StateId t) {
      return simulated.contains(StateId{s}, t) && simulated.contains(t, StateId{s});
    });
    similar.classes.of[s] = StateId{static_cast<std::uint32_t>(known - similar.first.begin())};
    if (known == similar.first.end()) similar.first.push_back(StateId{s});
  }
  similar.classes.count = static_cast<std::uint32_t>(similar.first.size());
  return similar;
}

}  // namespace

StateRelation::StateRelation(std::uint32_t states, const Budget& budget) : words_((states + std::size_t{63}) / 64) {
  budget.reserve(std::uint64_t{states} * words_ * sizeof(std::uint64_t));
  bits_.resize(states * words_);
}

StateRelation simulation_preorder(const Lts& lts, bool ready, Budget& budget) {
  return PreorderRefinement(lts, ready, budget).run();
}

Lts least_by_simulation(const Lts& lts, bool ready, Budget& budget) {
  const StateRelation simulated = simulation_preorder(lts, ready, budget);
  const auto [classes, first] = similar_states(simulated, lts.state_count(), budget);
  const Lts similar = quotient(lts, classes, InnerTau::keep, budget);
  LtsBuilder builder;
  std::vector<StateId> terminated;
  for (std::uint32_t c = 0; c < classes.count; ++c) {
    if (similar.is_terminated(StateId{c})) terminated.push_back(StateId{c});
    const Row row = similar.transitions(StateId{c});
    for (const Transition& t : row) {
      const auto outdoes = [&](const Transition& other) {
        return other.target != t.target && simulated.contains(first[index(t.target)], first[index(other.target)]);
      };
      if (std::ranges::none_of(with_event(row, t.event), outdoes)) builder.add(StateId{c}, t);
    }
  }
  return std::move(builder).finish(classes.count, similar.initial(), similar.events(), terminated);
}

}  // namespace tryst
