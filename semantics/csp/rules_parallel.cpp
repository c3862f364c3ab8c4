// Rules P: the parallel operators. Termination is distributed: an operand's ✓ is a τ of the whole, after which the
// operand is Ω, and the whole performs ✓ when every operand is Ω.
#include <algorithm>

#include "semantics/csp/joint_moves.hpp"
#include "semantics/csp/rules.hpp"

namespace tryst::csp::rule {

//  Pi -τ-> Pi'  =>  ||(P1 ... Pn) -τ-> ||(... Pi' ...)
void P1_tau(const Step& step, Conclusions& out) {
  for (std::size_t i = 0; i < step.term.operands.size(); ++i)
    for (const Move& move : step.moves(i)) {
      if (move.event != tau) break;  // τ comes first
      out.under(tau, i, move.target);
    }
}

//  Pi -✓-> Ω  =>  ||(P1 ... Pn) -τ-> ||(... Ω ...)
void P2_operand_ends(const Step& step, Conclusions& out) {
  for (std::size_t i = 0; i < step.term.operands.size(); ++i)
    for (const Move& move : step.moves(i)) {
      if (move.event > tick) break;  // ✓ comes before the visible events
      if (move.event == tick) out.under(tau, i, step.graph.omega());
    }
}

//  ||(Ω ... Ω) -✓-> Ω
void P3_all_ended(const Step& step, Conclusions& out) {
  const ProcessId omega = step.graph.omega();
  const auto operands = step.term.operands;
  if (std::all_of(operands.begin(), operands.end(), [omega](ProcessId operand) { return operand == omega; }))
    out.to(tick, omega);
}

//  Pi -a-> Pi'  =>  (P1 ||| ... ||| Pn) -a-> (... ||| Pi' ||| ...)
void P4_interleave(const Step& step, Conclusions& out) {
  for (std::size_t i = 0; i < step.term.operands.size(); ++i)
    for (const Move& move : step.moves(i))
      if (is_visible(move.event)) out.under(move.event, i, move.target);
}

//  Pi -a-> Pi', a not in A  =>  (P1 [|A|] ... [|A|] Pn) -a-> (... [|A|] Pi' [|A|] ...)
void P5_parallel_alone(const Step& step, Conclusions& out) {
  auto is_joint = step.membership(0);
  for (std::size_t i = 0; i < step.term.operands.size(); ++i)
    for (const Move& move : step.moves(i))
      if (is_visible(move.event) && !is_joint(move.event)) out.under(move.event, i, move.target);
}

//  Pi -a-> Pi' for all i, a in A  =>  (P1 [|A|] ... [|A|] Pn) -a-> (P1' [|A|] ... [|A|] Pn')
void P6_parallel_joint(const Step& step, Conclusions& out) { joint_by_all(step, step.term.sets[0], out); }

//  Pi -a-> Pi' for all i with a in Ai, and there is one  =>  ||(Ai : Pi) -a-> ||(Ai : Pi'), where Pi' = Pi if a not in
//  Ai
//
// Of all who take part in a, the one with the fewest moves asks the others: where one waits for a single event, and
// another offers 100,000 that both take part in, they are not looked for one by one.
void P7_alphabetised(const Step& step, Conclusions& out) {
  Participants& participants = step.graph.participants(step.term.sets);
  std::vector<std::size_t> counts;
  for (std::uint32_t i = 0; i < step.term.operands.size(); ++i) counts.push_back(step.moves(i).size());
  const auto has_fewer = [&](std::uint32_t a, std::uint32_t b) { return counts[a] < counts[b]; };
  for (std::uint32_t i = 0; i < step.term.operands.size(); ++i) {
    const auto moves = step.moves(i);
    for (std::size_t k = 0; k < moves.size(); ++k) {
      const EventId a = moves[k].event;
      if (!is_visible(a) || (k > 0 && moves[k - 1].event == a)) continue;
      const auto owners = participants.of(a, step.term.sets, step.terms.alphabets());
      if (!owners.empty() && *std::min_element(owners.begin(), owners.end(), has_fewer) == i)
        joint_by(step, owners, a, out);
    }
  }
}

//  P -a-> P', Q -b-> Q', a <-> b a tie  =>  (P [ties] Q) -τ-> (P' [ties] Q')
void P8_link_tied(const Step& step, Conclusions& out) {
  for (const Move& left : step.moves(0))
    for (const auto& [a, b] : step.terms.alphabets().images(step.term.relation, left.event))
      for (const Move& right : moves_on(step.moves(1), b)) {
        const Terms::Change both[] = {{0, left.target}, {1, right.target}};
        out.together(tau, both);
      }
}

//  P -a-> P', a on the left of no tie  =>  (P [ties] Q) -a-> (P' [ties] Q);   likewise Q with the right of the ties
void P9_link_untied(const Step& step, Conclusions& out) {
  const Alphabets& alphabets = step.terms.alphabets();
  for (const Move& move : step.moves(0))
    if (is_visible(move.event) && alphabets.images(step.term.relation, move.event).empty())
      out.under(move.event, 0, move.target);
  for (const Move& move : step.moves(1))
    if (is_visible(move.event) && alphabets.preimages(step.term.relation, move.event).empty())
      out.under(move.event, 1, move.target);
}

}  // namespace tryst::csp::rule
