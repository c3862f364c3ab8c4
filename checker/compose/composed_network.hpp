// The parts of a net as a network again, for the packed search. Component i is the i-th part that is present.
//
// A part's actions are the events of its labels; where an action leads to several states, LocalGraph makes labels of
// it, and each combination of labels of the participants of a rule is a rule here.
// The net must outlive it.
#pragma once

#include <unordered_map>

#include "checker/compose/action_net.hpp"

namespace tryst {

class ComposedNetwork final : public Network {
 public:
  // `events`: of the network that the net was made from.
  ComposedNetwork(const ActionNet&, const EventNames& events);

  const EventNames& events() const override { return events_; }

 private:
  void on_label(std::uint32_t component, LabelId, EventId action) override;
  void combine(const JointRule&, std::uint32_t component, LabelId);

  const ActionNet& net_;
  const EventNames& events_;
  std::unordered_map<PartId, std::uint32_t> component_of_;
  struct Seen {
    std::unordered_map<EventId, std::vector<std::uint32_t>> rules;  // of the net, by action
    std::unordered_map<EventId, std::vector<LabelId>> labels;       // met so far, by action
  };
  std::vector<Seen> seen_;  // by component
};

}  // namespace tryst
