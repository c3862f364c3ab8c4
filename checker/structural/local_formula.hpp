// What is so wherever somebody is blocked for ever (checker/local_deadlock.hpp), as clauses.
//
// Take a reachable state after which as many components as possible never move again: they are *stuck*, each in a place
// of its own. The others are *lively*: whatever happens, each can always move once more, by a rule without those that
// are stuck. Variables, numbered in this order from 1:
//   stuck(p)     by place: a component is stuck there
//   met(p)       by place: it is occupied in some state that can follow, this one included
//   moved(k)     by move, place after place, as in their rows: it is made in some state that can follow
//   fired(r)     by rule: it is fired in some state that can follow
//   lively(c)    by component
// Clauses:
//   - a component is stuck in exactly one place, where it cannot go on alone, or lively; it is met there, or somewhere
//   - where a lively one is met, it moves; where it can move alone, it makes that move
//   - a move that is made starts and ends where its component is met, by a rule that is fired; a rule that is fired has
//     all its participants make a move
//   - neighbours that cannot be occupied together, or are with a rule of these two enabled, are not where one is stuck
//     and the other met (Neighbours::can_be_stuck)
//   - where a participant of a rule of more than two is met who offers their part, another one is lively, or stuck
//   where
//     it does not
//   - somebody is stuck who may not rest (PlaceNet::may_rest)
// No model: nobody can be blocked for ever. Source: Antonino, Gibson-Robinson & Roscoe, "Efficient verification of
// concurrent systems using local-analysis-based approximations and SAT solving", FAC 31, 2019 (local deadlock), here
// for the stronger question whether somebody *can* ever move again. Cost: clauses for the moves, for the participants
// of rules, and for the places of neighbours that exclude each other. Threads: immutable.
#pragma once

#include "checker/structural/neighbours.hpp"

namespace tryst {

class LocalFormula {
 public:
  // The auxiliary variables of a component with many places: as DeadlockFormula::Ladder, of stuck(p).
  struct Ladder {
    int first_variable;
    std::vector<PlaceId> places;
  };
  static constexpr std::size_t pairwise_max = 8;  // places
  static constexpr std::size_t width_max = 16;    // participants of a rule that is told where each is met
  static constexpr std::size_t literals_max = std::size_t{1} << 27;

  LocalFormula(const PlaceNet&, const Neighbours&, Budget&);

  int stuck(PlaceId p) const { return static_cast<int>(index(p)) + 1; }
  int met(PlaceId p) const { return static_cast<int>(net_->places() + index(p)) + 1; }
  bool is_too_large() const { return clauses_.size() > literals_max; }  // then clauses are missing
  std::span<const int> clauses() const { return clauses_; }             // each ends in 0
  std::span<const Ladder> ladders() const { return ladders_; }

  // One of these places is met.
  void add_one_of(std::span<const PlaceId>);

 private:
  int moved(std::size_t move) const { return first_move_ + static_cast<int>(move); }
  int fired(RuleId r) const { return first_rule_ + static_cast<int>(index(r)); }
  int lively(std::uint32_t c) const { return first_lively_ + static_cast<int>(c); }
  template <class... Literals>
  void add(Literals... literals) {
    (clauses_.push_back(literals), ...);
    clauses_.push_back(0);
  }
  void add_component(std::uint32_t);
  void add_moves(std::uint32_t component);
  void add_rule(RuleId);
  void add_wide_rule(RuleId);
  void add_neighbours(const Neighbours&, const Neighbours::Pair&);

  const PlaceNet* net_;
  int first_move_;
  int first_rule_;
  int first_lively_;
  int variables_;
  std::vector<std::size_t> moves_before_;   // by place: moves of the places before
  std::vector<std::vector<int>> moves_of_;  // by action: moved(k) of its moves
  std::vector<int> clauses_;
  std::vector<Ladder> ladders_;
};

}  // namespace tryst
