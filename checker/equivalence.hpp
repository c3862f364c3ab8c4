// Comparing two transition systems, and shrinking one, in the relations of the linear-time branching-time spectrum (van
// Glabbeek, "The Linear Time - Branching Time Spectrum", I, 1990, and II, 1993).
//
// τ is a label like any other in strong, trace, simulation and ready_simulation. The dp_ relations also preserve
// divergence: whether a state can perform τ for ever. Failures and failures-divergences are CSP's
// (checker/question.hpp), refinement both ways; trace, simulation and their kin are mutual too. Systems are compared by
// their transitions: Ω is a state without transitions like a deadlock, reached by ✓.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checker/formula.hpp"
#include "checker/verdict.hpp"
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

struct Comparison {
  Outcome outcome;                     // holds: equivalent
  std::string reason;                  // inconclusive: the limit
  EventNames events;                   // what the evidence speaks of
  std::optional<Distinction> formula;  // strong: true of the left system, false of the right
  std::optional<Evidence> behaviour;  // trace and failure relations: a path of one system that the other does not allow
  bool behaviour_is_left = false;     // which of the systems has that path
  std::uint64_t states = 0;           // of both systems together, as compared
  std::uint64_t transitions = 0;
};

Comparison compare(const Lts& left, const Lts& right, Relation, Budget&);

// Whether minimise() knows the relation: the bisimulations.
bool is_minimisable(Relation);

// The smallest system, in states, that is related to this one; numbered breadth first.
Lts minimise(const Lts&, Relation, Budget&);

}  // namespace tryst
