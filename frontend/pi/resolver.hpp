// What is wrong with the names of a π-calculus file: unknown and repeated agents, numbers of arguments, definitions
// that are not closed, recursion without a guard (P071x); and sorts that do not fit (P0801, sorts.hpp).
//
// A name is bound by the innermost binder around it. Free names of a definition must be among its parameters, as in the
// Mobility Workbench; in commands and operands they are constants. Cost: linear in the tree, times the depth of
// binders.
#pragma once

#include "frontend/diagnostic.hpp"
#include "frontend/pi/ast.hpp"

namespace tryst::pi {

void resolve(const Script&, Diagnostics&);

// One more process, from outside the file. `true` when nothing was wrong.
bool resolve_process(const Script&, ProcId, Diagnostics&);

// The definition of an agent, or no_id.
DefinitionId find_definition(const Script&, Symbol agent);

// Reports recursion that reaches no prefix: one error a cycle (P0715).
void check_guardedness(const Script&, Diagnostics&);

}  // namespace tryst::pi
