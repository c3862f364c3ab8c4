// A network as a TransitionSystem: global states interned as they are met.
//
// Its transitions are those of the rules, sorted and distinct. `Process` gives a state back to the calculus: the local
// states of the components.
// Memory: that of a StateTable. Not thread-safe.
#pragma once

#include <vector>

#include "semantics/network/firing.hpp"
#include "semantics/network/state_table.hpp"
#include "semantics/transition_system.hpp"

namespace tryst {

class NetworkSystem {
 public:
  explicit NetworkSystem(Network&);

  StateId initial() const { return StateId{0}; }
  void successors(StateId, std::vector<Transition>& out);
  const EventNames& events() const { return network_.events(); }
  bool is_terminated(StateId s) const { return firing_.is_terminated(state(s)); }

  void locals(StateId s, std::vector<LocalId>& out) const { firing_.unpack(state(s), out); }
  std::size_t size() const { return states_.size(); }

 private:
  const std::uint64_t* state(StateId s) const { return states_[index(s)]; }

  Network& network_;
  Firing firing_;
  StateTable states_;
  Fired fired_;
  std::vector<LocalState> missing_;
};

static_assert(TransitionSystem<NetworkSystem>);

}  // namespace tryst
