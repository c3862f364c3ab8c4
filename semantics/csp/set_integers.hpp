// The Boolean algebra of the sets of integers that ranges, {a..}, Int and finite sets generate.
//
// Such a set is a finite union of intervals, of which the first may be unbounded below and the last unbounded above.
// Its canonical form: finite sets as elsewhere; {a..}; the union of a finite set and {a..}; Int; or Int without one of
// the others. Integers have 64 bits: the least and the greatest stand for the infinities. Cost O(intervals).
#pragma once

#include "semantics/csp/values.hpp"

namespace tryst::csp {

// Sets of integers in canonical form, {} included.
bool holds_integers(const Values&, ValueId set);

ValueId integer_union(Values&, ValueId a, ValueId b);
ValueId integer_intersection(Values&, ValueId a, ValueId b);
ValueId integer_difference(Values&, ValueId a, ValueId b);

}  // namespace tryst::csp
