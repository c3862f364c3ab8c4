#include "checker/spectrum.hpp"

#include <algorithm>

namespace tryst {

std::vector<Comparison> spectrum(const Lts& left, const Lts& right, Budget& budget, unsigned threads) {
  std::vector<Comparison> results;
  std::optional<Lts> small_left, small_right;
  std::optional<Comparer> comparer;
  for (const Relation relation : all_relations()) {
    Comparison result{};
    result.relation = relation;
    result.outcome = Outcome::holds;
    const bool is_implied = std::ranges::any_of(results, [&](const Comparison& known) {
      return known.outcome == Outcome::holds && implies(known.relation, relation);
    });
    if (!is_implied) {
      if (!comparer) {
        small_left = minimise(left, Relation::strong, budget, threads);
        small_right = minimise(right, Relation::strong, budget, threads);
        comparer.emplace(*small_left, *small_right, budget, threads);
      }
      result = comparer->compare(relation);
      if (result.formula) confirm_formula(left, right, result, budget);
      // A path of the reduced systems need not be one of those given: a divergence may begin earlier.
      if (result.behaviour) result = compare(left, right, relation, budget, {}, threads);
    }
    result.states = std::uint64_t{left.state_count()} + right.state_count();
    result.transitions = left.transition_count() + right.transition_count();
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace tryst
