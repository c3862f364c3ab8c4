// Rules B: the processes that move by themselves.
#include "semantics/csp/rules.hpp"
#include "semantics/csp/term_errors.hpp"

namespace tryst::csp::rule {

//  SKIP -✓-> Ω
void B1_skip(const Step& step, Conclusions& out) { out.to(tick, step.graph.omega()); }

//  (a -> P) -a-> P, for every event of the menu
void B2_prefix(const Step& step, Conclusions& out) {
  for (std::size_t i = 0; i < step.term.events.size(); ++i) out.to(step.term.events[i], step.term.operands[i]);
}

//  DIV -τ-> DIV
void B3_div(const Step& step, Conclusions& out) { out.to(tau, step.id); }

//  a in A  =>  RUN(A) -a-> RUN(A)
void B4_run(const Step& step, Conclusions& out) {
  for (const EventId a : finite_elements(step.terms, step.term.sets[0], step.term.span, "RUN")) out.to(a, step.id);
}

//  CHAOS(A) -τ-> STOP
void B5_chaos_stops(const Step& step, Conclusions& out) { out.to(tau, step.graph.stop()); }

//  a in A  =>  CHAOS(A) -a-> CHAOS(A)
void B6_chaos_event(const Step& step, Conclusions& out) {
  for (const EventId a : finite_elements(step.terms, step.term.sets[0], step.term.span, "CHAOS")) out.to(a, step.id);
}

}  // namespace tryst::csp::rule
