// Of guesses at what holds at each control, those that are invariants.
//
// Whatever does not hold at first, or is not kept by some step, is dropped, until all are kept (Flanagan & Leino, "Houdini,
// an annotation assistant for ESC/Java", FME 2001). Cost: a query a step and control where all are kept, else one for each
// guess besides, a few times. Threads: none.
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "semantics/symbolic/symbolic_problem.hpp"

namespace tryst {

// Whether no numbers fulfil all of these.
using Impossible = std::function<bool(const std::vector<ExpressionId>&)>;

// What may hold at a control, by its number.
using Guess = std::function<std::set<ExpressionId>(std::size_t)>;

// By control, what is kept with what is known already; inductive if that is. Controls that are known to be out of reach
// are not asked about.
std::vector<ExpressionId> kept_candidates(Expressions&, const SymbolicProblem&, const Guess&,
                                          const std::vector<ExpressionId>& known, const Impossible&);

}  // namespace tryst
