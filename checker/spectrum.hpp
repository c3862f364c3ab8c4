// Two systems in all relations at once, from the finest to the coarsest: what a finer relation that holds implies is
// not computed again, and everything is asked of the systems reduced by strong bisimilarity, which none of the
// relations can see.
#pragma once

#include <vector>

#include "checker/comparison.hpp"

namespace tryst {

// The comparison in each relation, in the order of all_relations(). Evidence is checked on the systems as they are
// given.
std::vector<Comparison> spectrum(const Lts& left, const Lts& right, Budget&, unsigned threads = 1);

}  // namespace tryst
