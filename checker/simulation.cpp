#include "checker/simulation.hpp"

#include <unordered_map>

#include "checker/game.hpp"

namespace tryst {

namespace {

class SimulationGame final : public Game {
 public:
  SimulationGame(const Lts& lts, SimulationPair start, bool ready) : rules_{lts, ready} { number(start); }

  std::vector<ChallengeId> challenges(PositionId p) override {
    std::vector<ChallengeId> ids;
    for (const SimulationChallenge& each : rules_.challenges(pairs_[index(p)])) {
      ids.push_back(static_cast<ChallengeId>(challenges_.size()));
      challenges_.push_back({p, each});
    }
    return ids;
  }

  // The step to the same state comes first: it cannot lose.
  std::optional<PositionId> answer(ChallengeId c, std::uint32_t n) override {
    const auto [position, challenge] = challenges_[index(c)];
    const Row row = rules_.answers(pairs_[index(position)], challenge);
    if (n >= row.size()) return std::nullopt;
    const Transition same{challenge.event, challenge.target};
    const bool has_same = std::ranges::binary_search(row, same);
    if (has_same && n == 0) return number({challenge.target, challenge.target});
    const std::size_t before = static_cast<std::size_t>(std::ranges::lower_bound(row, same) - row.begin());
    const std::size_t at = has_same && n <= before ? n - std::size_t{1} : n;
    return number({challenge.target, row[at].target});
  }

  SimulationPair pair(PositionId p) const { return pairs_[index(p)]; }

 private:
  struct Asked {
    PositionId position;
    SimulationChallenge challenge;
  };

  PositionId number(SimulationPair pair) {
    const std::uint64_t key = std::uint64_t{index(pair.first)} << 32 | index(pair.second);
    const auto [at, is_new] = numbers_.try_emplace(key, static_cast<PositionId>(pairs_.size()));
    if (is_new) pairs_.push_back(pair);
    return at->second;
  }

  SimulationRules rules_;
  std::vector<SimulationPair> pairs_;  // by position
  std::vector<Asked> challenges_;
  std::unordered_map<std::uint64_t, PositionId> numbers_;
};

}  // namespace

std::optional<std::vector<SimulationPair>> find_simulation(const Lts& lts, SimulationPair start, bool ready,
                                                           Budget& budget) {
  SimulationGame game(lts, start, ready);
  const Solution solution = solve(game, budget);
  if (!solution.defender_wins()) return std::nullopt;
  std::vector<SimulationPair> related;
  for (const PositionId p : solution.strategy())
    if (game.pair(p).first != game.pair(p).second) related.push_back(game.pair(p));
  return related;
}

}  // namespace tryst
