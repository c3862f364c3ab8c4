// A network as a TransitionSystem: global states interned as they are met.
//
// Its transitions are those of the rules, sorted and distinct. `Process` gives a state back to the calculus: the local
// states of the components.
//   states_   packed states, one after the other, by StateId
//   slots_    exact set of them: open addressing, a power of two, at most 3/5 full; index + 1, 0 is empty
// When a component outgrows its field, all states are packed anew; ids stay.
// Memory: 8 bytes a state and word, and at most 7 in the set. Not thread-safe.
#pragma once

#include <vector>

#include "semantics/network/firing.hpp"
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
  std::size_t size() const { return states_.size() / firing_.packing().words(); }

 private:
  const std::uint64_t* state(StateId s) const { return states_.data() + index(s) * firing_.packing().words(); }
  StateId intern(const std::uint64_t* packed);
  std::size_t slot_of(const std::uint64_t* packed) const;
  void convert(const Packing& old);
  void fill_slots(std::size_t count);

  Network& network_;
  Firing firing_;
  std::vector<std::uint64_t> states_;
  std::vector<std::uint32_t> slots_;
  Fired fired_;
  std::vector<LocalState> missing_;
};

static_assert(TransitionSystem<NetworkSystem>);

}  // namespace tryst
