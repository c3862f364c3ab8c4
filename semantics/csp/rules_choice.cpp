// Rules C: the choices. ✓ resolves a choice like a visible event.
#include "semantics/csp/joint_moves.hpp"
#include "semantics/csp/rules.hpp"

namespace tryst::csp::rule {

//  (P1 |~| ... |~| Pn) -τ-> Pi
void C1_internal(const Step& step, Conclusions& out) {
  for (const ProcessId operand : step.term.operands) out.to(tau, operand);
}

//  Pi -τ-> Pi'  =>  (P1 [] ... [] Pn) -τ-> (... [] Pi' [] ...); likewise [+A+]
void C2_external_tau(const Step& step, Conclusions& out) {
  for (std::size_t i = 0; i < step.term.operands.size(); ++i)
    for (const Move& move : step.moves(i))
      if (move.event == tau) out.under(tau, i, move.target);
}

//  Pi -x-> P', x is not τ  =>  (P1 [] ... [] Pn) -x-> P'
void C3_external_resolves(const Step& step, Conclusions& out) {
  for (std::size_t i = 0; i < step.term.operands.size(); ++i)
    for (const Move& move : step.moves(i))
      if (move.event != tau) out.to(move.event, move.target);
}

//  (P [> Q) -τ-> Q
void C4_sliding_times_out(const Step& step, Conclusions& out) { out.to(tau, step.term.operands[1]); }

//  P -τ-> P'  =>  (P [> Q) -τ-> (P' [> Q)
void C5_sliding_tau(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(0))
    if (move.event == tau) out.under(tau, 0, move.target);
}

//  P -x-> P', x is not τ  =>  (P [> Q) -x-> P'
void C6_sliding_resolves(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(0))
    if (move.event != tau) out.to(move.event, move.target);
}

//  Pi -a-> Pi' for all i, a in A  =>  (P1 [+A+] ... [+A+] Pn) -a-> (P1' [+A+] ... [+A+] Pn')
void C7_sync_external_joint(const Step& step, Conclusions& out) { joint_by_all(step, step.term.sets[0], out); }

//  Pi -x-> P', x is not τ and not in A  =>  (P1 [+A+] ... [+A+] Pn) -x-> P'
void C8_sync_external_resolves(const Step& step, Conclusions& out) {
  for (std::size_t i = 0; i < step.term.operands.size(); ++i)
    for (const Move& move : step.moves(i))
      if (move.event != tau && !step.in_set(0, move.event)) out.to(move.event, move.target);
}

}  // namespace tryst::csp::rule
