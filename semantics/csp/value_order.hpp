// The partial order of the language, for `< <= > >=`: integers and characters by value, tuples lexicographically,
// sequences by prefix, sets by inclusion, maps by submap (a key's images are compared in turn). All else is equal or
// unordered.
#pragma once

#include <compare>

#include "semantics/csp/data_table.hpp"

namespace tryst::csp {

std::partial_ordering relate(DataTable&, ValueId a, ValueId b);

}  // namespace tryst::csp
