// Rules R: hiding, projection and renaming. τ and ✓ are never touched; ✓ ends the whole.
#include "semantics/csp/rules.hpp"

namespace tryst::csp::rule {

namespace {

ProcessId after(const Step& step, const Move& move) {
  return move.event == tick ? step.graph.omega() : step.replace(0, move.target);
}

}  // namespace

//  P -a-> P', a in A  =>  (P \ A) -τ-> (P' \ A);   P -x-> P', x not in A  =>  (P \ A) -x-> (P' \ A), and to Ω if x is ✓
void R1_hide(const Step& step, std::vector<Move>& out) {
  for (const Move& move : step.moves(0))
    out.push_back({step.in_set(0, move.event) ? tau : move.event, after(step, move)});
}

//  as R1, for P |\ A = P \ (Σ - A)
void R2_project(const Step& step, std::vector<Move>& out) {
  for (const Move& move : step.moves(0)) {
    const bool hidden = is_visible(move.event) && !step.in_set(0, move.event);
    out.push_back({hidden ? tau : move.event, after(step, move)});
  }
}

//  P -a-> P', a R b  =>  P[[R]] -b-> P'[[R]];   P -x-> P', x outside the domain of R  =>  P[[R]] -x-> P'[[R]], Ω if x
//  is ✓
void R3_rename(const Step& step, std::vector<Move>& out) {
  const Alphabets& alphabets = step.terms.alphabets();
  for (const Move& move : step.moves(0)) {
    const ProcessId target = after(step, move);
    const auto images = alphabets.images(step.term.relation, move.event);
    if (images.empty()) out.push_back({move.event, target});
    for (const auto& [from, to] : images) out.push_back({to, target});
  }
}

}  // namespace tryst::csp::rule
