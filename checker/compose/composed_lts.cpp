#include "checker/compose/composed_lts.hpp"

#include <map>

#include "semantics/lts_builder.hpp"

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

}  // namespace tryst
