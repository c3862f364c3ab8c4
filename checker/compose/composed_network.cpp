#include "checker/compose/composed_network.hpp"

#include <algorithm>

namespace tryst {

namespace {

class LtsSource final : public LocalSource {
 public:
  explicit LtsSource(const Lts& lts) : lts_(lts) {}
  std::uint32_t size() const override { return lts_.state_count(); }
  void moves(LocalId s, std::vector<Move>& out) override {
    for (const Transition& t : lts_.transitions(StateId{index(s)})) out.push_back({t.event, LocalId{index(t.target)}});
  }

 private:
  const Lts& lts_;
};

}  // namespace

ComposedNetwork::ComposedNetwork(const ActionNet& net, const EventNames& events) : net_(net), events_(events) {
  for (const PriorityLayer& each : net.layers()) add_layer(each);
  for (const PartId p : net.present()) {
    const std::uint32_t component = add_component(add_graph(std::make_unique<LtsSource>(net.part(p))));
    component_of_[p] = component;
    seen_.emplace_back();
    for (const std::uint32_t r : net.rules_of(p))
      for (const PartAction& participant : net.rule(r).participants)
        if (participant.part == p) seen_.back().rules[participant.action].push_back(r);
  }
}

void ComposedNetwork::on_label(std::uint32_t component, LabelId label, EventId action) {
  const Participant one{component, label};
  if (action == tau) return add_rule(tau, {&one, 1}, net_.ranks_of_tau());
  Seen& seen = seen_[component];
  seen.labels[action].push_back(label);
  const auto rules = seen.rules.find(action);
  if (rules == seen.rules.end()) return;
  for (const std::uint32_t r : rules->second) {
    const JointRule& rule = net_.rule(r);
    if (rule.event == ended)
      add_end_mark(one);
    else
      combine(rule, component, label);
  }
}

// Every choice of labels that the other participants have shown so far, like the digits of a number.
void ComposedNetwork::combine(const JointRule& rule, std::uint32_t component, LabelId label) {
  std::vector<Participant> participants;
  std::vector<std::vector<LabelId>> options;
  for (const PartAction& p : rule.participants) {
    const std::uint32_t other = component_of_.at(p.part);
    participants.push_back({other, label});
    options.push_back(other == component ? std::vector<LabelId>{label} : seen_[other].labels[p.action]);
    if (options.back().empty()) return;
  }
  std::vector<std::size_t> chosen(options.size(), 0);
  for (;;) {
    for (std::size_t i = 0; i < options.size(); ++i) participants[i].label = options[i][chosen[i]];
    add_rule(rule.event, participants, rule.ranks);
    std::size_t i = options.size();
    while (i > 0 && ++chosen[i - 1] == options[i - 1].size()) chosen[--i] = 0;
    if (i == 0) return;
  }
}

}  // namespace tryst
