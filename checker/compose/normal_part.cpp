// The compression `normal`: the normal form of a system as a system.
//
// A node offers all that its trace can be followed by. If its only least acceptance is that, it is one stable state.
// Otherwise τ leads from it to one stable state for each least acceptance, and to itself if it diverges; what follows a
// divergence is kept, so that the traces and stable failures stay as they are too.
#include "checker/compose/compression.hpp"
#include "checker/normal_form.hpp"
#include "semantics/lts_builder.hpp"

namespace tryst {

std::optional<Lts> normal_form_of(const Lts& lts, Observed observed, Budget& budget) {
  constexpr std::uint64_t members_share_max = 16;  // larger sets of states cost more than such a form saves
  const std::uint64_t weight_max = lts.state_count() + lts.transition_count();
  std::uint64_t members = 0;
  LazyLts rows(lts);
  NormalForm form(rows, budget);
  // States: nodes at even numbers in the order in which they are met, and choices between them; packed at the end.
  std::vector<Lts::Edge> edges;
  std::vector<StateId> state_of;  // by node
  std::uint32_t states = 0;
  const auto state = [&](NodeId n) {
    while (state_of.size() < form.size()) state_of.push_back(static_cast<StateId>(states++));
    return state_of[index(n)];
  };
  state(form.initial());
  for (std::uint32_t i = 0; i < form.size(); ++i) {
    const NodeId node{i};
    const std::vector<EventId> initials(form.initials(node).begin(), form.initials(node).end());
    std::vector<StateId> targets;
    for (std::size_t k = 0; k < initials.size(); ++k) targets.push_back(state(form.after(node, k)));
    const StateId source = state(node);
    for (std::size_t k = 0; k < initials.size(); ++k) edges.push_back({source, initials[k], targets[k]});
    if (observed != Observed::traces) {
      const bool diverges = form.diverges(node);
      const auto acceptances = form.acceptances(node);
      const bool is_stable =
          !diverges && acceptances.size() == 1 && std::ranges::equal(form.events(acceptances.front()), initials);
      for (std::size_t a = 0; !is_stable && a < acceptances.size(); ++a) {
        const StateId choice = static_cast<StateId>(states++);
        edges.push_back({source, tau, choice});
        for (const EventId e : form.events(acceptances[a])) {
          const auto at = std::ranges::lower_bound(initials, e) - initials.begin();
          edges.push_back({choice, e, targets[static_cast<std::size_t>(at)]});
        }
      }
      if (diverges) edges.push_back({source, tau, source});
    }
    members += form.members(node).size();
    if (states + edges.size() > weight_max || members > members_share_max * weight_max) return std::nullopt;
  }
  return Lts(states, state(form.initial()), std::move(edges), lts.events());
}

}  // namespace tryst
