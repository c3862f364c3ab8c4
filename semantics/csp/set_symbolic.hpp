// The algebra of symbolic sets that are not sets of integers.
//
// Atoms are Proc, Set(A), Seq(A), Map(A, B), products and infinite datatypes. A symbolic set is an atom, an atom
// without something, or a union of these and at most one explicit set. Intersections go factor by factor; a difference
// of products is a union of disjoint products, A1.A2 - B1.B2 = (A1 - B1).A2 + (A1 & B1).(A2 - B2); products of a union
// that differ in one factor are merged, and the constructors of a datatype that are all there become the datatype. At
// least one operand is symbolic. Cost: quadratic in the number of parts of unions, which are few.
#pragma once

#include <vector>

#include "semantics/csp/data_table.hpp"
#include "semantics/csp/set_elements.hpp"

namespace tryst::csp {

ValueId symbolic_union(DataTable&, const std::vector<ValueId>& sets);
ValueId symbolic_intersection(DataTable&, ValueId a, ValueId b);
ValueId symbolic_difference(DataTable&, ValueId a, ValueId b);
Answer symbolic_subset(DataTable&, ValueId a, ValueId b);  // a is symbolic

// The difference of two products with as many factors, as disjoint products: lists of factors.
std::vector<std::vector<ValueId>> product_difference(DataTable&, std::span<const ValueId> a,
                                                     std::span<const ValueId> b);

}  // namespace tryst::csp
