#include "checker/packed/packed_check.hpp"

#include "checker/ensure.hpp"
#include "checker/packed/packed_divergence.hpp"
#include "checker/packed/trail.hpp"
#include "checker/properties.hpp"
#include "checker/refinement.hpp"
#include "checker/replay.hpp"

namespace tryst {

namespace {

// The trail as a path of the system itself.
Finding on_system(const Trail& trail, const NetworkImplementation& network, StateId initial) {
  Finding finding{trail.fault, {}, {trail.node, initial}, std::nullopt};
  for (const TrailStep& step : trail.path) finding.path.push_back({step.event, network.state(step.locals)});
  if (!finding.path.empty()) finding.pair.state = finding.path.back().target;
  if (trail.forbidden) finding.forbidden = Step{trail.forbidden->event, network.state(trail.forbidden->locals)};
  return finding;
}

}  // namespace

bool is_packed_question(const Question& question, const Asking& asking) {
  if (!question.network || asking.counterexamples_max > 1) return false;
  switch (question.property) {
    case Property::refinement:
      return question.model == Model::T || question.model == Model::F || question.model == Model::FD;
    case Property::deadlock_free:
    case Property::divergence_free: return true;
    case Property::deterministic:
    case Property::has_trace: return false;
  }
  return false;
}

Verdict check_packed(const Question& question, Budget& budget, const Asking& asking) {
  const bool is_refinement = question.property == Property::refinement;
  std::optional<NormalForm> specification;
  if (is_refinement) specification.emplace(*question.specification, budget);
  const bool divergence_fails = question.property == Property::divergence_free || sees_divergence(question.model);
  const PackedQuestion packed{question.network->network(), specification ? &*specification : nullptr, question.model,
                              question.property == Property::deadlock_free, asking.reduction};
  PackedSearch search(packed, budget, asking.threads);
  Verdict verdict{Outcome::holds, {}, {}, std::string(name(question.model)), 0, 0};
  const auto record = [&] {
    verdict.states = search.statistics().pairs;
    verdict.transitions = search.statistics().transitions;
  };
  try {
    const PackedSearch::Ending ending = search.run();
    record();
    std::optional<Divergence> divergence;
    if (divergence_fails) divergence = find_divergence(search, packed, budget);
    if (ending == PackedSearch::Ending::exhausted && !divergence) return verdict;
    const Finding finding =
        on_system(find_trail(search, packed, ending, divergence, budget), *question.network, question.implementation->initial());
    Evidence evidence = is_refinement ? explain_refinement(question, *specification, finding, budget)
                                      : explain_state(question, finding, budget);
    replay(question, evidence, budget);
    verdict.evidence.push_back(std::move(evidence));
    verdict.outcome = Outcome::fails;
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    record();
    verdict.outcome = Outcome::inconclusive;
    verdict.reason = limit.reason;
  }
  return verdict;
}

}  // namespace tryst
