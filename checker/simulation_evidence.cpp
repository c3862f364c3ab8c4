#include "checker/simulation_evidence.hpp"

#include <algorithm>
#include <unordered_map>

#include "checker/ensure.hpp"

namespace tryst {

namespace {

class Refutation {
 public:
  Refutation(const Lts& lts, bool ready, Budget& budget) : rules_{lts, ready}, budget_(budget) {}

  Distinction run(SimulationPair start) {
    number(start);
    std::uint32_t layers = 0;
    for (; !pairs_.front().refuted; ++layers) unfold_layer();
    rank();
    // Deeper pairs may still give a flatter refutation, but none of a layer that is as deep as the formula.
    for (; layers < pairs_.front().depth; ++layers) unfold_layer();
    rank();
    return formula();
  }

 private:
  using PairNumber = std::uint32_t;
  using ChallengeNumber = std::uint32_t;
  struct PairState {
    SimulationPair pair;
    std::vector<ChallengeNumber> waiting;  // challenges that this pair is an answer to
    bool refuted = false;
    std::uint32_t depth = 0;      // once ranked: of the least formula, 0 if not refuted
    ChallengeNumber winning = 0;  // once ranked: a challenge that gives it
  };
  struct ChallengeState {
    PairNumber pair;
    SimulationChallenge challenge;
    std::vector<PairNumber> answers;
    std::uint32_t open;  // answers that are not refuted
  };

  PairNumber number(SimulationPair pair) {
    const std::uint64_t key = std::uint64_t{index(pair.first)} << 32 | index(pair.second);
    const auto [at, is_new] = numbers_.try_emplace(key, static_cast<PairNumber>(pairs_.size()));
    if (is_new) {
      budget_.count_state();
      pairs_.push_back({pair, {}});
    }
    return at->second;
  }

  void unfold_layer() {
    const std::size_t end = pairs_.size();
    ensure(unfolded_ < end || pairs_.front().refuted, "a state that simulates another cannot be refuted");
    for (; unfolded_ < end; ++unfolded_) unfold(static_cast<PairNumber>(unfolded_));
  }

  void unfold(PairNumber p) {
    const SimulationPair pair = pairs_[p].pair;
    for (const SimulationChallenge& challenge : rules_.challenges(pair)) {
      budget_.poll();
      const Row row = rules_.answers(pair, challenge);
      // The same state simulates: the challenge is hopeless.
      if (std::ranges::binary_search(row, Transition{challenge.event, challenge.target})) continue;
      const auto c = static_cast<ChallengeNumber>(challenges_.size());
      challenges_.push_back({p, challenge, {}, 0});
      for (const Transition& t : row) {
        const PairNumber answer = number({challenge.target, t.target});
        challenges_[c].answers.push_back(answer);
        pairs_[answer].waiting.push_back(c);
        if (!pairs_[answer].refuted) ++challenges_[c].open;
      }
      if (challenges_[c].open == 0) refute(p);
    }
  }

  void refute(PairNumber p) {
    std::vector<PairNumber> open{p};
    while (!open.empty()) {
      const PairNumber refuted = open.back();
      open.pop_back();
      if (pairs_[refuted].refuted) continue;
      pairs_[refuted].refuted = true;
      for (const ChallengeNumber c : pairs_[refuted].waiting)
        if (--challenges_[c].open == 0) open.push_back(challenges_[c].pair);
    }
  }

  // The depth of each pair's least formula, breadth first: a challenge is won when the last of its answers is refuted.
  void rank() {
    std::vector<std::size_t> open;
    std::vector<PairNumber> ranked;
    for (PairState& pair : pairs_) pair.depth = 0;
    const auto win = [&](ChallengeNumber c, std::uint32_t depth) {
      PairState& pair = pairs_[challenges_[c].pair];
      if (pair.depth != 0) return;
      pair.depth = depth;
      pair.winning = c;
      ranked.push_back(challenges_[c].pair);
    };
    for (ChallengeNumber c = 0; c < challenges_.size(); ++c) {
      open.push_back(challenges_[c].answers.size());
      if (open.back() == 0) win(c, 1);
    }
    for (std::size_t i = 0; i < ranked.size(); ++i) {
      budget_.poll();
      for (const ChallengeNumber c : pairs_[ranked[i]].waiting)
        if (--open[c] == 0) win(c, pairs_[ranked[i]].depth + 1);
    }
  }

  Distinction formula() {
    std::vector<PairNumber> needed{0};
    std::vector<bool> is_needed(pairs_.size(), false);
    is_needed[0] = true;
    for (std::size_t i = 0; i < needed.size(); ++i)
      for (const PairNumber answer : challenges_[pairs_[needed[i]].winning].answers) {
        if (is_needed[answer]) continue;
        is_needed[answer] = true;
        needed.push_back(answer);
      }
    std::ranges::stable_sort(needed, {}, [&](PairNumber p) { return pairs_[p].depth; });
    Distinction distinction{};
    std::unordered_map<PairNumber, FormulaId> formulas;
    for (const PairNumber p : needed) {
      const ChallengeState& c = challenges_[pairs_[p].winning];
      Formulas::Parts parts;
      for (const PairNumber answer : c.answers) parts.after.push_back(formulas.at(answer));
      formulas[p] = distinction.formulas.add(Modality::step, c.challenge.is_offer, c.challenge.event, std::move(parts));
    }
    distinction.root = formulas.at(0);
    return distinction;
  }

  SimulationRules rules_;
  Budget& budget_;
  std::vector<PairState> pairs_;  // in the order in which they were met; the start is the first
  std::vector<ChallengeState> challenges_;
  std::unordered_map<std::uint64_t, PairNumber> numbers_;
  std::size_t unfolded_ = 0;  // pairs before it have their challenges
};

}  // namespace

Distinction refute_simulation(const Lts& lts, SimulationPair pair, bool ready, Budget& budget) {
  return Refutation(lts, ready, budget).run(pair);
}

}  // namespace tryst
