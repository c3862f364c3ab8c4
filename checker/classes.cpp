#include "checker/classes.hpp"

#include "checker/bisimulation.hpp"
#include "checker/ensure.hpp"
#include "checker/weak_bisimulation.hpp"

namespace tryst {

namespace {

using Apart = std::optional<std::pair<StateId, StateId>>;

Classes refine(const Lts& lts, Bisimulation::Kind kind, Budget& budget, Apart apart) {
  Bisimulation bisimulation(lts, kind, budget);
  const Partition& partition = bisimulation.partition();
  while (bisimulation.round())
    if (apart && partition.block(apart->first) != partition.block(apart->second)) break;
  Classes classes{{}, partition.block_count()};
  classes.of.reserve(lts.state_count());
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    classes.of.push_back(static_cast<StateId>(index(partition.block(static_cast<StateId>(s)))));
  return classes;
}

// The classes of the states of `inner`, as classes of the states that `outer` maps to them.
Classes composed(const std::vector<StateId>& outer, const Classes& inner) {
  Classes classes{{}, inner.count};
  classes.of.reserve(outer.size());
  for (const StateId s : outer) classes.of.push_back(inner.of[index(s)]);
  return classes;
}

Classes branching_classes(const Lts& lts, bool divergence, Budget& budget, Apart apart) {
  const Contraction contraction = contract_tau_cycles(lts, divergence, budget);
  if (apart) apart = std::pair(contraction.component[index(apart->first)], contraction.component[index(apart->second)]);
  return composed(contraction.component, refine(contraction.lts, Bisimulation::Kind::branching, budget, apart));
}

Classes weak_classes(const Lts& lts, bool divergence, Budget& budget) {
  const Contraction outer = contract_tau_cycles(lts, divergence, budget);
  const Classes branching = refine(outer.lts, Bisimulation::Kind::branching, budget, {});
  // No τ-cycle is left; contracting once more only renumbers the states so that τ leads downwards.
  const Contraction inner = contract_tau_cycles(quotient(outer.lts, branching, InnerTau::drop, budget), false, budget);
  const Classes weak = weak_bisimulation(inner.lts, budget);
  return composed(outer.component, composed(branching.of, composed(inner.component, weak)));
}

}  // namespace

Classes bisimulation_classes(const Lts& lts, Relation relation, Budget& budget, Apart apart) {
  switch (relation) {
    case Relation::strong: return refine(lts, Bisimulation::Kind::strong, budget, apart);
    case Relation::branching: return branching_classes(lts, false, budget, apart);
    case Relation::dp_branching: return branching_classes(lts, true, budget, apart);
    case Relation::weak: return weak_classes(lts, false, budget);
    case Relation::dp_weak: return weak_classes(lts, true, budget);
    default: throw InternalError("classes of a relation that is no bisimulation");
  }
}

}  // namespace tryst
