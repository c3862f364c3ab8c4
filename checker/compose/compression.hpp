// Smaller systems in the place of parts of a network: what the compressions of CSPM do, by the models that a question
// needs.
//
// What must not change is the part's behaviour in every context of parallel operators, hiding and renaming. Strong and
// divergence-preserving bisimulations, and equality of traces, stable failures and divergences, are congruences for
// these (Roscoe, Understanding Concurrent Systems, ch. 9 to 11); where only traces are asked for, branching and weak
// bisimulation and equality of traces are enough. Below a priority operator
// only the bisimulations that preserve divergence are: what may be outranked happens in stable states alone, and such
// states that are bisimilar offer the same.
//
//   strong      one state for each class of strong bisimilarity
//   branching   of divergence-preserving branching bisimilarity; for traces, of branching bisimilarity
//   weak        of divergence-preserving weak bisimilarity; for traces, of weak bisimilarity
//   tau_loops   one state for each τ-cycle
//   diamond     branching; then every state offers what it can reach by τ, and τ leads only to stable states with
//               least offers (Roscoe et al., "Hierarchical compression for model-checking CSP", TACAS 1995)
//   normal      branching; then deterministic but for τ to stable states that offer one least acceptance each
//   best        the smallest of branching, diamond and normal
// diamond and normal, where they would be larger than what they are made from, stay as they were; so a result is never
// larger than the system. Results are numbered breadth first.
#pragma once

#include <cstdint>

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

enum class Compression : std::uint8_t { none, strong, branching, weak, tau_loops, diamond, normal, best };

// What the question observes: traces; stable failures and divergences as well; or whatever divergence-preserving
// branching bisimilarity keeps, in which case all but `none` and `strong` are `branching`.
enum class Observed : std::uint8_t { traces, failures_divergences, branching_time };

Lts compressed(Lts, Compression, Observed, Budget&);

// The two that are not bisimulations. None: it would be larger than the system. τ of the system must have no cycles but
// loops.
std::optional<Lts> diamond_of(const Lts&, Observed, Budget&);
std::optional<Lts> normal_form_of(const Lts&, Observed, Budget&);

}  // namespace tryst
