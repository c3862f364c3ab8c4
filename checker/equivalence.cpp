#include "checker/equivalence.hpp"

#include <algorithm>

#include "checker/classes.hpp"
#include "checker/distinguish.hpp"
#include "checker/ensure.hpp"
#include "checker/question.hpp"
#include "checker/satisfaction.hpp"
#include "checker/simulation.hpp"
#include "checker/weak_bisimulation.hpp"
#include "semantics/shared_events.hpp"

namespace tryst {

namespace {

constexpr std::string_view names[] = {
    "strong",     "branching", "dp-branching",         "weak",       "dp-weak",         "trace",
    "weak-trace", "failures",  "failures-divergences", "simulation", "ready-simulation"};

// The same system with ✓, and perhaps τ, as ordinary visible events of these names.
Lts with_plain_labels(const Lts& lts, bool plain_tau) {
  EventNames events = lts.events();
  const EventId plain[] = {plain_tau ? events.intern("τ") : tau, events.intern("✓")};
  std::vector<Lts::Edge> edges;
  edges.reserve(lts.transition_count());
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (const Transition& t : lts.transitions(static_cast<StateId>(s)))
      edges.push_back({static_cast<StateId>(s), is_visible(t.event) ? t.event : plain[index(t.event)], t.target});
  return Lts(lts.state_count(), lts.initial(), std::move(edges), std::move(events));
}

// Refinement both ways; the first failure is the evidence.
void compare_by_refinement(const Lts& left, const Lts& right, Model model, Comparison& result, Budget& budget) {
  SharedEvents shared_left(left, result.events);
  SharedEvents shared_right(right, result.events);
  LazyLts lazy_left(shared_left);
  LazyLts lazy_right(shared_right);
  const auto refine = [&](LazyLts& specification, LazyLts& implementation, bool implementation_is_left) {
    if (result.outcome != Outcome::holds) return;
    const Verdict verdict = check({Property::refinement, model, &implementation, &specification, {}}, budget);
    result.outcome = verdict.outcome;
    result.reason = verdict.reason;
    result.behaviour_is_left = implementation_is_left;
    if (!verdict.evidence.empty()) result.behaviour = verdict.evidence.front();
  };
  refine(lazy_left, lazy_right, false);
  refine(lazy_right, lazy_left, true);
}

void compare_by_simulation(const Union& both, bool ready, Comparison& result, Budget& budget) {
  const Classes strong = bisimulation_classes(both.lts, Relation::strong, budget);
  const Lts small = quotient(both.lts, strong, InnerTau::keep, budget);
  const bool related =
      are_mutually_similar(small, strong.of[index(both.left)], strong.of[index(both.right)], ready, budget);
  if (!related) result.outcome = Outcome::fails;
}

void compare_by_bisimulation(const Union& both, Relation relation, Comparison& result, Budget& budget) {
  const Classes classes = bisimulation_classes(both.lts, relation, budget, std::pair(both.left, both.right));
  if (classes.of[index(both.left)] == classes.of[index(both.right)]) return;
  result.outcome = Outcome::fails;
  result.formula = distinguish(both, relation, budget);
}

// The formula, on the systems as they were given.
void confirm(const Lts& left, const Lts& right, const Comparison& result, Budget& budget) {
  ensure(satisfies(left, left.initial(), *result.formula, result.events, budget),
         "the formula is false of the left system");
  ensure(!satisfies(right, right.initial(), *result.formula, result.events, budget),
         "the formula is true of the right system");
}

void decide(const Lts& left, const Lts& right, Relation relation, Comparison& result, Budget& budget) {
  switch (relation) {
    case Relation::trace:
      return compare_by_refinement(with_plain_labels(left, true), with_plain_labels(right, true), Model::T, result,
                                   budget);
    case Relation::weak_trace:
      return compare_by_refinement(with_plain_labels(left, false), with_plain_labels(right, false), Model::T, result,
                                   budget);
    case Relation::failures: return compare_by_refinement(left, right, Model::F, result, budget);
    case Relation::failures_divergences: return compare_by_refinement(left, right, Model::FD, result, budget);
    default: break;
  }
  const Union both = disjoint_union(left, right);
  result.events = both.lts.events();
  switch (relation) {
    case Relation::simulation: return compare_by_simulation(both, false, result, budget);
    case Relation::ready_simulation: return compare_by_simulation(both, true, result, budget);
    default: return compare_by_bisimulation(both, relation, result, budget);
  }
}

}  // namespace

std::string_view name(Relation relation) { return names[static_cast<std::size_t>(relation)]; }

std::optional<Relation> relation_named(std::string_view wanted) {
  const auto found = std::ranges::find(names, wanted);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Relation>(found - std::begin(names));
}

Comparison compare(const Lts& left, const Lts& right, Relation relation, Budget& budget) {
  Comparison result{};
  result.outcome = Outcome::holds;
  result.states = std::uint64_t{left.state_count()} + right.state_count();
  result.transitions = left.transition_count() + right.transition_count();
  try {
    decide(left, right, relation, result, budget);
    if (result.formula) confirm(left, right, result, budget);
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    result.outcome = Outcome::inconclusive;
    result.reason = limit.reason;
  }
  return result;
}

bool is_minimisable(Relation relation) { return relation <= Relation::dp_weak; }

Lts minimise(const Lts& lts, Relation relation, Budget& budget) {
  ensure(is_minimisable(relation), "systems are minimised by bisimulations only");
  const bool weak = relation == Relation::weak || relation == Relation::dp_weak;
  const bool divergence = relation == Relation::dp_branching || relation == Relation::dp_weak;
  const InnerTau inner_tau = relation == Relation::strong ? InnerTau::keep
                             : divergence                 ? InnerTau::keep_cycles
                                                          : InnerTau::drop;
  const Lts reachable = explore(lts, budget);
  const Lts small = quotient(reachable, bisimulation_classes(reachable, relation, budget), inner_tau, budget);
  const Lts least = weak ? without_implied_transitions(small, budget) : small;
  return explore(least, budget);
}

}  // namespace tryst
