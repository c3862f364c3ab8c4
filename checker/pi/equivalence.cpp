#include "checker/pi/equivalence.hpp"

#include <algorithm>
#include <array>

#include "checker/ensure.hpp"
#include "checker/pi/bisimulation_game.hpp"
#include "checker/pi/confirmation.hpp"

namespace tryst::pi {

namespace {

constexpr std::array<std::string_view, 4> instantiation_names{"ground", "early", "late", "open"};

constexpr Equivalence equivalences[] = {{Instantiation::open, false},        {Instantiation::late, false, true},
                                        {Instantiation::early, false, true}, {Instantiation::late, false},
                                        {Instantiation::early, false},       {Instantiation::ground, false},
                                        {Instantiation::open, true},         {Instantiation::late, true},
                                        {Instantiation::early, true},        {Instantiation::ground, true}};

// Searching for a hint must not cost more than the answer did, by much.
constexpr std::uint64_t hint_pairs_min = 2000;
constexpr std::uint64_t hint_pairs_factor = 4;

// The lost positions that the attacker's strategy can reach, each before those that its answers lead to: the reverse of
// the order in which a depth-first walk leaves them. There is no cycle, since answers were lost first.
std::vector<PositionId> lost_positions(BisimulationGame& game, const Solution& solution) {
  struct Visit {
    PositionId position;
    std::uint32_t next;
  };
  std::vector<PositionId> left;
  std::unordered_map<PositionId, bool> met{{PositionId{0}, true}};
  std::vector<Visit> path{{PositionId{0}, 0}};
  while (!path.empty()) {
    Visit& visit = path.back();
    const ChallengeId c = solution.winning_challenge(visit.position);
    if (visit.next == solution.answers_refuted(c)) {
      left.push_back(visit.position);
      path.pop_back();
      continue;
    }
    const std::uint32_t n = visit.next++;
    if (!BisimulationGame::is_whole(n)) continue;
    const PositionId answer = *game.answer(c, n);
    if (met.emplace(answer, true).second) path.push_back({answer, 0});
  }
  std::reverse(left.begin(), left.end());
  return left;
}

std::vector<Round> play_of(BisimulationGame& game, const Solution& solution) {
  const std::vector<PositionId> positions = lost_positions(game, solution);
  std::unordered_map<PositionId, std::size_t> rounds;
  for (std::size_t i = 0; i < positions.size(); ++i) rounds.emplace(positions[i], i);
  std::vector<Round> play;
  for (const PositionId p : positions) {
    const ChallengeId c = solution.winning_challenge(p);
    Round round{game.situation(p), game.challenge(c), {}};
    for (std::uint32_t n = 0; n < solution.answers_refuted(c); ++n)
      if (BisimulationGame::is_whole(n))
        round.answers.push_back({*game.answering(c, n), rounds.at(*game.answer(c, n))});
    play.push_back(std::move(round));
  }
  return play;
}

std::vector<Situation> bisimulation_of(const BisimulationGame& game, const Solution& solution) {
  std::vector<Situation> out;
  for (const PositionId p : solution.strategy())
    if (game.situation(p).left != game.situation(p).right) out.push_back(game.situation(p));
  return out;
}

bool are_open_bisimilar(Transitions& transitions, TermId left, TermId right, const Equivalence& equivalence,
                        const std::vector<Name>& listed, Budget& budget) {
  const Distinction distinction = distinct_from_all(transitions.terms(), left, right, listed);
  BisimulationGame game(transitions, left, right, equivalence, distinction, budget);
  return solve(game, budget).defender_wins();
}

// A set of names as small as leaving out one after the other makes it, or none.
std::vector<Name> hint(Transitions& transitions, TermId left, TermId right, const Equivalence& equivalence,
                       std::uint64_t pairs) {
  Limits limits;
  limits.states_max = std::max(hint_pairs_min, pairs * hint_pairs_factor);
  Budget budget(limits);
  const Terms& terms = transitions.terms();
  std::vector<Name> names = united(terms.free_names(left), terms.free_names(right));
  try {
    if (!are_open_bisimilar(transitions, left, right, equivalence, names, budget)) return {};
    for (std::size_t i = 0; i < names.size();) {
      std::vector<Name> fewer = names;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (are_open_bisimilar(transitions, left, right, equivalence, fewer, budget))
        names = std::move(fewer);
      else
        ++i;
    }
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    return {};
  }
  return names;
}

}  // namespace

std::string name(const Equivalence& e) {
  const std::string instantiation(instantiation_names[static_cast<std::size_t>(e.instantiation)]);
  if (e.congruence) return instantiation + "-congruence";
  return (e.weak ? "weak-" : "strong-") + instantiation;
}

std::span<const Equivalence> all_equivalences() { return equivalences; }

std::optional<Equivalence> equivalence_named(std::string_view wanted) {
  const auto found = std::ranges::find(equivalences, wanted, [](const Equivalence& e) { return name(e); });
  return found == std::end(equivalences) ? std::nullopt : std::optional(*found);
}

Distinction distinct_from_all(const Terms& terms, TermId left, TermId right, const std::vector<Name>& listed) {
  Distinction out;
  const std::vector<Name> known = united(terms.free_names(left), terms.free_names(right));
  for (const Name a : listed)
    for (const Name b : known)
      if (a != b) out.separate(a, b);
  return out;
}

Comparison compare(Transitions& transitions, TermId left, TermId right, Equivalence equivalence,
                   const Distinction& distinction, Budget& budget) {
  Comparison out;
  try {
    BisimulationGame game(transitions, left, right, equivalence, distinction, budget);
    const Solution solution = solve(game, budget);
    out.pairs = budget.progress().states;
    out.challenges = budget.progress().transitions;
    if (solution.defender_wins()) {
      out.bisimulation = bisimulation_of(game, solution);
      out.is_up_to_context = game.is_up_to_context();
      ensure(confirm_bisimulation(transitions, out.bisimulation, equivalence, budget), "the bisimulation is none");
      out.outcome = Outcome::holds;
    } else {
      out.play = play_of(game, solution);
      ensure(confirm_play(transitions, out.play, equivalence, budget), "the attacker's play does not win");
      out.outcome = Outcome::fails;
    }
  } catch (const UndecidedMismatch& undecided) {
    const Terms& terms = transitions.terms();
    out.reason = "open bisimilarity is not defined where a mismatch asks whether `" + terms.text(undecided.left) +
                 "` and `" + terms.text(undecided.right) + "` differ and neither is decided";
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    out = Comparison{};
    out.reason = limit.reason;
  }
  if (out.outcome == Outcome::fails && equivalence.instantiation == Instantiation::open)
    out.distinction_hint = hint(transitions, left, right, equivalence, out.pairs);
  return out;
}

}  // namespace tryst::pi
