// Freedom of divergence: every circle of silent steps among the controls has something that runs out.
//
// A *rank* is a linear expression for each control of a strongly connected part of the silent steps, such that no step of
// the part makes it grow. Steps that make it less, from a value that is bounded below, are taken finitely often, and are
// left out; what is left falls into smaller parts. When no step is left, no run is silent for ever (lexicographic ranks:
// Bradley, Manna & Sipma, "Linear ranking with reachability", CAV 2005). Candidates are variables, lengths, and their
// sums and differences at one control; what the rank is elsewhere follows from the updates on the way there.
// Cost: for each candidate of a part, a query a step. Threads: none.
#pragma once

#include <optional>
#include <vector>

#include "checker/symbolic/kept_candidates.hpp"

namespace tryst {

struct Ranking {
  std::vector<ExpressionId> ranks{};      // of each part in turn, at one of its controls
  std::optional<std::uint32_t> circle{};  // a control of a part without a rank; none: no silent step is left
};

// `known` are invariants, by control.
Ranking rank_silent_steps(Expressions&, const SymbolicProblem&, const std::vector<ExpressionId>& known,
                          const Impossible&);

}  // namespace tryst
