#include "checker/question.hpp"

#include "checker/ensure.hpp"
#include "checker/packed/packed_check.hpp"
#include "checker/properties.hpp"
#include "checker/refinement.hpp"

namespace tryst {

namespace {

// Work that a question may cost on the system itself before it is worth compiling the tables of the network.
constexpr std::uint64_t trial_work = 100'000;

// With more components a state is so wide, and has so many successors, that terms, which share what has not moved, cost
// less.
constexpr std::size_t components_max = 4096;

Verdict check_system(const Question& question, Budget& budget, const Asking& asking) {
  switch (question.property) {
    case Property::refinement: return check_refinement(question, budget, asking);
    case Property::deadlock_free: return check_deadlock_free(question, budget, asking);
    case Property::divergence_free: return check_divergence_free(question, budget, asking);
    case Property::deterministic: return check_deterministic(question, budget, asking);
    case Property::has_trace: return check_has_trace(question, budget, asking);
  }
  throw InternalError("a question about an unknown property");
}

Verdict dispatch(const Question& question, Budget& budget, const Asking& asking) {
  if (asking.engine == Engine::system || !is_packed_question(question, asking))
    return check_system(question, budget, asking);
  if (asking.engine == Engine::automatic) {
    budget.begin_trial(trial_work);
    try {
      Verdict verdict = check_system(question, budget, asking);
      budget.end_trial();
      return verdict;
    } catch (const TrialOver&) {
    }
  }
  const std::size_t components = question.network->network().size();
  const bool fits = 1 < components && components <= components_max;
  return fits ? check_packed(question, budget, asking) : check_system(question, budget, asking);
}

}  // namespace

std::string_view name(Model model) {
  static constexpr std::string_view names[] = {"T", "F", "FD", "V", "VD", "R", "RD"};
  return names[static_cast<std::size_t>(model)];
}

Verdict check(const Question& question, Budget& budget, const Asking& asking) {
  ensure(question.implementation != nullptr, "a question needs a system");
  ensure((question.property == Property::refinement) == (question.specification != nullptr),
         "a refinement, and nothing else, has a specification");
  ensure(is_answerable(question.property, question.model), "the model cannot answer this question");
  try {
    return dispatch(question, budget, asking);
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    return {Outcome::inconclusive, {}, limit.reason, std::string(name(question.model)), 0, 0};
  }
}

}  // namespace tryst
