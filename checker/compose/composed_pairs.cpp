#include "checker/compose/composed_pairs.hpp"

#include "checker/compose/attempt.hpp"
#include "checker/compose/composed_network.hpp"
#include "checker/compose/composer.hpp"
#include "semantics/network/network_system.hpp"

namespace tryst {

std::optional<Verdict> check_composed_pairs(const Question& question, Budget& budget, const Asking& asking,
                                            Verdict (*check)(const Question&, Budget&, const Asking&)) {
  Network& network = question.network->network();
  const auto named = network.named_parts();
  const bool fits = network.size() <= composed_components_max;
  if (!fits || (named.empty() && !asking.compose)) return std::nullopt;
  if (question.property == Property::has_trace && asking.witness) return std::nullopt;
  const Compression automatic = asking.compose ? Compression::branching : Compression::none;
  const auto composer = composed(network, named, automatic, Observed::branching_time, budget);
  if (!composer || !composer->has_saved_states()) return std::nullopt;
  ComposedNetwork small(composer->net(), network.events());
  NetworkSystem global(small);
  LazyLts rows(global);
  Question on_small = question;
  on_small.implementation = &rows;
  on_small.network.reset();
  Asking once = asking;
  once.counterexamples_max = 1;
  Verdict verdict = check(on_small, budget, once);
  if (verdict.outcome == Outcome::holds) return verdict;
  budget.record(0, 0);  // its states are not those of the search that follows
  return std::nullopt;
}

}  // namespace tryst
