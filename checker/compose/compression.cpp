#include "checker/compose/compression.hpp"

#include "checker/classes.hpp"
#include "checker/weak_bisimulation.hpp"
#include "semantics/lazy_lts.hpp"

namespace tryst {

namespace {

Lts reduced(Lts lts, Relation relation, Budget& budget) {
  const Classes classes = bisimulation_classes(lts, relation, budget);
  if (relation == Relation::strong && classes.count == lts.state_count()) return lts;
  lts = quotient(lts, classes, relation, budget);
  if (relation == Relation::weak || relation == Relation::dp_weak) lts = without_implied_transitions(lts, budget);
  return lts;
}

Lts without_tau_cycles(const Lts& lts, Observed observed, Budget& budget) {
  Contraction contraction = contract_tau_cycles(lts, false, budget);
  if (observed == Observed::traces) return std::move(contraction.lts);
  const Classes classes{std::move(contraction.component), contraction.lts.state_count()};
  return quotient(lts, classes, InnerTau::keep_cycles, budget);
}

std::uint64_t weight(const Lts& lts) { return lts.state_count() + lts.transition_count(); }

// The smaller of the system and what was made of it.
Lts smaller(Lts lts, std::optional<Lts> other, Budget& budget) {
  if (!other) return lts;
  Lts least = reduced(std::move(*other), Relation::strong, budget);
  return least.state_count() <= lts.state_count() && weight(least) < weight(lts) ? std::move(least) : std::move(lts);
}

}  // namespace

Lts compressed(Lts lts, Compression how, Observed observed, Budget& budget) {
  const bool traces = observed == Observed::traces;
  if (observed == Observed::branching_time && how != Compression::none && how != Compression::strong)
    how = Compression::branching;
  const Relation branching = traces ? Relation::branching : Relation::dp_branching;
  switch (how) {
    case Compression::none: break;
    case Compression::strong: lts = reduced(std::move(lts), Relation::strong, budget); break;
    case Compression::branching: lts = reduced(std::move(lts), branching, budget); break;
    case Compression::weak:
      lts = reduced(std::move(lts), branching, budget);
      lts = reduced(std::move(lts), traces ? Relation::weak : Relation::dp_weak, budget);
      break;
    case Compression::tau_loops: lts = without_tau_cycles(lts, observed, budget); break;
    case Compression::diamond:
    case Compression::normal:
    case Compression::best:
      lts = reduced(std::move(lts), branching, budget);
      if (how != Compression::normal) {
        auto other = diamond_of(lts, observed, budget);
        lts = smaller(std::move(lts), std::move(other), budget);
      }
      if (how != Compression::diamond) {
        auto other = normal_form_of(lts, observed, budget);
        lts = smaller(std::move(lts), std::move(other), budget);
      }
      break;
  }
  return reachable_part(std::move(lts), budget);
}

}  // namespace tryst
