// Several parts of a net as one system: all that they can do together, whatever the others allow.
//
// A joint of the interface is a transition for each choice of transitions of its participants; actions in no joint
// cannot happen and are left out. States are numbered breadth first from the initial one.
// Cost: of a state, the joints of its moves; memory: as many numbers a state as there are parts, and 8 bytes a
// transition.
#pragma once

#include "checker/compose/action_net.hpp"

namespace tryst {

struct Product {
  Lts lts;
  std::vector<StateId> locals;  // one a part, by state

  std::span<const StateId> locals_of(StateId s, std::size_t parts) const {
    return {locals.data() + index(s) * parts, parts};
  }
};

struct ProductLimits {
  std::uint32_t states_max;
  std::uint64_t transitions_max;
};

// The joints of an interface by the first of their parts and its action, so that those that a state may perform are
// found from its moves. Participants are given by their place in the set.
class JointTable {
 public:
  struct Participant {
    std::uint32_t place;
    EventId action;
  };
  struct Joint {
    std::span<const Participant> participants;
    EventId action;
  };

  JointTable(std::span<const PartId> set, const Interface&);
  // Those whose first participant is this one with this action.
  std::span<const Joint> led_by(std::size_t place, EventId action) const;

 private:
  std::vector<Participant> participants_;
  std::vector<std::vector<std::pair<EventId, std::uint32_t>>> first_;  // by place: sorted by action, into joints_
  std::vector<Joint> joints_;                                          // by place and action
};

// None: beyond the limits.
std::optional<Product> product_of(std::span<const Lts* const> parts, const JointTable&, std::uint32_t actions,
                                  ProductLimits, Budget&);

}  // namespace tryst
