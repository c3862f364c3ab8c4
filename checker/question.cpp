#include "checker/question.hpp"

#include "checker/compose/composed_check.hpp"
#include "checker/compose/composed_pairs.hpp"
#include "checker/ensure.hpp"
#include "checker/local_deadlock.hpp"
#include "checker/network_check.hpp"
#include "checker/packed/packed_check.hpp"
#include "checker/properties.hpp"
#include "checker/refinement.hpp"
#include "checker/structural/structural_check.hpp"

namespace tryst {

namespace {

// Work that a question may cost on the system itself before it is worth compiling the tables of the network.
constexpr std::uint64_t trial_work = 100'000;

// Where the trial has got to so few states only, there is much to look at in each, and the tables, which list all that a
// component can do wherever it could be, cost far more than the trial: it gets more work.
constexpr std::uint64_t few_states = 500;
constexpr std::uint64_t long_trial_work = 2'000'000;

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

// With more, everything that walks through states one by one costs so much that a proof is tried first.
constexpr std::size_t narrow_components_max = 64;

// Work that a structural proof may cost where a search has good prospects too.
constexpr std::uint64_t structural_work = 4'000'000;

// What is known of the network before one is made for each attempt.
struct Size {
  std::size_t components;
  bool is_composed;
};

Size size_of(const Question& question) {
  Network& network = question.network->network();
  const std::size_t components = components_soon(network, trial_work);
  return {components, network.is_composed()};
}

Verdict search(const Question& question, Size size, Budget& budget, const Asking& asking) {
  const bool fits = size.is_composed && size.components <= components_max;
  if (!fits) return check_system(question, budget, asking);
  if (!is_packed_question(question, asking)) {
    if (auto verdict = check_composed_pairs(question, budget, asking, check_system)) return *verdict;
    return check_on_network(question, budget, asking, check_system);
  }
  if (auto verdict = check_composed(question, budget, asking)) {
    if (verdict->outcome != Outcome::fails) return *verdict;
    return check_packed(question, budget, asking, std::move(verdict));  // perhaps a nearer one
  }
  return check_packed(question, budget, asking);
}

// The answer of the system itself, where it is small.
std::optional<Verdict> try_system(const Question& question, Budget& budget, const Asking& asking) {
  const std::uint64_t before = budget.progress().states;
  std::uint64_t states = 0;
  const auto attempt = [&] {
    try {
      return check_system(question, budget, asking);
    } catch (...) {  // the end of the trial, perhaps, which forgets what was counted
      states = budget.progress().states - before;
      throw;
    }
  };
  auto verdict = budget.within(trial_work, attempt);
  if (!verdict && states < few_states) verdict = budget.within(long_trial_work, attempt);
  return verdict;
}

// Whichever answers first: the system itself where it is small, a proof where there is one, a search otherwise.
Verdict dispatch_automatic(const Question& question, Budget& budget, const Asking& asking) {
  const bool is_narrow = question.network->network().size() <= narrow_components_max;
  if (is_narrow && !asking.certificate)
    if (const auto verdict = try_system(question, budget, asking)) return *verdict;
  const Size size = size_of(question);
  const bool may_prove =
      asking.prove != Prove::search && size.components > 1 && is_structural_question(question, asking);
  if (may_prove) {
    const auto verdict = budget.within(is_narrow ? structural_work : Budget::unbounded_work,
                                       [&] { return check_structurally(question, budget, asking); });
    const bool is_decided = verdict && verdict->outcome != Outcome::inconclusive;
    if (is_decided && verdict->outcome == Outcome::fails && is_narrow)
      return check_packed(question, budget, asking, verdict);
    if (is_decided) return *verdict;
  }
  return search(question, size, budget, asking);
}

Verdict dispatch(const Question&, Budget&, const Asking&);

// Nobody is blocked for ever only if there is no deadlock, and no divergence where that matters.
Verdict dispatch_local(const Question& question, Budget& budget, const Asking& asking) {
  Question global = question;
  global.local = false;
  Asking once = asking;
  once.counterexamples_max = 1;
  Verdict verdict = dispatch(global, budget, once);
  if (verdict.outcome != Outcome::holds) return verdict;
  if (asking.prove != Prove::search && prove_locally(question, budget, verdict)) return verdict;
  verdict.outcome = Outcome::inconclusive;
  verdict.argument.clear();
  verdict.certificate.reset();
  verdict.reason = "that no component is blocked for ever could not be proved from the structure";
  return asking.prove == Prove::structural ? verdict : check_locally(question, budget);
}

Verdict dispatch(const Question& question, Budget& budget, const Asking& asking) {
  if (question.local) return dispatch_local(question, budget, asking);
  if (asking.prove == Prove::structural && is_structural_question(question, asking))
    return check_structurally(question, budget, asking);
  if (asking.engine == Engine::system || !question.network) return check_system(question, budget, asking);
  if (asking.engine == Engine::automatic) return dispatch_automatic(question, budget, asking);
  return search(question, size_of(question), budget, asking);
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
  ensure(!question.local || (question.property == Property::deadlock_free && question.network),
         "only deadlock freedom of a network can be local");
  ensure(is_answerable(question.property, question.model), "the model cannot answer this question");
  try {
    return dispatch(question, budget, asking);
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    return {Outcome::inconclusive, {}, limit.reason, std::string(name(question.model)), 0, 0};
  }
}

}  // namespace tryst
