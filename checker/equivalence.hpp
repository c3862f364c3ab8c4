// The relations of the linear-time branching-time spectrum (van Glabbeek, "The Linear Time - Branching Time Spectrum",
// I, 1990, and II, 1993), and the smallest systems by each. Comparing two systems is
// checker/comparison.hpp.
//
// τ is a label like any other in strong, trace, simulation and ready_simulation. The dp_ relations also preserve
// divergence: whether a state can perform τ for ever. Failures and failures-divergences are CSP's
// (checker/question.hpp), refinement both ways; trace, simulation and their kin are mutual too. Systems are compared by
// their transitions: Ω is a state without transitions like a deadlock, reached by ✓.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

enum class Relation : std::uint8_t {
  strong,
  branching,
  dp_branching,
  weak,
  dp_weak,
  trace,
  weak_trace,
  failures,
  failures_divergences,
  simulation,
  ready_simulation,
};

// In the spelling of the command line: "dp-branching".
std::string_view name(Relation);
std::optional<Relation> relation_named(std::string_view);

// Whether the relation is a preorder both ways: refinement or simulation. The others are bisimulations.
bool is_mutual_preorder(Relation);
// Whether it is refinement: a trace or failure relation.
bool is_refinement(Relation);

// Every relation, a finer one before those that it implies.
std::span<const Relation> all_relations();

// Whether two systems that are related by the first, as it is defined here, are always related by the second. Failures
// are stable ones: weak bisimilarity, which does not see divergence, does not imply them.
bool implies(Relation finer, Relation coarser);

// The smallest system, in states and then in transitions, that is related to this one: for the traces the smallest
// deterministic one, for the failures a normal form (checker/normal_system.hpp). It is numbered canonically
// (checker/canonical_order.hpp): two systems are related iff their smallest ones are identical.
Lts minimise(Lts, Relation, Budget&, unsigned threads = 1);

}  // namespace tryst
