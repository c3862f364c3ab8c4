#include "checker/equivalence.hpp"

#include <algorithm>

#include "checker/canonical_order.hpp"
#include "checker/classes.hpp"
#include "checker/normal_system.hpp"
#include "checker/simulation_preorder.hpp"
#include "checker/weak_bisimulation.hpp"
#include "semantics/lazy_lts.hpp"

namespace tryst {

namespace {

constexpr std::string_view names[] = {
    "strong",     "branching", "dp-branching",         "weak",       "dp-weak",         "trace",
    "weak-trace", "failures",  "failures-divergences", "simulation", "ready-simulation"};

constexpr Relation relations[] = {Relation::strong,     Relation::dp_branching,
                                  Relation::branching,  Relation::dp_weak,
                                  Relation::weak,       Relation::ready_simulation,
                                  Relation::simulation, Relation::failures_divergences,
                                  Relation::failures,   Relation::trace,
                                  Relation::weak_trace};

// The direct ones; the others follow.
constexpr std::pair<Relation, Relation> implications[] = {
    {Relation::strong, Relation::dp_branching},
    {Relation::strong, Relation::ready_simulation},
    {Relation::dp_branching, Relation::branching},
    {Relation::dp_branching, Relation::dp_weak},
    {Relation::branching, Relation::weak},
    {Relation::dp_weak, Relation::weak},
    {Relation::dp_weak, Relation::failures},
    {Relation::dp_weak, Relation::failures_divergences},
    {Relation::weak, Relation::weak_trace},
    {Relation::ready_simulation, Relation::simulation},
    {Relation::ready_simulation, Relation::failures},
    {Relation::ready_simulation, Relation::failures_divergences},
    {Relation::simulation, Relation::trace},
    {Relation::failures, Relation::weak_trace},
    {Relation::trace, Relation::weak_trace},
};

// The states are numbered by a partition of this or of an isomorphic system.
Lts least_by_bisimulation(Lts lts, Relation relation, Budget& budget, unsigned threads) {
  const bool weak = relation == Relation::weak || relation == Relation::dp_weak;
  const std::uint32_t states = lts.state_count();
  const Classes classes = bisimulation_classes(lts, relation, budget, {}, threads);
  lts = quotient(lts, classes, relation, budget);
  if (relation == Relation::strong && classes.count == states) return lts;
  if (weak) lts = without_implied_transitions(lts, budget);
  // No two states are strongly bisimilar: their classes are the same states in an order of their own.
  return strong_quotient(lts, bisimulation_classes(lts, Relation::strong, budget, {}, threads), budget);
}

// Related states are merged by a cheaper and finer relation first.
Lts least(Lts lts, Relation relation, Budget& budget, unsigned threads) {
  if (!is_mutual_preorder(relation)) return least_by_bisimulation(std::move(lts), relation, budget, threads);
  const bool keeps_tau = relation == Relation::trace || !is_refinement(relation);
  const Relation finer = keeps_tau ? Relation::strong : Relation::dp_branching;
  lts = least_by_bisimulation(std::move(lts), finer, budget, threads);
  lts = is_refinement(relation) ? normal_system(lts, relation, budget, threads)
                                : least_by_simulation(lts, relation == Relation::ready_simulation, budget);
  return least_by_bisimulation(reachable_part(std::move(lts), budget), Relation::strong, budget, threads);
}

}  // namespace

std::string_view name(Relation relation) { return names[static_cast<std::size_t>(relation)]; }

std::optional<Relation> relation_named(std::string_view wanted) {
  const auto found = std::ranges::find(names, wanted);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Relation>(found - std::begin(names));
}

std::span<const Relation> all_relations() { return relations; }

bool implies(Relation finer, Relation coarser) {
  if (finer == coarser) return true;
  return std::ranges::any_of(implications,
                             [&](const auto& pair) { return pair.first == finer && implies(pair.second, coarser); });
}

bool is_mutual_preorder(Relation relation) { return relation > Relation::dp_weak; }

bool is_refinement(Relation relation) { return is_mutual_preorder(relation) && relation < Relation::simulation; }

Lts minimise(Lts lts, Relation relation, Budget& budget, unsigned threads) {
  // The system as given is gone once this is done.
  lts = least(reachable_part(std::move(lts), budget), relation, budget, threads);
  return in_canonical_order(std::move(lts), budget);
}

}  // namespace tryst
