// Replay: whether a term can make a given move, and who takes part in it.
//
// The search is directed by the goal and goes down the term operator by operator; it is written from the rules of
// semantics/csp/rules.hpp but shares no code with them, so that a counterexample found with one is confirmed by the
// other. It asks for the remembered moves of a subterm in three places only: to enumerate which hidden event a τ may
// have been, to see what priority must yield to, and for what looks ahead (chase, deter, watchdogs). Terms nested
// deeper than depth_max are looked up in their moves as a whole.
#pragma once

#include <vector>

#include "semantics/csp/components.hpp"
#include "semantics/csp/reference_system.hpp"
#include "semantics/csp/term_graph.hpp"

namespace tryst::csp {

class Derivation {
 public:
  static constexpr std::size_t depth_max = 2000;

  Derivation(TermGraph&, const Components&);

  // How `source` performs `event` and becomes `goal` (both resolved); empty if it does not.
  std::vector<ReferenceSystem::ComponentStep> find(ProcessId source, EventId event, ProcessId goal);

 private:
  static constexpr ProcessId any = no_id<ProcessId>;   // a goal: whatever it becomes
  static constexpr std::uint32_t inside = 0xffffffff;  // a node: within a component

  struct Attempt {
    ProcessId id;
    TermView term;
    EventId event;
    ProcessId goal;
    std::uint32_t node;
  };

  bool derive(ProcessId, EventId, ProcessId goal, std::uint32_t node);
  bool by_operator(const Attempt&);
  bool basic(const Attempt&);
  bool choice(const Attempt&);
  bool sequence(const Attempt&);
  bool interruption(const Attempt&);
  bool parallel(const Attempt&);
  bool link(const Attempt&);
  bool relabelling(const Attempt&);
  bool priority(const Attempt&);
  bool looked_up(const Attempt&);
  bool chased(const Attempt&);

  void performed_by(const Attempt& at) {
    performed_ = at.term.span;
    origin_ = at.event;
  }
  bool becomes(const Attempt&, ProcessId found);
  bool operand(const Attempt&, std::size_t i, EventId, ProcessId goal);
  bool operand_alone(const Attempt&, std::size_t i, EventId as);
  bool some_operand_alone(const Attempt&, EventId as);
  bool together(const Attempt&);
  bool operand_ends(const Attempt&);
  bool ended(const Attempt&);
  bool in(const Attempt& at, std::size_t set) { return graph_.terms().contains(at.term.sets[set], at.event); }
  bool same_shape(const Attempt&);
  ProcessId goal_operand(const Attempt&, std::size_t i);

  TermGraph& graph_;
  const Components& components_;
  std::vector<ReferenceSystem::ComponentStep> steps_;
  Span performed_;    // the operator that performed the last move found
  EventId origin_{};  // and its event there
  std::size_t depth_ = 0;
};

}  // namespace tryst::csp
