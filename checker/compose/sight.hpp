// What a question sees of an event of the network: the event, another one in its place, or nothing, which is τ.
//
//   deadlock freedom      nothing, where divergence does not count: a state with τ is no deadlock either. Else, that
//                         it is visible
//   divergence freedom    that it is visible
//   refinement in T       what it does to the nodes of the specification: nothing if it leads from each to itself; and
//                         of several that lead from each node to the same one, or are forbidden in the same nodes, the
//                         first that is met. With more nodes than nodes_max, the event
//   refinement else       the event
// ✓ is always seen. Threads: none.
#pragma once

#include <map>
#include <unordered_map>

#include "checker/normal_form.hpp"
#include "checker/question.hpp"

namespace tryst {

class Sight {
 public:
  static constexpr std::size_t nodes_max = 512;

  // The specification, of a refinement, must outlive it.
  Sight(const Question&, bool sees_divergence, NormalForm* specification);

  EventId operator()(EventId);

 private:
  EventId in_traces(EventId);

  const Property property_;
  const bool sees_divergence_;
  NormalForm* specification_ = nullptr;  // complete; null: refinement by identity, or none
  std::unordered_map<EventId, EventId> known_;
  std::map<std::vector<std::uint32_t>, EventId> first_;  // by the node after each node
};

}  // namespace tryst
