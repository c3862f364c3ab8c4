#include "checker/compose/composed_lts.hpp"

#include <map>

#include "checker/compose/attempt.hpp"
#include "checker/compose/composed_network.hpp"
#include "semantics/lazy_lts.hpp"
#include "semantics/lts_builder.hpp"
#include "semantics/network/network_system.hpp"

namespace tryst {

namespace {

// The only part that is left, by the events of its rules.
Lts with_events(const ActionNet& net, const EventNames& names) {
  const PartId part = net.present().front();
  std::map<EventId, std::vector<EventId>> events_of{{tau, {tau}}};  // by action
  for (const std::uint32_t r : net.rules_of(part))
    events_of[net.rule(r).participants.front().action].push_back(net.rule(r).event);
  const Lts& lts = net.part(part);
  LtsBuilder builder;
  std::vector<StateId> terminated;
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (const Transition& t : lts.transitions(StateId{s}))
      for (const EventId event : events_of[t.event]) {
        if (event == ended)
          terminated.push_back(StateId{s});
        else
          builder.add(StateId{s}, {event, t.target});
      }
  return std::move(builder).finish(lts.state_count(), lts.initial(), names, terminated);
}

// What a part may be replaced by: strong bisimilarity where τ is an event like others, else the branching bisimilarity
// that respects divergence if the relation does. All are congruences for what a network is made with.
struct Respected {
  Compression how;
  Observed observed;
};

Respected respected_by(Relation relation) {
  switch (relation) {
    case Relation::strong:
    case Relation::trace:
    case Relation::simulation:
    case Relation::ready_simulation: return {Compression::strong, Observed::branching_time};
    case Relation::branching:
    case Relation::weak:
    case Relation::weak_trace: return {Compression::branching, Observed::traces};
    case Relation::dp_branching:
    case Relation::dp_weak:
    case Relation::failures:
    case Relation::failures_divergences: break;
  }
  return {Compression::branching, Observed::branching_time};
}

}  // namespace

std::optional<Lts> composed_lts(Network& network, Observed observed, Budget& budget) {
  auto net = ActionNet::of(
      network, [](EventId e) { return e; }, {}, budget);
  if (!net) return std::nullopt;
  Composer composer(std::move(*net), observed, budget);
  composer.begin(Compression::branching);
  composer.compose_named(network.named_parts());
  if (!composer.compose_completely() || !composer.has_saved_states()) return std::nullopt;
  return with_events(composer.net(), network.events());
}

std::optional<Lts> composed_lts(Network& network, Relation relation, Budget& budget) {
  if (network.size() > composed_components_max) return std::nullopt;
  const Respected respected = respected_by(relation);
  const auto composer = composed(network, {}, respected.how, respected.observed, budget);
  if (!composer || !composer->has_saved_states()) return std::nullopt;
  ComposedNetwork small(composer->net(), network.events());
  NetworkSystem system(small);
  return explore(system, budget);
}

}  // namespace tryst
