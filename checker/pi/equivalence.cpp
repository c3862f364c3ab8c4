#include "checker/pi/equivalence.hpp"

#include <algorithm>
#include <array>

#include "checker/ensure.hpp"
#include "checker/pi/bisimulation_game.hpp"
#include "checker/pi/confirmation.hpp"
#include "checker/pi/data_bisimulation.hpp"
#include "checker/pi/data_deadlock.hpp"

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
        round.answers.push_back({*game.answering(c, n), rounds.at(*game.answer(c, n)), game.steps(c, n)});
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

// With the numbers that the attacker may send; inconclusive where that is not enough to be sure. Throws LimitReached and
// UndecidedMismatch.
Comparison decide(Transitions& transitions, TermId left, TermId right, const Equivalence& equivalence,
                  const Distinction& distinction, Budget& budget, std::span<const Name> integers = {}) {
  Comparison out;
  BisimulationGame game(transitions, left, right, equivalence, distinction, budget, integers);
  const Solution solution = solve(game, budget);
  if (solution.defender_wins() && game.has_received_integers()) {
    out.reason = "no number was found that tells the processes apart";
  } else if (solution.defender_wins()) {
    out.bisimulation = bisimulation_of(game, solution);
    out.up_to = game.up_to();
    out.witnessed = equivalence;
    ensure(confirm_bisimulation(transitions, out.bisimulation, equivalence, budget), "the bisimulation is none");
    out.outcome = Outcome::holds;
  } else {
    out.play = play_of(game, solution);
    ensure(confirm_play(transitions, out.play, equivalence, integers, budget), "the attacker's play does not win");
    out.outcome = Outcome::fails;
  }
  return out;
}

// No parallel composition preserves ground bisimilarity, so growing processes cannot be compared up to what both have.
// Early bisimilarity is preserved, and implies it: each clause of the definition of the one is that of the other, but
// that names received are not only fresh (Sangiorgi & Walker, "The π-calculus", 2001, section 2.2). So both are tried
// in turn, each time with twice as much work, until ground bisimilarity is decided or the early one found to hold.
Comparison decide_ground(Transitions& transitions, TermId left, TermId right, const Equivalence& equivalence,
                         Budget& budget) {
  constexpr std::uint64_t first_work = 1 << 14;
  const Equivalence early{Instantiation::early, equivalence.weak, false};
  bool may_be_early = true;
  for (std::uint64_t work = first_work;; work *= 2)
    for (const Equivalence& tried : {equivalence, early}) {
      if (tried == early && !may_be_early) continue;
      auto found = budget.within(may_be_early ? work : Budget::unbounded_work,
                                 [&] { return decide(transitions, left, right, tried, {}, budget); });
      if (!found) continue;
      if (tried == equivalence || found->outcome == Outcome::holds) return *std::move(found);
      may_be_early = false;
    }
}

// Numbers of unknown value first meet those of a sample: that finds most differences, with a play. Then the solver
// decides for all numbers; what it finds different must be told apart by a play too, in which more numbers are sent.
Comparison decide_with_data(Transitions& transitions, TermId left, TermId right, const Equivalence& equivalence,
                            const Distinction& distinction, Budget& budget) {
  constexpr std::uint64_t sample_work = 1 << 15;
  constexpr std::size_t positions_max[] = {300, 3'000};  // without numbers as variables, and with them
  Terms& terms = transitions.terms();
  std::vector<Name> sample = sample_of_integers(terms);
  const auto try_sample = [&] { return decide(transitions, left, right, equivalence, distinction, budget, sample); };
  auto found = budget.within(sample_work, try_sample);
  if (found && found->outcome != Outcome::inconclusive) return *std::move(found);
  for (const bool numbers_too : {false, true}) {
    DataGame game(transitions, left, right, equivalence, distinction, budget, numbers_too);
    try {
      game.unfold(positions_max[numbers_too ? 1 : 0]);
    } catch (const LimitReached& limit) {
      if (numbers_too || limit.interrupted) throw;
      continue;
    }
    DataComparison solved = compare_with_data(game, terms, budget);
    if (solved.outcome == Outcome::holds) {
      Comparison out;
      out.outcome = Outcome::holds;
      out.witnessed = equivalence;
      for (auto& [situation, condition] : solved.related) {
        out.bisimulation.push_back(std::move(situation));
        out.conditions.push_back(std::move(condition));
      }
      return out;
    }
    for (const std::int64_t value : solved.numbers) sample.push_back(terms.integers().integer(value));
    std::ranges::sort(sample);
    sample.erase(std::unique(sample.begin(), sample.end()), sample.end());
    break;
  }
  return try_sample();
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
  const bool has_data = mentions_data(transitions.terms(), {left, right});
  try {
    if (has_data)
      out = decide_with_data(transitions, left, right, equivalence, distinction, budget);
    else if (equivalence.instantiation == Instantiation::ground)
      out = decide_ground(transitions, left, right, equivalence, budget);
    else
      out = decide(transitions, left, right, equivalence, distinction, budget);
    out.pairs = budget.progress().states;
    out.challenges = budget.progress().transitions;
  } catch (const UndecidedMismatch& undecided) {
    const Terms& terms = transitions.terms();
    out.reason = "open bisimilarity is not defined where a mismatch asks whether `" + terms.text(undecided.left) +
                 "` and `" + terms.text(undecided.right) + "` differ and neither is decided";
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    out = Comparison{};
    out.reason = limit.reason;
  }
  const bool may_have_hint = equivalence.instantiation == Instantiation::open && !has_data;
  if (out.outcome == Outcome::fails && may_have_hint)
    out.distinction_hint = hint(transitions, left, right, equivalence, out.pairs);
  return out;
}

}  // namespace tryst::pi
