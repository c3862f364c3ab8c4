// Linear invariants: weights of places such that the sum over the occupied places never grows, so that it never exceeds
// what it is initially. They see what is counted, such as that there are never more tokens than there were.
//
// The weights that refute a candidate are a solution of linear inequalities: no rule adds to the sum, wherever its
// participants are, and the candidate's sum is greater than the initial one. There is one iff the state equation (more
// precisely, its relaxation to fractions, with a variable for each action instead of each combination of arcs) has no
// solution for the candidate. What the candidate violates is turned into a clause, a *cut*, about a few components.
// Cost: a linear program with a variable for each place and each action, kept between candidates.
// Source: Murata, "Petri nets: properties, analysis and applications", Proc. IEEE 77, 1989 (state equation,
// S-invariants), by Farkas' lemma.
// Threads: none inside.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "checker/structural/place_net.hpp"

namespace tryst {

struct LinearCut {
  std::vector<std::pair<PlaceId, std::int64_t>> weights;  // not 0; ascending by place; initial places weigh nothing
  std::vector<PlaceId> places;                            // every deadlock occupies one of these
};

class LinearCuts {
 public:
  static constexpr std::size_t places_max = 2'000;
  static constexpr unsigned effort_max = 2'000'000;  // of Z3 for one candidate, in its own unit

  explicit LinearCuts(const PlaceNet&);
  ~LinearCuts();

  // A cut that the candidate, a place of each component, violates; none: there is none, or it is too hard to find.
  std::optional<LinearCut> find(const std::vector<PlaceId>& candidate);

 private:
  class Program;
  const PlaceNet* net_;
  std::unique_ptr<Program> program_;  // none: the net is too large
};

}  // namespace tryst
