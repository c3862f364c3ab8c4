// The reference engine: a TransitionSystem that executes the operational rules on process terms, one function a rule.
//
// Obviously right before fast: the transitions of subterms are remembered (there are few), those of the whole state are
// not. Unguarded recursion (`P = P [] a -> STOP`) is a ScriptError that names the process. derivation() is what
// evidence is explained and replayed with: which component did what, and where it is written.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/csp/terms.hpp"
#include "semantics/transition_system.hpp"

namespace tryst::csp {

class ReferenceSystem {
 public:
  ReferenceSystem(Terms&, Unfolder&, ProcessId initial);
  ~ReferenceSystem();

  void set_budget(Budget*);  // of the question being answered; null: none

  StateId initial();
  void successors(StateId, std::vector<Transition>& out);
  const EventNames& events() const;
  bool is_terminated(StateId);

  ProcessId term(StateId) const;
  // The state that a term is; it need not have been met.
  StateId state(ProcessId);

  // The parallel components of the initial state, left to right: names for the columns of a counterexample.
  std::vector<std::string> components();

  struct ComponentStep {
    std::uint32_t component;  // index into components()
    EventId event;            // the component's own event, before hiding and renaming
    Span span;                // the prefix or operator that performed it
    EventId origin;           // the event there, before the hiding and renaming inside the component
  };
  // How `source` performs the transition: one entry for each component that takes part. Empty iff it is not a
  // transition of `source`: this is the replay.
  std::vector<ComponentStep> derivation(StateId source, Transition);
  // Whether it is one, without a look at what else `source` can do: a state of thousands of components has thousands of
  // other transitions.
  bool performs(StateId source, Transition t) { return !derivation(source, t).empty(); }

  struct ComponentState {
    std::uint32_t component;
    Span span;                    // where the component now stands
    std::vector<EventId> offers;  // what it could do by itself, sorted
  };
  std::vector<ComponentState> standing(StateId);

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

static_assert(TransitionSystem<ReferenceSystem>);

}  // namespace tryst::csp
