// What occurs in a process, or in an agent that it may come to call.
#pragma once

#include <functional>
#include <vector>

#include "semantics/pi/term.hpp"

namespace tryst::pi {

// Whether the predicate is true of one of the terms, or of a part of them or of such an agent. Cost: linear.
bool mentions(const Terms&, std::vector<TermId>, const std::function<bool(TermId)>& predicate);

}  // namespace tryst::pi
