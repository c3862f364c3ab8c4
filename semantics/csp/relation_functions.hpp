// The external functions on binary relations, sets of pairs. Fault: infinite_set.
#pragma once

#include "semantics/csp/data_table.hpp"
#include "semantics/csp/value_fault.hpp"

namespace tryst::csp {

Outcome relational_image(DataTable&, ValueId relation, ValueId x);          // {y | (x, y) in R}; O(log n + result)
Outcome relational_inverse_image(DataTable&, ValueId relation, ValueId y);  // {x | (x, y) in R}; O(n)
Outcome transpose(DataTable&, ValueId relation);
// With ~ the least equivalence that contains `relation`: {(r, x)} for x in `domain`, r the least y in `domain` with x ~
// y, r != x.
Outcome mtransclose(DataTable&, ValueId relation, ValueId domain);

}  // namespace tryst::csp
