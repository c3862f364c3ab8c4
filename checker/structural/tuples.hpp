// What a few components can reach together, and clauses that follow from it: pairs of neighbours (neighbours.hpp) taken
// further, for candidates that no pair, trap or sum excludes.
//
// The components of a *tuple* are explored side by side: a rule moves those of its participants that are in the tuple,
// whenever they offer it, whatever the others do. What is not met there is in no state of the network. A tuple grows from
// a component by the one that ties it down most, until the candidate's places are not met together, or it is too much to
// explore. Then, of each component of the tuple, as many places are taken as can be so that no combination of these is
// met and stuck: every deadlock occupies another place of one of them. That is a *cut*.
//   explored_   by tuple: the combinations that are met and stuck, which means that no rule of the tuple alone can fire
// Cost: what is explored, within limits for one tuple and for all together. Memory: the stuck combinations.
// Source: k-tuples for Antonino, Gibson-Robinson & Roscoe, iFM 2016; generalising what is out of reach as in
// Bradley, VMCAI 2011.
// Threads: none inside.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "checker/structural/place_net.hpp"

namespace tryst {

struct TupleCut {
  std::vector<std::uint32_t> components;  // ascending
  std::vector<PlaceId> places;            // of these, ascending; every deadlock occupies one of them
};

struct TupleLimits {
  std::size_t components_max = 8;                 // of one tuple
  std::size_t states_max = std::size_t{1} << 14;  // of one tuple
  std::size_t states_of_all_max = std::size_t{1} << 18;
  std::size_t cuts_max = 10'000;
};

// The combinations of places of some components, ascending, that are met when these are explored side by side, and in
// which each can block and no rule of these alone can fire: one after the other, by component. None: more than
// `states_max` combinations are met. Their number is added to `states`.
std::optional<std::vector<PlaceId>> stuck_together(const PlaceNet&, const std::vector<std::uint32_t>& components,
                                                   std::size_t states_max, std::size_t& states, Budget&);

class Tuples {
 public:
  explicit Tuples(const PlaceNet& net, TupleLimits limits = {}) : net_(net), limits_(limits) {}

  // Cuts that the candidate, a place of each component, violates; none: no tuple within the limits excludes it.
  std::vector<TupleCut> find(const std::vector<PlaceId>& candidate, Budget&);

 private:
  using Components = std::vector<std::uint32_t>;
  using Stuck = std::optional<std::vector<PlaceId>>;

  const Stuck& explore(const Components&, Budget&);
  bool excludes(const Components&, const std::vector<PlaceId>& candidate, Budget&);
  std::optional<std::uint32_t> next_of(const Components&, Budget&) const;

  const PlaceNet& net_;
  TupleLimits limits_;
  std::map<Components, Stuck> explored_;
  std::size_t states_ = 0;
  std::size_t cuts_ = 0;
};

}  // namespace tryst
