// The mistakes of a specification that only show when its processes run: P0450 to P0452.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "semantics/csp/terms.hpp"
#include "semantics/script_error.hpp"

namespace tryst::csp {

// A named place where a process calls another, for the notes of an error.
struct Call {
  std::string name;
  Span span;
};

// P0450: `calls` leads from a process back to itself, or on without end, and no event lies between. `endless`: the
// names never repeat.
[[noreturn]] void throw_unguarded(const std::vector<Call>& calls, bool endless);

// The elements of a set that has to be listed; P0451 when it is infinite. `what` names the process as the script does.
std::span<const EventId> finite_elements(const Terms&, EventSetId, Span, std::string_view what);

// P0452: `chase` or another function of whole processes is applied to itself more than `depth` times over.
[[noreturn]] void throw_nested_too_deep(Span, std::size_t depth);

}  // namespace tryst::csp
