// What events are to a priority operator: the grades of its layer in a network (semantics/network/priority.hpp).
//
//   prioritise    the grade of an event is the first set that contains it, 0 for τ and ✓; those before it are above it
//   prioritisepo  a grade for each event that is above or below another one, numbered as they are met; 0 for τ and ✓
// The rules of the operators are Q1 and Q2 (semantics/csp/rules_priority.cpp). Threads: none.
#pragma once

#include <optional>
#include <unordered_map>

#include "semantics/csp/term_graph.hpp"
#include "semantics/network/priority.hpp"

namespace tryst::csp {

class PriorityOrder {
 public:
  // Of a term with a priority operator.
  PriorityOrder(TermGraph&, ProcessId term);

  // Of τ, ✓ or a visible event. A grade that is new becomes part of `layer`, which belongs to this order alone.
  std::optional<std::uint32_t> grade(EventId, PriorityLayer& layer);

 private:
  std::optional<std::uint32_t> grade_by_sets(EventId, PriorityLayer&) const;
  std::optional<std::uint32_t> grade_by_relation(EventId, PriorityLayer&);

  Terms& terms_;
  TermView term_;
  RelationId above_ = no_id<RelationId>;  // prioritisepo: (higher, lower), transitively closed
  std::unordered_map<EventId, std::uint32_t> grades_;
};

}  // namespace tryst::csp
