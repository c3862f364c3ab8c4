// Pairs of small systems that are often but not always equivalent: what comparisons are tried on.
#pragma once

#include <utility>

#include "semantics/lts.hpp"

namespace tryst::naive {

// Some system, and itself with one transition more or less.
std::pair<Lts, Lts> neighbours(std::uint64_t seed);

}  // namespace tryst::naive
