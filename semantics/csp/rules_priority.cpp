// Rules Q: priority. What a state may do depends on everything that its operand offers.
#include <algorithm>

#include "semantics/csp/rules.hpp"

namespace tryst::csp::rule {

namespace {

constexpr std::size_t unranked = static_cast<std::size_t>(-1);

// The place of an event in the list of sets, the highest priority first; τ and ✓ belong to the first set.
std::size_t rank(const Step& step, EventId e) {
  if (!is_visible(e)) return 0;
  for (std::size_t i = 0; i < step.term.sets.size(); ++i)
    if (step.in_set(i, e)) return i;
  return unranked;
}

bool offers(std::span<const Move> moves, EventId e) {
  return std::any_of(moves.begin(), moves.end(), [e](const Move& move) { return move.event == e; });
}

}  // namespace

//  P -x-> P', and P offers nothing of a higher rank than x  =>  prioritise(P, <A0 ... An>) -x-> prioritise(P', ...)
//  x in Ai (the first such i) has rank i, τ and ✓ rank 0; events in no Ai are neither cut nor cut others.
void Q1_prioritise(const Step& step, Conclusions& out) {
  const auto moves = step.moves(0);
  std::size_t best = unranked;
  for (const Move& move : moves) best = std::min(best, rank(step, move.event));
  for (const Move& move : moves) {
    const std::size_t own = rank(step, move.event);
    if (own == unranked || own <= best) out.through(move.event, 0, move.target);
  }
}

//  P -x-> P', P offers no y above x  =>  prioritisepo(P, E, R, M) -x-> prioritisepo(P', ...)
//  y is above x if y R+ x, or if y is τ or ✓ and x is in E - M.
void Q2_prioritise_po(const Step& step, Conclusions& out) {
  const auto moves = step.moves(0);
  const RelationId order = step.graph.transitive_closure(step.term.relation);
  const bool urgent = offers(moves, tau) || offers(moves, tick);
  for (const Move& move : moves) {
    if (is_visible(move.event)) {
      if (urgent && step.in_set(0, move.event) && !step.in_set(1, move.event)) continue;
      const auto above = step.terms.alphabets().preimages(order, move.event);
      if (std::any_of(above.begin(), above.end(), [moves](const auto& pair) { return offers(moves, pair.second); }))
        continue;
    }
    out.through(move.event, 0, move.target);
  }
}

}  // namespace tryst::csp::rule
