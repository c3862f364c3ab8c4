// A π-process as a transition system: states are settled terms, numbered as they are met.
//
//   early     `a<b>` for every b that is free in the state, and for one fresh name; with several objects, for every
//   tuple
//             that differs by more than a renaming of fresh names
//   late      `a(x)`, where x is the least fresh name
//   symbolic  as late, with the condition in front: `[a=b]'c<d>`; free names are variables
// Where data are received, Booleans are chosen in each semantics, `a<true>`, and a number is a variable, `a(_0)` or
// `a<_0>`: then transitions may be under conditions on it, `[_0 <= 3]'b<_0>`, that stand in front of the action.
// Outputs are `'a<b>`, and `'a<^_0>` where _0 is extruded. Fresh names are the least that are not free in the state, so
// finite-control processes have finitely many states. The labels of two systems mean the same only where neither
// binds names: elsewhere fresh names are aligned state by state (checker's relations of the π-calculus).
// Satisfies TransitionSystem. Not thread-safe.
#pragma once

#include <unordered_map>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/pi/transitions.hpp"
#include "semantics/transition_system.hpp"

namespace tryst::pi {

enum class Semantics : std::uint8_t { early, late, symbolic };

// Whether 0 is a proper end or a state without transitions like any other (as the Mobility Workbench has it).
enum class Ending : std::uint8_t { deadlock, proper };

struct BindsNames {};

class PiSystem {
 public:
  PiSystem(Transitions& transitions, TermId initial, Semantics semantics, Ending ending = Ending::deadlock);

  void set_budget(Budget*);  // of the question being answered; null: none

  StateId initial();
  void successors(StateId, std::vector<Transition>& out);
  const EventNames& events() const { return events_; }
  // From now on numbers received are these, and no variables. The system begins anew, with no states but the first.
  void set_integers(std::vector<Name> integers);
  void add_integers(const std::vector<std::int64_t>&);
  const std::vector<Name>& integers() const { return integers_; }
  bool has_received_integers() const { return has_received_integers_; }
  Ending ending() const { return ending_; }
  // From now on successors() throws BindsNames at a transition that receives a name, extrudes one or is under a
  // condition.
  void refuse_binding() { refuses_binding_ = true; }
  bool is_terminated(StateId s) const { return ending_ == Ending::proper && term(s) == terms_.nil(); }

  TermId term(StateId s) const { return states_[index(s)]; }

  // A commitment that leads from a state to another under an event: for the lines of a trace. Null if there is none.
  const Commitment* commitment(StateId, Transition);

 private:
  StateId number_of(TermId);
  void add(const Commitment&, std::span<const Name> known, std::vector<Transition>& out);
  void add_receptions(const Commitment&, std::span<const Name> known, std::vector<Transition>& out);
  std::string label(const Commitment&, std::span<const Name> names, char open, char close) const;

  Transitions& transitions_;
  Terms& terms_;
  TermId initial_;
  Semantics semantics_;
  Ending ending_;
  Budget* budget_ = nullptr;
  EventNames events_;
  bool refuses_binding_ = false;
  std::vector<Name> integers_;  // ascending
  bool has_received_integers_ = false;
  std::vector<TermId> states_;
  std::unordered_map<TermId, StateId> numbers_;
};

static_assert(TransitionSystem<PiSystem>);

}  // namespace tryst::pi
