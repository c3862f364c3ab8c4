// Linear invariants: weights of places such that the sum over the occupied places never grows, so that it never exceeds
// what it is initially. They see what is counted, such as that there are never more tokens than there were.
//
// The weights that refute a candidate are a solution of linear inequalities: no rule adds to the sum, wherever its
// participants are, and the candidate's sum is greater than the initial one. There is one iff the state equation (more
// precisely, its relaxation to fractions, with a variable for each action instead of each combination of arcs) has no
// solution for the candidate. Components that are alike (alike.hpp) are given the same weights, so that a thousand equal
// ones are as few variables as one; what is alike is told more and more exactly until there is a solution, or no more to
// tell. What the candidate violates is turned into clauses, *cuts*, about a few components each: one is as good as
// another that is alike.
// Cost: a linear program with a variable for each place of a class of components, and for what its actions do.
// Source: Murata, "Petri nets: properties, analysis and applications", Proc. IEEE 77, 1989 (state equation,
// S-invariants), by Farkas' lemma.
// Threads: none inside.
#pragma once

#include <optional>
#include <vector>

#include "checker/structural/alike.hpp"

namespace tryst {

struct LinearSum {
  std::vector<std::pair<PlaceId, std::int64_t>> weights;  // not 0; ascending by place; initial places weigh nothing
  std::vector<std::vector<PlaceId>> cuts;                 // every deadlock occupies a place of each
};

class LinearCuts {
 public:
  static constexpr std::size_t size_max = 20'000;           // variables and inequalities of a program
  static constexpr unsigned effort_max = 2'000'000;         // of Z3 for one program, in its own unit
  static constexpr std::size_t turns_max = 4'096;           // cuts of one sum
  static constexpr std::size_t cut_places_max = 1'000'000;  // of the cuts of one sum

  LinearCuts(const PlaceNet& net, Budget& budget) : net_(net), alike_(net, budget) {}

  // A sum whose cuts the candidate, a place of each component, violates; none: there is none, or it is too hard to find.
  std::optional<LinearSum> find(const std::vector<PlaceId>& candidate, Budget&) const;

 private:
  const PlaceNet& net_;
  Alike alike_;
};

}  // namespace tryst
