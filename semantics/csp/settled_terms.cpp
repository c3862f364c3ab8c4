// What functions of whole processes become before they move: chase, deter and the watchdogs look beyond their operand's
// next move, by resolving and asking for moves in turn. A compression is the identity in this engine.
#include <algorithm>

#include "semantics/csp/term_errors.hpp"
#include "semantics/csp/term_graph.hpp"

namespace tryst::csp {

ProcessId TermGraph::settle(ProcessId t) {
  if (is_resolved(t)) return resolved_[index(t)];
  const TermView term = terms_[t];
  if (term.op == Operator::compressed) return term.operands[0];
  const bool stable = term.op == Operator::chase || term.op == Operator::deter;
  if (!stable && term.op != Operator::trace_watchdog && term.op != Operator::failure_watchdog) return t;
  if (settling_ == settling_max) throw_nested_too_deep(term.span, settling_max);
  ++settling_;
  const ProcessId form = stable ? settle_stable(t) : settle_watchdog(t);
  --settling_;
  return form;
}

// Follows the first τ (in the order of semantics/csp/rules.hpp) until the operand is stable. If the path comes back to
// itself, the operand diverges and so does the function: DIV. Brent's cycle detection (BIT 20, 1980): `mark` is moved
// to the current term whenever the number of steps since it doubles. Nothing but the τs of the terms on the way is
// concluded: a network of a thousand components can do a thousand other things.
ProcessId TermGraph::settle_stable(ProcessId t) {
  const TermView term = terms_[t];
  ProcessId at = term.operands[0];
  ProcessId mark = at;
  std::size_t steps = 0;
  std::size_t limit = 1;
  std::vector<Move> first;
  for (;;) {
    poll();
    moves_on(at, tau, 1, first);
    if (first.empty()) return terms_.with_operand(t, 0, at);
    at = resolve(first.front().target);
    if (at == mark) return terms_.intern(Term{.op = Operator::div, .span = term.span});
    if (++steps == limit) {
      mark = at;
      steps = 0;
      limit *= 2;
    }
  }
}

// A watchdog's operands become all states that they reach by τ, sorted.
ProcessId TermGraph::settle_watchdog(ProcessId t) {
  TermView term = terms_[t];
  std::vector<ProcessId> reached(term.operands.begin(), term.operands.end());
  std::unordered_set<ProcessId> seen(reached.begin(), reached.end());
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const Move& move : moves(reached[i])) {
      poll();
      if (move.event != tau) break;
      const ProcessId next = resolve(move.target);
      if (seen.insert(next).second) reached.push_back(next);
    }
  }
  std::sort(reached.begin(), reached.end());
  reached.erase(std::unique(reached.begin(), reached.end()), reached.end());
  term.operands = reached;
  return terms_.intern(term);
}

}  // namespace tryst::csp
