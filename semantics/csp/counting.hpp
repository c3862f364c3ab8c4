// Which parameter of a named process has taken ever more integers: a hint where a limit on states was reached.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "semantics/csp/machine.hpp"

namespace tryst::csp {

struct CountingParameter {
  std::string process;
  std::size_t parameter;  // from 1
  std::size_t values;     // that were met
  std::int64_t least, most;
};

inline constexpr std::size_t counted_values_min = 256;
inline constexpr std::size_t suspensions_looked_at = 1 << 20;  // enough to tell, where memory may be short already

// Of the processes met since there were `from` suspensions, as far as they are looked at: the parameter with most values,
// if these are nearly all that are between the least and the most, and many, and if some call adds to it, subtracts or
// multiplies. Cost: at most so many suspensions, and the script for each such parameter.
std::optional<CountingParameter> counting_parameter(Machine&, std::size_t from);

}  // namespace tryst::csp
