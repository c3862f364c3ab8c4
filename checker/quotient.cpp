#include "checker/quotient.hpp"

#include <algorithm>

#include "checker/tau_cycles.hpp"
#include "semantics/lazy_lts.hpp"
#include "semantics/lts_builder.hpp"

namespace tryst {

namespace {

// The states of each group, one group after another: group g has states[first[g], first[g + 1]), ascending.
struct Groups {
  std::vector<std::uint32_t> first;
  std::vector<StateId> states;

  std::span<const StateId> operator[](std::uint32_t g) const {
    return {states.data() + first[g], states.data() + first[g + std::size_t{1}]};
  }
  // The groups come in order from g on, and the rows of their first states will be read.
  void prefetch(const Lts& lts, std::uint32_t g) const {
    if (g + std::size_t{32} < first.size()) __builtin_prefetch(states.data() + first[g + 32]);
    if (g + std::size_t{16} < first.size() - 1) lts.prefetch(states[first[g + 16]]);
    if (g + std::size_t{8} < first.size() - 1) lts.prefetch_row(states[first[g + 8]]);
  }
};

Groups grouped(std::span<const StateId> group_of, std::uint32_t count) {
  Groups groups{std::vector<std::uint32_t>(count + std::size_t{1}, 0), std::vector<StateId>(group_of.size())};
  for (const StateId g : group_of) ++groups.first[index(g)];
  std::uint32_t end = 0;
  for (std::uint32_t& first : groups.first) first = end += first;
  for (std::uint32_t s = static_cast<std::uint32_t>(group_of.size()); s-- > 0;)
    groups.states[--groups.first[index(group_of[s])]] = static_cast<StateId>(s);
  return groups;
}

}  // namespace

Union disjoint_union(const Lts& left, const Lts& right) {
  EventNames names = left.events();
  std::vector<EventId> translation{tau, tick};
  for (std::size_t e = 2; e < right.events().size(); ++e)
    translation.push_back(names.intern(right.events().name(static_cast<EventId>(e))));
  const std::uint32_t offset = left.state_count();
  const auto shifted = [&](StateId s) { return static_cast<StateId>(offset + index(s)); };
  LtsBuilder builder;
  builder.reserve(left.transition_count() + right.transition_count());
  std::vector<StateId> terminated;
  for (std::uint32_t i = 0; i < left.state_count(); ++i) {
    const StateId s = static_cast<StateId>(i);
    for (const Transition& t : left.transitions(s)) builder.add(s, t);
    if (left.is_terminated(s)) terminated.push_back(s);
  }
  for (std::uint32_t i = 0; i < right.state_count(); ++i) {
    const StateId s = static_cast<StateId>(i);
    for (const Transition& t : right.transitions(s))
      builder.add(shifted(s), {translation[index(t.event)], shifted(t.target)});
    if (right.is_terminated(s)) terminated.push_back(shifted(s));
  }
  Lts both = std::move(builder).finish(offset + right.state_count(), left.initial(), std::move(names), terminated);
  return {std::move(both), left.initial(), shifted(right.initial())};
}

Contraction contract_tau_cycles(const Lts& lts, bool mark_divergence, Budget& budget) {
  LazyLts lazy(lts);
  TauCycles cycles(lazy, budget);
  std::vector<StateId> component;
  component.reserve(lts.state_count());
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    component.push_back(static_cast<StateId>(cycles.component(static_cast<StateId>(s))));

  EventNames names = lts.events();
  const EventId mark = mark_divergence ? names.intern("\ndivergence") : tau;  // no event has a line end in its name
  const std::uint32_t count = cycles.component_count();
  const Groups members = grouped(component, count);
  LtsBuilder builder;
  builder.reserve(lts.transition_count());
  std::vector<StateId> terminated;
  for (std::uint32_t c = 0; c < count; ++c) {
    const StateId source = static_cast<StateId>(c);
    for (const StateId s : members[c]) {
      for (const Transition& t : lts.transitions(s)) {
        const StateId target = component[index(t.target)];
        if (t.event != tau || source != target)
          builder.add(source, {t.event, target});
        else if (mark_divergence)
          builder.add(source, {mark, source});
      }
      if (lts.is_terminated(s)) terminated.push_back(source);
    }
  }
  Lts contracted = std::move(builder).finish(count, component[index(lts.initial())], std::move(names), terminated);
  return {std::move(contracted), std::move(component)};
}

namespace {

// One state a class, with the kept transitions of the class's first `members_max` members.
Lts merged(const Lts& lts, const Classes& classes, std::size_t members_max, const auto& keeps, Budget& budget) {
  const Groups members = grouped(classes.of, classes.count);
  LtsBuilder builder;
  builder.reserve(lts.transition_count());  // takes no memory before it is used
  std::vector<StateId> terminated;
  for (std::uint32_t c = 0; c < classes.count; ++c) {
    const StateId source = static_cast<StateId>(c);
    bool lives = false;  // some member is not Ω
    const std::span<const StateId> all = members[c];
    members.prefetch(lts, c);
    for (const StateId s : all) {
      budget.poll();
      if (!lts.is_terminated(s)) lives = true;
    }
    for (const StateId s : all.first(std::min(members_max, all.size())))
      for (const Transition& t : lts.transitions(s))
        if (keeps(s, t)) builder.add(source, {t.event, classes.of[index(t.target)]});
    if (!lives) terminated.push_back(source);
  }
  return std::move(builder).finish(classes.count, classes.of[index(lts.initial())], lts.events(), terminated);
}

}  // namespace

Lts quotient(const Lts& lts, const Classes& classes, InnerTau inner_tau, Budget& budget) {
  LazyLts lazy(lts);
  TauCycles cycles(lazy, budget);
  const auto keeps = [&](StateId s, const Transition& t) {
    if (t.event != tau || inner_tau == InnerTau::keep || classes.of[index(s)] != classes.of[index(t.target)])
      return true;
    return inner_tau == InnerTau::keep_cycles && cycles.on_cycle(s) &&
           cycles.component(s) == cycles.component(t.target);
  };
  return merged(lts, classes, lts.state_count(), keeps, budget);
}

Lts strong_quotient(const Lts& lts, const Classes& classes, Budget& budget) {
  return merged(
      lts, classes, 1, [](StateId, const Transition&) { return true; }, budget);
}

}  // namespace tryst
