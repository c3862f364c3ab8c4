// Runs a pair search and turns its failures into a verdict: at most so many different ones, each replayed.
#pragma once

#include "checker/pair_search.hpp"
#include "checker/question.hpp"
#include "checker/replay.hpp"

namespace tryst {

// Whether the evidence says what none of the others says: another kind, visible trace, or refused or revived event.
bool is_different(const Evidence&, std::span<const Evidence> others);

// `explain(finding)` makes the evidence of a failure. LimitReached without evidence becomes `inconclusive`,
// unless the user interrupted.
template <class Rules, class Explain>
Verdict answer(const Question& question, Rules& rules, Explain explain, Budget& budget, const Asking& asking) {
  PairSearch<Rules> search(*question.implementation, rules, budget, asking.counterexamples_max <= 1, asking.pruning);
  Verdict verdict{Outcome::holds, {}, {}, std::string(name(question.model)), 0, 0};
  try {
    search.run([&](const Failure& failure) {
      const Pairs& pairs = search.pairs();
      Evidence evidence =
          explain(Finding{failure.fault, pairs.path_to(failure.pair), pairs[failure.pair], failure.forbidden});
      if (!is_different(evidence, verdict.evidence)) return true;
      replay(question, evidence, budget);
      verdict.evidence.push_back(std::move(evidence));
      return verdict.evidence.size() < asking.counterexamples_max;
    });
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    verdict.outcome = Outcome::inconclusive;
    verdict.reason = limit.reason;
  }
  if (!verdict.evidence.empty()) verdict.outcome = Outcome::fails;
  verdict.states = search.statistics().pairs;
  verdict.transitions = search.statistics().transitions;
  return verdict;
}

}  // namespace tryst
