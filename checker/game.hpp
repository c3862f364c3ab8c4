// A game between an attacker and a defender, on a graph that is unfolded while it is solved.
//
// In a position the attacker picks one of its challenges; the defender picks one of the answers to it, which is again a
// position. Who cannot move has lost; the defender wins the plays that go on for ever. So the positions that the
// defender wins are a greatest fixpoint, as a bisimilarity is (Stirling, "Bisimulation, modal logic and model checking
// games", 1999).
//
// solve() unfolds breadth first and never assumes anything that it would have to retract: each challenge watches one
// answer, the first that is not known to be lost. When a watched position is lost the challenge moves on to its next
// answer; a challenge without answers loses its position. This is the solution of Horn clauses with one watched literal
// (Dowling & Gallier, "Linear-time algorithms for testing the satisfiability of propositional Horn formulae", 1984).
//   - lost is final, and right even on a part of an infinite graph: the search ends as soon as the first position is;
//   - when nothing is left to unfold, every position reached over watched answers has been unfolded and none is lost:
//     they are a fixpoint, the strategy of the defender.
// Only answers that are watched are ever asked for. Cost: O(positions + challenges + answers looked at).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "frontend/arena.hpp"
#include "semantics/budget.hpp"

namespace tryst {

enum class PositionId : std::uint32_t {};
enum class ChallengeId : std::uint32_t {};

// The rules of one game. Ids are dense from 0; position 0 is where the game starts. A virtual interface, because the
// solver is the same for every rule and each call costs much more than the dispatch.
class Game {
 public:
  virtual ~Game() = default;
  // The attacker's moves; asked for at most once a position. A challenge belongs to one position.
  virtual std::vector<ChallengeId> challenges(PositionId) = 0;
  // The position after answer number `n`, or none when there are not so many. Asked for with n = 0, 1, 2 ...
  virtual std::optional<PositionId> answer(ChallengeId, std::uint32_t n) = 0;
};

// The outcome, and the strategy of the winner.
class Solution {
 public:
  bool defender_wins() const { return !is_lost(PositionId{0}); }
  bool is_lost(PositionId p) const { return index(p) < positions_.size() && positions_[index(p)].lost; }

  // Of a lost position: the challenge that cannot be answered. All its answers were lost before it.
  ChallengeId winning_challenge(PositionId) const;
  // How many answers that challenge had.
  std::uint32_t answers_refuted(ChallengeId c) const { return challenges_[index(c)].answer; }
  // When the defender wins: the positions that its strategy reaches, the first one first, and the answer to each
  // challenge in them.
  std::vector<PositionId> strategy() const;
  const std::vector<ChallengeId>& challenges(PositionId p) const { return positions_[index(p)].challenges; }
  PositionId watched(ChallengeId c) const { return challenges_[index(c)].watched; }

 private:
  friend class GameSolver;
  struct Position {
    std::vector<ChallengeId> challenges;          // once unfolded
    std::vector<ChallengeId> watchers;            // challenges that watch, or once watched, this position
    ChallengeId unanswered = no_id<ChallengeId>;  // when lost: the challenge that has no answer
    bool waiting = false;                         // in the queue
    bool unfolded = false;
    bool lost = false;
  };
  struct Challenge {
    PositionId position = no_id<PositionId>;  // whose it is
    PositionId watched = no_id<PositionId>;   // no_id when all answers are lost
    std::uint32_t answer = 0;                 // the number of the watched answer; all before it are lost
  };
  std::vector<Position> positions_;    // by PositionId; those that were met
  std::vector<Challenge> challenges_;  // by ChallengeId
};

// Counts a state for each position unfolded. Throws LimitReached.
Solution solve(Game&, Budget&);

}  // namespace tryst
