// What leaves a phase, on its way to the root of the phase's tree: the operators that are nodes of phases only.
#include "semantics/csp/composition.hpp"

namespace tryst::csp {

// What the first operand does. The handlers of interrupts around it stop where it is left for something else than ✓.
void Composition::pass_in_phase(NodeId node, EventId event, const Way& way) {
  const TermView term = terms_[nodes_[node].term];
  if (term.op == Operator::sequential && event == tick) return leave(node, tau, way, term.operands[1]);
  if (term.op == Operator::exception && is_visible(event) && event != ended && terms_.contains(term.sets[0], event))
    return leave(node, event, way, term.operands[1]);
  if (term.op != Operator::interrupt || !way.next || event == tick) return pass(node, event, way, {});
  nodes_[node].left.emplace_back(event, way);
  const auto yields = nodes_[node].yields;  // a copy: rising may reach this node again
  for (const auto& [handler, state] : yields) yield(node, event, way, handler, state);
}

void Composition::leave(NodeId node, EventId event, const Way& way, ProcessId next) {
  Way leaving = way;
  leaving.next = next;
  rise(node, event, leaving);
}

// The first operand of an interrupt is left while the handler is in this state: both go on as one term.
void Composition::yield(NodeId node, EventId event, const Way& way, Participant handler, ProcessId state) {
  Way both = way;
  both.who.push_back(handler);
  const Terms::Change changes[] = {{0, *way.next}, {1, state}};
  both.next = terms_.with_operands(nodes_[node].term, changes);
  rise(node, event, both);
}

void Composition::offer_exit(Participant handler, EventId event, ProcessId next) {
  leave(place(handler.component).node, event, {{handler}, {}, {}}, next);
}

void Composition::offer_yield(Participant handler, ProcessId state) {
  const NodeId node = place(handler.component).node;
  nodes_[node].yields.emplace_back(handler, state);
  const auto left = nodes_[node].left;  // a copy, likewise
  for (const auto& [event, way] : left) yield(node, event, way, handler, state);
}

}  // namespace tryst::csp
