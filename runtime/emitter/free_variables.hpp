// The variables of machine code that are used and not bound inside.
#pragma once

#include <set>

#include "runtime/emitter/machine_code.hpp"

namespace tryst::emitter {

std::set<std::uint32_t> free_variables(const Expression&);
std::set<std::uint32_t> free_variables(const Process&);

}  // namespace tryst::emitter
