#include "checker/symbolic/kept_candidates.hpp"

namespace tryst {

std::vector<ExpressionId> kept_candidates(Expressions& expressions, const SymbolicProblem& problem, const Guess& guess,
                                          const std::vector<ExpressionId>& known, const Impossible& is_impossible) {
  std::vector<std::set<ExpressionId>> candidates(problem.controls.size());
  for (std::size_t c = 0; c < candidates.size(); ++c)
    if (!expressions.is(known[c], false)) candidates[c] = guess(c);
  const auto all_at = [&](std::size_t c) {
    std::vector<ExpressionId> all(candidates[c].begin(), candidates[c].end());
    all.push_back(known[c]);
    return expressions.conjunction(std::move(all));
  };
  Expressions::Assignment initial;
  for (const auto& [variable, value] : problem.initial) initial.emplace(variable, value);
  std::erase_if(candidates[0],
                [&](ExpressionId e) { return !expressions.is(expressions.substitute(e, initial), true); });
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t c = 0; c < problem.controls.size(); ++c) {
      if (expressions.is(known[c], false)) continue;
      for (const SymbolicProblem::Step& step : problem.controls[c].steps) {
        std::set<ExpressionId>& there = candidates[step.target];
        const Expressions::Assignment updates(step.updates.begin(), step.updates.end());
        const ExpressionId before = expressions.conjunction({all_at(c), step.guard});
        std::vector<ExpressionId> after;
        for (const ExpressionId e : there) after.push_back(expressions.substitute(e, updates));
        const ExpressionId together = expressions.conjunction(std::move(after));
        if (expressions.is(together, true) || is_impossible({before, expressions.negation(together)})) continue;
        const auto is_lost = [&](ExpressionId e) {
          const ExpressionId alone = expressions.substitute(e, updates);
          return !expressions.is(alone, true) && !is_impossible({before, expressions.negation(alone)});
        };
        changed = std::erase_if(there, is_lost) > 0 || changed;
      }
    }
  }
  std::vector<ExpressionId> invariants;
  for (std::size_t c = 0; c < problem.controls.size(); ++c) invariants.push_back(all_at(c));
  return invariants;
}

}  // namespace tryst
