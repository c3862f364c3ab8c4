// Rules S: one process after, or instead of, another.
#include "semantics/csp/joint_moves.hpp"
#include "semantics/csp/rules.hpp"

namespace tryst::csp::rule {

//  P -x-> P', x is not ✓  =>  (P ; Q) -x-> (P' ; Q)
void S1_sequential_first(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(0))
    if (move.event != tick) out.under(move.event, 0, move.target);
}

//  P -✓-> Ω  =>  (P ; Q) -τ-> Q
void S2_sequential_second(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(0))
    if (move.event == tick) out.to(tau, step.term.operands[1]);
}

//  P -x-> P', x is not ✓  =>  (P /\ Q) -x-> (P' /\ Q);   P -✓-> Ω  =>  (P /\ Q) -✓-> Ω
void S3_interrupt_first(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(0)) out.through(move.event, 0, move.target);
}

//  Q -τ-> Q'  =>  (P /\ Q) -τ-> (P /\ Q'); likewise for P /+A+\ Q
void S4_interrupt_second_tau(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(1))
    if (move.event == tau) out.under(tau, 1, move.target);
}

//  Q -x-> Q', x is not τ  =>  (P /\ Q) -x-> Q'
void S5_interrupt_second(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(1))
    if (move.event != tau) out.to(move.event, move.target);
}

//  P -a-> P', Q -a-> Q', a in A  =>  (P /+A+\ Q) -a-> (P' /+A+\ Q')
void S6_sync_interrupt_joint(const Step& step, Conclusions& out) { joint_by_all(step, step.term.sets[0], out); }

//  P -x-> P', x is not in A, not ✓  =>  (P /+A+\ Q) -x-> (P' /+A+\ Q);   P -✓-> Ω  =>  (P /+A+\ Q) -✓-> Ω
void S7_sync_interrupt_first(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(0))
    if (!step.in_set(0, move.event)) out.through(move.event, 0, move.target);
}

//  Q -x-> Q', x is not τ and not in A  =>  (P /+A+\ Q) -x-> Q'
void S8_sync_interrupt_second(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(1))
    if (move.event != tau && !step.in_set(0, move.event)) out.to(move.event, move.target);
}

//  P -a-> P', a in A  =>  (P [|A|> Q) -a-> Q
void S9_exception_thrown(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(0))
    if (step.in_set(0, move.event)) out.to(move.event, step.term.operands[1]);
}

//  P -x-> P', x is not in A, not ✓  =>  (P [|A|> Q) -x-> (P' [|A|> Q);   P -✓-> Ω  =>  (P [|A|> Q) -✓-> Ω
void S10_exception_first(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(0))
    if (!step.in_set(0, move.event)) out.through(move.event, 0, move.target);
}

}  // namespace tryst::csp::rule
