#include "checker/comparison.hpp"

#include <algorithm>

#include "checker/classes.hpp"
#include "checker/distinguish.hpp"
#include "checker/ensure.hpp"
#include "checker/plain_labels.hpp"
#include "checker/question.hpp"
#include "checker/satisfaction.hpp"
#include "checker/simulation.hpp"
#include "checker/simulation_evidence.hpp"
#include "semantics/shared_events.hpp"

namespace tryst {

namespace {

// Refinement, both ways or of right by left; the first failure is the evidence.
void compare_by_model(const Lts& left, const Lts& right, Model model, bool both_ways, Comparison& result,
                      Budget& budget) {
  SharedEvents shared_left(left, result.events);
  SharedEvents shared_right(right, result.events);
  LazyLts lazy_left(shared_left);
  LazyLts lazy_right(shared_right);
  const auto refine = [&](LazyLts& specification, LazyLts& implementation, bool implementation_is_left) {
    if (result.outcome != Outcome::holds) return;
    const Verdict verdict = check({Property::refinement, model, &implementation, &specification, {}}, budget);
    result.outcome = verdict.outcome;
    result.reason = verdict.reason;
    result.evidence_is_left = implementation_is_left;
    if (!verdict.evidence.empty()) result.behaviour = verdict.evidence.front();
  };
  if (both_ways) refine(lazy_left, lazy_right, false);
  refine(lazy_right, lazy_left, true);
}

}  // namespace

const Union& Comparer::both() {
  if (!both_) both_ = disjoint_union(left_, right_);
  return *both_;
}

const Comparer::Reduced& Comparer::reduced() {
  if (reduced_) return *reduced_;
  Classes classes = bisimulation_classes(both().lts, Relation::strong, budget_, {}, threads_);
  Lts small = quotient(both().lts, classes, InnerTau::keep, budget_);
  return reduced_.emplace(Reduced{std::move(classes), std::move(small)});
}

void Comparer::by_bisimulation(Relation relation, Wish wish, Comparison& result) {
  result.events = both().lts.events();
  Classes classes = bisimulation_classes(both().lts, relation, budget_, std::pair(both().left, both().right), threads_);
  if (classes.of[index(both().left)] != classes.of[index(both().right)]) {
    result.outcome = Outcome::fails;
    result.formula = distinguish(both(), relation, budget_);
  } else if (wish.witness) {
    result.witness = Witness{std::move(classes), {}};
  }
}

void Comparer::by_simulation(bool ready, Wish wish, Comparison& result) {
  result.events = both().lts.events();
  const SimulationPair there{reduced().classes.of[index(both().left)], reduced().classes.of[index(both().right)]};
  const SimulationPair back{there.second, there.first};
  Witness witness{reduced().classes, {}};
  std::vector<SimulationPair> ways{there};
  if (!wish.preorder) ways.push_back(back);
  for (const SimulationPair pair : ways) {
    const auto simulation = find_simulation(reduced().lts, pair, ready, budget_);
    if (!simulation) {
      result.outcome = Outcome::fails;
      result.evidence_is_left = pair == there;
      result.formula = refute_simulation(reduced().lts, pair, ready, budget_);
      return;
    }
    witness.pairs.insert(witness.pairs.end(), simulation->begin(), simulation->end());
  }
  std::ranges::sort(witness.pairs);
  witness.pairs.erase(std::ranges::unique(witness.pairs).begin(), witness.pairs.end());
  if (wish.witness) result.witness = std::move(witness);
}

// ✓ is an event like any other in the trace relations, and so is τ in one of them.
void Comparer::by_refinement(Relation relation, Wish wish, Comparison& result) {
  if (relation == Relation::trace || relation == Relation::weak_trace) {
    const PlainNames names = plain_names(left_, right_);
    const bool plain_tau = relation == Relation::trace;
    return compare_by_model(with_plain_labels(left_, names, plain_tau), with_plain_labels(right_, names, plain_tau),
                            Model::T, !wish.preorder, result, budget_);
  }
  const Model model = relation == Relation::failures ? Model::F : Model::FD;
  compare_by_model(left_, right_, model, !wish.preorder, result, budget_);
}

void Comparer::decide(Relation relation, Wish wish, Comparison& result) {
  ensure(!wish.preorder || is_mutual_preorder(relation), "a bisimulation has no preorder");
  switch (relation) {
    case Relation::strong:
    case Relation::branching:
    case Relation::dp_branching:
    case Relation::weak:
    case Relation::dp_weak: return by_bisimulation(relation, wish, result);
    case Relation::simulation:
    case Relation::ready_simulation: return by_simulation(relation == Relation::ready_simulation, wish, result);
    case Relation::trace:
    case Relation::weak_trace:
    case Relation::failures:
    case Relation::failures_divergences: return by_refinement(relation, wish, result);
  }
}

void confirm_formula(const Lts& left, const Lts& right, const Comparison& result, Budget& budget) {
  const Lts& claimed = result.evidence_is_left ? left : right;
  const Lts& other = result.evidence_is_left ? right : left;
  ensure(satisfies(claimed, claimed.initial(), *result.formula, result.events, budget),
         "the formula is false of the system that it was made for");
  ensure(!satisfies(other, other.initial(), *result.formula, result.events, budget),
         "the formula is true of the system that it was made against");
}

Comparison Comparer::compare(Relation relation, Wish wish) {
  Comparison result{};
  result.relation = relation;
  result.outcome = Outcome::holds;
  result.states = std::uint64_t{left_.state_count()} + right_.state_count();
  result.transitions = left_.transition_count() + right_.transition_count();
  try {
    decide(relation, wish, result);
    if (result.formula) confirm_formula(left_, right_, result, budget_);
    if (result.witness) confirm_witness(both(), relation, wish.preorder, *result.witness, budget_);
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    result.outcome = Outcome::inconclusive;
    result.reason = limit.reason;
  }
  return result;
}

}  // namespace tryst
