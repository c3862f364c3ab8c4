// The sorts of names: how many names each carries, and of which sorts they are, by unification.
//
// Every binding has one sort, and every free name of commands and operands; a sort is the list of the sorts of what is
// sent on the name (Milner, "The polyadic π-calculus: a tutorial", 1991). Sorts may be recursive: `'a<a>` gives a the
// sort s = (s), so unification is union-find without an occurs check (Huet, 1976). Agents are not polymorphic.
// An ill-sorted communication cannot happen, which is a deadlock more often than an intention: it is a warning.
#pragma once

#include <string>

#include "frontend/diagnostic.hpp"
#include "frontend/pi/ast.hpp"

namespace tryst::pi {

// Warns where a name carries lists of different lengths (P0801); both places are shown.
void check_sorts(const Script&, Diagnostics&);

// The sorts of the free names of a process, a line each: `a : (s1) where s1 = ()`.
std::string sorts_of(const Script&, ProcId);

}  // namespace tryst::pi
