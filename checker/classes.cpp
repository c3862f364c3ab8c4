#include "checker/classes.hpp"

#include "checker/branching_refinement.hpp"
#include "checker/ensure.hpp"
#include "checker/initials.hpp"
#include "checker/strong_refinement.hpp"
#include "checker/weak_bisimulation.hpp"

namespace tryst {

namespace {

using Apart = std::optional<std::pair<StateId, StateId>>;

template <class Refinement>
Classes refine(const Lts& lts, Budget& budget, Apart apart, unsigned threads) {
  Crew crew(threads);
  Refinement refinement(lts, crew, budget);
  const DirtyPartition& partition = refinement.partition();
  while (refinement.round())
    if (apart && partition.block(apart->first) != partition.block(apart->second)) break;
  Classes classes{{}, partition.block_count()};
  classes.of.reserve(lts.state_count());
  for (const std::uint32_t b : partition.blocks()) classes.of.push_back(static_cast<StateId>(b));
  return classes;
}

bool has_tau(const Lts& lts) {
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    if (!internal(lts.transitions(static_cast<StateId>(s))).empty()) return true;
  return false;
}

// The classes of the states of `inner`, as classes of the states that `outer` maps to them.
Classes composed(const std::vector<StateId>& outer, const Classes& inner) {
  Classes classes{{}, inner.count};
  classes.of.reserve(outer.size());
  for (const StateId s : outer) classes.of.push_back(inner.of[index(s)]);
  return classes;
}

Classes branching_classes(const Lts& lts, bool divergence, Budget& budget, Apart apart, unsigned threads) {
  if (!has_tau(lts)) return refine<StrongRefinement>(lts, budget, apart, threads);
  const Contraction contraction = contract_tau_cycles(lts, divergence, budget);
  if (apart) apart = std::pair(contraction.component[index(apart->first)], contraction.component[index(apart->second)]);
  return composed(contraction.component, refine<BranchingRefinement>(contraction.lts, budget, apart, threads));
}

Classes weak_classes(const Lts& lts, bool divergence, Budget& budget, Apart apart, unsigned threads) {
  if (!has_tau(lts)) return refine<StrongRefinement>(lts, budget, apart, threads);
  const Contraction outer = contract_tau_cycles(lts, divergence, budget);
  const Classes branching = refine<BranchingRefinement>(outer.lts, budget, {}, threads);
  // No τ-cycle is left; contracting once more only renumbers the states so that τ leads downwards.
  const Contraction inner = contract_tau_cycles(quotient(outer.lts, branching, InnerTau::drop, budget), false, budget);
  const Classes weak = weak_bisimulation(inner.lts, budget);
  return composed(outer.component, composed(branching.of, composed(inner.component, weak)));
}

}  // namespace

Classes bisimulation_classes(const Lts& lts, Relation relation, Budget& budget, Apart apart, unsigned threads) {
  switch (relation) {
    case Relation::strong: return refine<StrongRefinement>(lts, budget, apart, threads);
    case Relation::branching: return branching_classes(lts, false, budget, apart, threads);
    case Relation::dp_branching: return branching_classes(lts, true, budget, apart, threads);
    case Relation::weak: return weak_classes(lts, false, budget, apart, threads);
    case Relation::dp_weak: return weak_classes(lts, true, budget, apart, threads);
    default: throw InternalError("classes of a relation that is no bisimulation");
  }
}

Lts quotient(const Lts& lts, const Classes& classes, Relation bisimulation, Budget& budget) {
  if (bisimulation == Relation::strong) return strong_quotient(lts, classes, budget);
  const bool divergence = bisimulation == Relation::dp_branching || bisimulation == Relation::dp_weak;
  return quotient(lts, classes, divergence ? InnerTau::keep_cycles : InnerTau::drop, budget);
}

}  // namespace tryst
