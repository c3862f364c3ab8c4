#include "checker/game.hpp"

#include <cassert>
#include <deque>

namespace tryst {

class GameSolver {
 public:
  GameSolver(Game& game, Budget& budget) : game_(game), budget_(budget) {}

  Solution run() {
    meet(PositionId{0});
    while (!queue_.empty() && solution_.defender_wins()) {
      const PositionId p = queue_.front();
      queue_.pop_front();
      at(p).waiting = false;
      if (!at(p).lost && is_wanted(p)) unfold(p);
    }
    return std::move(solution_);
  }

 private:
  Solution::Position& at(PositionId p) {
    if (index(p) >= solution_.positions_.size()) solution_.positions_.resize(index(p) + 1);
    return solution_.positions_[index(p)];
  }
  Solution::Challenge& at(ChallengeId c) {
    if (index(c) >= solution_.challenges_.size()) solution_.challenges_.resize(index(c) + 1);
    return solution_.challenges_[index(c)];
  }

  void meet(PositionId p) {
    Solution::Position& position = at(p);
    if (position.waiting || position.unfolded || position.lost) return;
    position.waiting = true;
    queue_.push_back(p);
  }

  // Whether some challenge still counts on the position; if not, it is met again should one do so later.
  bool is_wanted(PositionId p) {
    if (p == PositionId{0}) return true;
    for (const ChallengeId c : at(p).watchers)
      if (at(c).watched == p && !at(at(c).position).lost) return true;
    return false;
  }

  void unfold(PositionId p) {
    budget_.count_state();
    std::vector<ChallengeId> challenges = game_.challenges(p);
    budget_.count_transitions(challenges.size());
    at(p).unfolded = true;
    at(p).challenges = challenges;
    for (const ChallengeId c : challenges) {
      at(c).position = p;
      if (!advance(c)) break;
    }
    propagate();
  }

  // Watches the first answer from the current one on that is not lost; false when there is none.
  bool advance(ChallengeId c) {
    for (;; ++at(c).answer) {
      budget_.poll();
      const std::optional<PositionId> next = game_.answer(c, at(c).answer);
      if (!next) break;
      if (at(*next).lost) continue;
      at(c).watched = *next;
      at(*next).watchers.push_back(c);
      meet(*next);
      return true;
    }
    at(c).watched = no_id<PositionId>;
    Solution::Position& position = at(at(c).position);
    if (!position.lost) {
      position.lost = true;
      position.unanswered = c;
      lost_.push_back(at(c).position);
    }
    return false;
  }

  void propagate() {
    while (!lost_.empty()) {
      const PositionId p = lost_.back();
      lost_.pop_back();
      const std::vector<ChallengeId> watchers = std::move(at(p).watchers);
      at(p).watchers.clear();
      for (const ChallengeId c : watchers)
        if (at(c).watched == p && !at(at(c).position).lost) advance(c);
    }
  }

  Game& game_;
  Budget& budget_;
  Solution solution_;
  std::deque<PositionId> queue_;
  std::vector<PositionId> lost_;  // not yet told to their watchers
};

ChallengeId Solution::winning_challenge(PositionId p) const {
  assert(is_lost(p));
  return positions_[index(p)].unanswered;
}

std::vector<PositionId> Solution::strategy() const {
  assert(defender_wins());
  std::vector<PositionId> reached{PositionId{0}};
  std::vector<bool> seen(positions_.size(), false);
  seen[0] = true;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    assert(positions_[index(reached[i])].unfolded);
    for (const ChallengeId c : challenges(reached[i])) {
      const PositionId next = watched(c);
      assert(next != no_id<PositionId> && !is_lost(next));
      if (seen[index(next)]) continue;
      seen[index(next)] = true;
      reached.push_back(next);
    }
  }
  return reached;
}

Solution solve(Game& game, Budget& budget) { return GameSolver(game, budget).run(); }

}  // namespace tryst
