// The set functions of CSPM on canonical sets, finite and symbolic.
//
// Finite sets are merged in linear time, ranges in O(1). The sets of integers that {a..}, Int and finite sets generate
// are a Boolean algebra with a normal form, so equality is exact; sequences, powersets, maps and products are combined
// factor by factor; what has nothing simpler stays a union or difference, whose membership is exact and whose equality
// is by form. All but the functions that return Outcome are total; LimitReached where a finite result exceeds
// set_elements_max.
#pragma once

#include <span>

#include "semantics/csp/set_constructions.hpp"
#include "semantics/csp/set_elements.hpp"

namespace tryst::csp {

ValueId set_union(DataTable&, ValueId a, ValueId b);
ValueId set_intersection(DataTable&, ValueId a, ValueId b);
ValueId set_difference(DataTable&, ValueId a, ValueId b);
ValueId set_union(DataTable&, std::span<const ValueId> sets);  // {} of none; O(total log total)
Outcome big_union(DataTable&, ValueId set_of_sets);            // Union
Outcome big_intersection(DataTable&, ValueId set_of_sets);     // Inter; Inter({}) = {}
Outcome sequence_of(DataTable&, ValueId set);                  // seq

}  // namespace tryst::csp
