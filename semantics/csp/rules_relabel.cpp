// Rules R: hiding, projection and renaming. τ and ✓ are never touched; ✓ ends the whole.
#include "semantics/csp/rules.hpp"

namespace tryst::csp::rule {

//  P -a-> P', a in A  =>  (P \ A) -τ-> (P' \ A);   P -x-> P', x not in A  =>  (P \ A) -x-> (P' \ A), and to Ω if x is ✓
void R1_hide(const Step& step, Conclusions& out) {
  auto is_hidden = step.membership(0);
  for (const Move& move : step.moves(0)) out.through(is_hidden(move.event) ? tau : move.event, 0, move.target);
}

//  as R1, for P |\ A = P \ (Σ - A)
void R2_project(const Step& step, Conclusions& out) {
  auto is_kept = step.membership(0);
  for (const Move& move : step.moves(0)) {
    const bool hidden = is_visible(move.event) && !is_kept(move.event);
    out.through(hidden ? tau : move.event, 0, move.target);
  }
}

//  P -a-> P', a R b  =>  P[[R]] -b-> P'[[R]];   P -x-> P', x outside the domain of R  =>  P[[R]] -x-> P'[[R]], Ω if x
//  is ✓
void R3_rename(const Step& step, Conclusions& out) {
  const Alphabets& alphabets = step.terms.alphabets();
  for (const Move& move : step.moves(0)) {
    const auto images = alphabets.images(step.term.relation, move.event);
    if (images.empty()) out.through(move.event, 0, move.target);
    for (const auto& [from, to] : images) out.under(to, 0, move.target);
  }
}

}  // namespace tryst::csp::rule
