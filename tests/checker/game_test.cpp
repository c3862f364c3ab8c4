// Games against the greatest fixpoint computed by deletion on the whole graph.
#include "checker/game.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <set>

using namespace tryst;

namespace {

// challenges[p] lists answer lists; challenge ids are handed out in the order of asking.
struct Written : Game {
  std::vector<std::vector<std::vector<std::uint32_t>>> moves;
  std::vector<std::vector<std::uint32_t>> asked;
  std::set<std::uint32_t> unfolded;

  std::vector<ChallengeId> challenges(PositionId p) override {
    CHECK(unfolded.insert(index(p)).second);
    std::vector<ChallengeId> out;
    for (const auto& answers : moves[index(p)]) {
      out.push_back(static_cast<ChallengeId>(asked.size()));
      asked.push_back(answers);
    }
    return out;
  }
  std::optional<PositionId> answer(ChallengeId c, std::uint32_t n) override {
    const auto& answers = asked[index(c)];
    if (n >= answers.size()) return std::nullopt;
    return static_cast<PositionId>(answers[n]);
  }
};

std::vector<bool> won_by_deletion(const Written& game) {
  std::vector<bool> won(game.moves.size(), true);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t p = 0; p < won.size(); ++p) {
      bool holds = true;
      for (const auto& answers : game.moves[p]) {
        bool answered = false;
        for (const std::uint32_t q : answers) answered = answered || won[q];
        holds = holds && answered;
      }
      if (won[p] && !holds) {
        won[p] = false;
        changed = true;
      }
    }
  }
  return won;
}

Written random_game(std::mt19937& random) {
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  Written game;
  const std::uint32_t positions = 1 + below(12);
  for (std::uint32_t p = 0; p < positions; ++p) {
    auto& moves = game.moves.emplace_back();
    for (std::uint32_t c = below(4); c > 0; --c) {
      auto& answers = moves.emplace_back();
      for (std::uint32_t a = below(4); a > 0; --a) answers.push_back(below(positions));
    }
  }
  return game;
}

// Every play that follows the attacker's strategy ends: each answer was lost before the position it answers in.
bool attacker_wins(const Solution& solution, Written& game, PositionId p, std::size_t depth) {
  if (depth == 0 || !solution.is_lost(p)) return false;
  const ChallengeId c = solution.winning_challenge(p);
  for (std::uint32_t n = 0;; ++n) {
    const std::optional<PositionId> next = game.answer(c, n);
    if (!next) return n == solution.answers_refuted(c);
    if (!attacker_wins(solution, game, *next, depth - 1)) return false;
  }
}

}  // namespace

TEST_CASE("a game has the winner of the greatest fixpoint, and its strategy wins") {
  std::mt19937 random(7);
  int lost = 0;
  for (int i = 0; i < 20000; ++i) {
    Written game = random_game(random);
    const std::vector<bool> won = won_by_deletion(game);
    Budget budget;
    const Solution solution = solve(game, budget);
    REQUIRE(solution.defender_wins() == won[0]);
    for (std::uint32_t p = 0; p < won.size(); ++p)
      if (solution.is_lost(static_cast<PositionId>(p))) REQUIRE(!won[p]);
    if (won[0]) {
      for (const PositionId p : solution.strategy()) REQUIRE(won[index(p)]);
    } else {
      ++lost;
      REQUIRE(attacker_wins(solution, game, PositionId{0}, won.size() + 1));
    }
  }
  CHECK(lost > 2000);
  CHECK(lost < 18000);
}

TEST_CASE("a position is not unfolded when an earlier answer holds") {
  Written game;
  game.moves = {{{1, 2}}, {}, {}};
  Budget budget;
  CHECK(solve(game, budget).defender_wins());
  CHECK(game.unfolded == std::set<std::uint32_t>{0, 1});
}

TEST_CASE("a lost first position ends the search of an infinite game") {
  struct Endless : Game {
    std::vector<ChallengeId> challenges(PositionId p) override {
      // position 0 has a challenge that leads on for ever and one that leads to position 1, where the attacker wins
      if (p == PositionId{0}) return {ChallengeId{0}, ChallengeId{1}};
      return {static_cast<ChallengeId>(index(p) + 1)};
    }
    std::optional<PositionId> answer(ChallengeId c, std::uint32_t n) override {
      if (n > 0 || c == ChallengeId{2}) return std::nullopt;
      if (c == ChallengeId{0}) return PositionId{2};
      if (c == ChallengeId{1}) return PositionId{1};
      return static_cast<PositionId>(index(c));
    }
  } game;
  Limits limits;
  limits.states_max = 100;
  Budget budget(limits);
  CHECK(!solve(game, budget).defender_wins());
}
