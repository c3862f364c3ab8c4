#include "checker/quotient.hpp"

#include "checker/tau_cycles.hpp"
#include "semantics/lazy_lts.hpp"

namespace tryst {

namespace {

template <class Visit>
void each_transition(const Lts& lts, Visit visit) {
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (const Transition& t : lts.transitions(static_cast<StateId>(s))) visit(static_cast<StateId>(s), t);
}

}  // namespace

Union disjoint_union(const Lts& left, const Lts& right) {
  EventNames names = left.events();
  std::vector<EventId> translation{tau, tick};
  for (std::size_t e = 2; e < right.events().size(); ++e)
    translation.push_back(names.intern(right.events().name(static_cast<EventId>(e))));
  const std::uint32_t offset = left.state_count();
  const auto shifted = [&](StateId s) { return static_cast<StateId>(offset + index(s)); };
  std::vector<Lts::Edge> edges;
  edges.reserve(left.transition_count() + right.transition_count());
  std::vector<StateId> terminated;
  each_transition(left, [&](StateId s, const Transition& t) { edges.push_back({s, t.event, t.target}); });
  each_transition(right, [&](StateId s, const Transition& t) {
    edges.push_back({shifted(s), translation[index(t.event)], shifted(t.target)});
  });
  for (std::uint32_t s = 0; s < left.state_count(); ++s)
    if (left.is_terminated(static_cast<StateId>(s))) terminated.push_back(static_cast<StateId>(s));
  for (std::uint32_t s = 0; s < right.state_count(); ++s)
    if (right.is_terminated(static_cast<StateId>(s))) terminated.push_back(shifted(static_cast<StateId>(s)));
  Lts both(offset + right.state_count(), left.initial(), std::move(edges), std::move(names), std::move(terminated));
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
  std::vector<Lts::Edge> edges;
  edges.reserve(lts.transition_count());
  std::vector<StateId> terminated;
  each_transition(lts, [&](StateId s, const Transition& t) {
    const StateId source = component[index(s)];
    const StateId target = component[index(t.target)];
    if (t.event != tau || source != target)
      edges.push_back({source, t.event, target});
    else if (mark_divergence)
      edges.push_back({source, mark, source});
  });
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    if (lts.is_terminated(static_cast<StateId>(s))) terminated.push_back(component[s]);
  Lts contracted(cycles.component_count(), component[index(lts.initial())], std::move(edges), std::move(names),
                 std::move(terminated));
  return {std::move(contracted), std::move(component)};
}

Lts quotient(const Lts& lts, const Classes& classes, InnerTau inner_tau, Budget& budget) {
  LazyLts lazy(lts);
  TauCycles cycles(lazy, budget);
  const auto keeps = [&](StateId s, const Transition& t) {
    if (t.event != tau || inner_tau == InnerTau::keep || classes.of[index(s)] != classes.of[index(t.target)])
      return true;
    return inner_tau == InnerTau::keep_cycles && cycles.on_cycle(s) &&
           cycles.component(s) == cycles.component(t.target);
  };
  std::vector<Lts::Edge> edges;
  std::vector<bool> lives(classes.count, false);  // some member is not Ω
  for (std::uint32_t i = 0; i < lts.state_count(); ++i) {
    budget.poll();
    const StateId s = static_cast<StateId>(i);
    const StateId source = classes.of[i];
    if (!lts.is_terminated(s)) lives[index(source)] = true;
    for (const Transition& t : lts.transitions(s))
      if (keeps(s, t)) edges.push_back({source, t.event, classes.of[index(t.target)]});
  }
  std::vector<StateId> terminated;
  for (std::uint32_t c = 0; c < classes.count; ++c)
    if (!lives[c]) terminated.push_back(static_cast<StateId>(c));
  return Lts(classes.count, classes.of[index(lts.initial())], std::move(edges), lts.events(), std::move(terminated));
}

}  // namespace tryst
