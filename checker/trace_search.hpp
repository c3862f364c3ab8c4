// Can a system perform a given visible trace, τ being invisible, and what is the shortest way? Breadth first over
// (events performed, state); cost: one visit of each state for each position of the trace at which it can be.
#pragma once

#include <span>
#include <vector>

#include "checker/verdict.hpp"
#include "semantics/budget.hpp"
#include "semantics/lazy_lts.hpp"

namespace tryst {

struct TraceSearch {
  bool performed = false;  // the whole trace
  std::vector<Step> path;  // a shortest path that performs it, or else the longest prefix of it that can be performed
  std::uint64_t pairs = 0;
  std::uint64_t transitions = 0;
};

TraceSearch search_trace(LazyLts&, std::span<const EventId> trace, Budget&);

// The events of a path that can be seen: all but τ.
std::vector<EventId> visible_trace(std::span<const Step> path);

}  // namespace tryst
