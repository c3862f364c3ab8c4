// What every deadlock of a net satisfies, as clauses: place p is occupied iff variable p + 1 is true.
//
//   - each component is in exactly one place, and in one where it can block (PlaceNet::can_block)
//   - no rule can fire
//   - two neighbours are in places that can be occupied together (Neighbours::can_be_stuck)
// A model is a *candidate*: a deadlock, or a state that no run reaches. No model: there is no deadlock.
// Exactly one of many is said with more variables: v_i is true iff one of the first i + 1 places is (Sinz, CP 2005).
// Cost: clauses for the places of neighbours that exclude each other, for rules, and for places.
// Source: Antonino, Gibson-Robinson & Roscoe, iFM 2016. Threads: immutable.
#pragma once

#include "checker/structural/neighbours.hpp"

namespace tryst {

class DeadlockFormula {
 public:
  // The auxiliary variables of a component with many places.
  struct Ladder {
    int first_variable;
    std::vector<PlaceId> places;  // variables first_variable ... one less than places
  };
  static constexpr std::size_t pairwise_max = 8;     // places
  static constexpr std::size_t products_max = 4096;  // clauses of a rule, one for each way in which it could fire

  DeadlockFormula(const PlaceNet&, const Neighbours&, Budget&);

  static int variable(PlaceId p) { return static_cast<int>(index(p)) + 1; }
  std::span<const int> clauses() const { return clauses_; }  // each ends in 0
  std::span<const Ladder> ladders() const { return ladders_; }

  // One of these places is occupied, or none of them is.
  void add_one_of(std::span<const PlaceId>);
  void add_not_all_of(std::span<const PlaceId>);

 private:
  void add(std::initializer_list<int> literals);
  void add_component(std::uint32_t component);
  void add_neighbours(const Neighbours&, const Neighbours::Pair&);
  void add_rule(RuleId);

  const PlaceNet* net_;
  std::vector<std::vector<PlaceId>> blockable_;  // by component
  std::vector<int> clauses_;
  std::vector<Ladder> ladders_;
  int variables_;
};

}  // namespace tryst
