// The replay of operators that look at more than one move of their operand: priority, chase, deter, watchdogs.
#include <algorithm>

#include "semantics/csp/derivation.hpp"

namespace tryst::csp {

namespace {

// Whether `y`, offered beside `x`, takes precedence over it.
bool precedes(Terms& terms, const TermView& term, RelationId above, EventId y, EventId x) {
  if (!is_visible(x)) return false;
  if (term.op == Operator::prioritise_po) {
    if (!is_visible(y)) return terms.contains(term.sets[0], x) && !terms.contains(term.sets[1], x);
    const auto lower = terms.alphabets().images(above, y);
    return std::binary_search(lower.begin(), lower.end(), Alphabets::Pair{y, x});
  }
  for (const EventSetId set : term.sets) {  // the first set that knows one of them decides
    if (terms.contains(set, x)) return false;
    if (!is_visible(y) || terms.contains(set, y))
      return std::any_of(term.sets.begin(), term.sets.end(), [&](EventSetId s) { return terms.contains(s, x); });
  }
  return false;
}

}  // namespace

bool Derivation::priority(const Attempt& at) {
  if (at.event == tick) return becomes(at, graph_.omega()) && operand(at, 0, tick, graph_.omega());
  if (is_visible(at.event)) {
    Terms& terms = graph_.terms();
    const bool partial = at.term.op == Operator::prioritise_po;
    const RelationId above = partial ? graph_.transitive_closure(at.term.relation) : no_id<RelationId>;
    for (const Move& move : graph_.moves(at.term.operands[0]))
      if (precedes(terms, at.term, above, move.event, at.event)) return false;
  }
  return operand_alone(at, 0, at.event);
}

// One of the moves of the whole term leads to the goal; who takes part is looked for in the operand that a function of
// one process has.
bool Derivation::looked_up(const Attempt& at) {
  for (const Move& move : graph_.moves(at.id)) {
    if (move.event != at.event || !becomes(at, move.target)) continue;
    performed_by(at);
    const bool through = at.term.op == Operator::deter && depth_ <= depth_max;
    if (!through || move.event == tick) return !through || operand(at, 0, tick, any);
    for (const Move& own : graph_.moves(at.term.operands[0]))
      if (own.event == at.event && becomes(at, graph_.terms().with_operand(at.id, 0, own.target)) &&
          operand(at, 0, own.event, graph_.resolve(own.target)))
        return true;
  }
  return false;
}

// chase(P) does what its operand does, which is stable, and becomes what the operand's end settles to.
bool Derivation::chased(const Attempt& at) {
  std::vector<Move> own;
  graph_.moves_on(at.term.operands[0], at.event, own.max_size(), own);
  for (const Move& move : own) {
    const bool ends = move.event == tick;
    if (!becomes(at, ends ? graph_.omega() : graph_.terms().with_operand(at.id, 0, move.target))) continue;
    performed_by(at);
    if (depth_ > depth_max || operand(at, 0, move.event, ends ? any : graph_.resolve(move.target))) return true;
  }
  return false;
}

}  // namespace tryst::csp
