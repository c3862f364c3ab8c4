#include "checker/compose/action_net.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>

#include "semantics/lts_builder.hpp"

namespace tryst {

namespace {

EventId action_of(LabelId label) { return static_cast<EventId>(index(label) + 2); }

// False: there are more local states, moves or rules than the limits say.
bool build_all(Network& network, ActionNet::Limits limits, Budget& budget) {
  std::vector<std::uint32_t> built;                // by graph: states with rows
  for (bool is_complete = false; !is_complete;) {  // rows bring components, and states of those before
    is_complete = true;
    std::size_t locals = 0;
    std::size_t moves = 0;
    for (std::size_t c = 0; c < network.size(); ++c) {
      built.resize(std::max<std::size_t>(built.size(), network.graph_of(c) + std::size_t{1}), 0);
      for (std::uint32_t& next = built[network.graph_of(c)]; next < network.graph(c).size(); ++next) {
        is_complete = false;
        if (!network.graph(c).is_expanded(LocalId{next})) network.expand(c, LocalId{next});
        budget.poll();
        if (locals + network.graph(c).size() > limits.locals_max || network.rules().size() > limits.rules_max ||
            moves + network.graph(c).moves() > limits.moves_max || network.graph(c).size() > network.alone_max(c))
          return false;
      }
      locals += network.graph(c).size();
      moves += network.graph(c).moves();
    }
  }
  return true;
}

Lts part_of(const LocalGraph& graph) {
  LtsBuilder builder;
  for (std::uint32_t s = 0; s < graph.size(); ++s)
    for (const LocalGraph::Move& move : graph.row(LocalId{s}))
      builder.add(StateId{s}, {action_of(move.label), StateId{index(move.target)}});
  const auto actions = static_cast<std::uint32_t>(graph.labels().size() + 2);
  return std::move(builder).finish(graph.size(), StateId{0}, action_names(actions));
}

}  // namespace

EventNames action_names(std::uint32_t actions) {
  EventNames names;
  for (std::uint32_t a = 2; a < actions; ++a) names.intern(fmt::format("{}", a));
  return names;
}

std::optional<ActionNet> ActionNet::of(Network& network, const std::function<EventId(EventId)>& seen, Limits limits,
                                       Budget& budget) {
  if (!build_all(network, limits, budget)) return std::nullopt;
  ActionNet net;
  for (std::size_t c = 0; c < network.size(); ++c) {
    budget.poll();
    net.parts_.push_back(part_of(network.graph(c)));
    net.present_.push_back(PartId{static_cast<std::uint32_t>(c)});
  }
  net.rules_of_.resize(network.size());
  const auto participant = [](const Participant& p) { return PartAction{PartId{p.component}, action_of(p.label)}; };
  for (const Rule& rule : network.rules()) {
    budget.poll();
    const auto ranks = network.ranks(rule);
    JointRule joint{seen(rule.event), {}, {ranks.begin(), ranks.end()}};
    for (const Participant& p : network.participants(rule)) joint.participants.push_back(participant(p));
    net.add_rule(std::move(joint));
  }
  for (const Participant& mark : network.end_marks()) net.add_rule({ended, {participant(mark)}, {}});
  net.layers_.assign(network.layers().begin(), network.layers().end());
  assert(std::ranges::all_of(net.layers_, &PriorityLayer::is_tau_urgent));
  for (std::uint32_t layer = 0; layer < net.layers_.size(); ++layer)
    net.ranks_of_tau_.push_back({layer, PriorityLayer::grade_of_tau});
  return net;
}

void ActionNet::add_rule(JointRule rule) {
  for (const PartAction& p : rule.participants)
    rules_of_[index(p.part)].push_back(static_cast<std::uint32_t>(rules_.size()));
  rules_.push_back(std::move(rule));
  is_alive_.push_back(true);
  ++alive_rules_;
}

std::vector<std::uint32_t> ActionNet::rules_of(PartId p) const {
  std::vector<std::uint32_t> rules;
  for (const std::uint32_t r : rules_of_[index(p)])
    if (is_alive_[r]) rules.push_back(r);
  return rules;
}

Interface ActionNet::interface_of(std::span<const PartId> set, Budget& budget) const {
  std::vector<std::uint32_t> touching;
  for (const PartId p : set) {
    const auto rules = rules_of(p);
    touching.insert(touching.end(), rules.begin(), rules.end());
  }
  std::ranges::sort(touching);
  touching.erase(std::ranges::unique(touching).begin(), touching.end());

  using Outside = std::vector<JointRule>;  // what completes a joint action: other parts, and the event
  std::map<std::vector<PartAction>, Outside> joints;
  for (const std::uint32_t r : touching) {
    budget.poll();
    std::vector<PartAction> inside;
    JointRule outside{rules_[r].event, {}, rules_[r].ranks};
    for (const PartAction& p : rules_[r].participants)
      (std::ranges::binary_search(set, p.part) ? inside : outside.participants).push_back(p);
    joints[std::move(inside)].push_back(std::move(outside));
  }

  Interface result;
  std::map<Outside, EventId> action_of_outside;
  action_of_outside[{JointRule{tau, {}, ranks_of_tau_}}] = tau;
  const PartId whole{static_cast<std::uint32_t>(parts_.size())};
  for (auto& [participants, outside] : joints) {
    budget.poll();
    std::ranges::sort(outside);
    outside.erase(std::ranges::unique(outside).begin(), outside.end());
    const auto [entry, added] = action_of_outside.try_emplace(outside, EventId{result.actions});
    result.joints.push_back({participants, entry->second});
    if (!added) continue;
    ++result.actions;
    for (JointRule& rule : outside) {
      rule.participants.push_back({whole, entry->second});  // its number is the highest
      result.rules.push_back(std::move(rule));
    }
  }
  return result;
}

PartId ActionNet::replace(std::span<const PartId> set, Lts whole, const Interface& interface) {
  const PartId part{static_cast<std::uint32_t>(parts_.size())};
  for (const PartId p : set) {
    for (const std::uint32_t r : rules_of(p)) {
      is_alive_[r] = false;
      --alive_rules_;
    }
    rules_of_[index(p)] = {};
  }
  std::erase_if(present_, [&](PartId p) { return std::ranges::binary_search(set, p); });
  present_.push_back(part);
  parts_.push_back(std::move(whole));
  rules_of_.emplace_back();
  for (const JointRule& rule : interface.rules) add_rule(rule);
  return part;
}

}  // namespace tryst
