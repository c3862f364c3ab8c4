#include "checker/equivalence.hpp"

#include <algorithm>

#include "checker/canonical_order.hpp"
#include "checker/classes.hpp"
#include "checker/ensure.hpp"
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

// A system of which no two states are strongly bisimilar, and the blocks that its states are in, each alone: an order
// that isomorphic systems have in common.
struct Least {
  Lts lts;
  std::vector<StateId> rank;  // by state
};

// Numbers the classes in the order of their first states, so that what was near each other in memory stays so.
void number_by_first_state(Classes& classes) {
  std::vector<StateId> number(classes.count, no_id<StateId>);
  std::uint32_t met = 0;
  for (StateId& c : classes.of) {
    if (number[index(c)] == no_id<StateId>) number[index(c)] = static_cast<StateId>(met++);
    c = number[index(c)];
  }
}

Least least_by_bisimulation(Lts lts, Relation relation, Budget& budget, unsigned threads) {
  const bool weak = relation == Relation::weak || relation == Relation::dp_weak;
  Classes classes = bisimulation_classes(lts, relation, budget, {}, threads);
  if (relation == Relation::strong && classes.count == lts.state_count())
    return {std::move(lts), std::move(classes.of)};
  number_by_first_state(classes);
  lts = quotient(lts, classes, relation, budget);
  if (weak) lts = without_implied_transitions(lts, budget);
  classes = {};
  classes = bisimulation_classes(lts, Relation::strong, budget, {}, threads);
  ensure(classes.count == lts.state_count(), "a quotient has two states that are bisimilar");
  return {std::move(lts), std::move(classes.of)};
}

// Related states are merged by a cheaper and finer relation first.
Least least(Lts lts, Relation relation, Budget& budget, unsigned threads) {
  if (!is_mutual_preorder(relation)) return least_by_bisimulation(std::move(lts), relation, budget, threads);
  const bool keeps_tau = relation == Relation::trace || !is_refinement(relation);
  const Relation finer = keeps_tau ? Relation::strong : Relation::dp_branching;
  lts = least_by_bisimulation(std::move(lts), finer, budget, threads).lts;
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
  const Least least_one = least(reachable_part(std::move(lts), budget), relation, budget, threads);
  return in_canonical_order(least_one.lts, least_one.rank, budget);
}

}  // namespace tryst
