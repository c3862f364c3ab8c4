// Comparisons of two systems: preorders, evidence against trace and failure relations, witnesses, and the spectrum.
#include "checker/comparison.hpp"

#include <catch2/catch.hpp>

#include "checker/ensure.hpp"
#include "checker/spectrum.hpp"
#include "checker/trace_search.hpp"
#include "tests/checker/naive.hpp"
#include "tests/checker/naive_relations.hpp"
#include "tests/checker/neighbours.hpp"

using namespace tryst;
using naive::neighbours;

namespace {

const EventId a{2};
const StateId s0{0}, s1{1};

Comparison compared(const Lts& left, const Lts& right, Relation relation, Wish wish = {}) {
  Budget budget;
  return compare(left, right, relation, budget, wish);
}

bool related(const Lts& left, const Lts& right, Relation relation, bool preorder = false) {
  return compared(left, right, relation, {preorder, false}).outcome == Outcome::holds;
}

// With τ and ✓ as the ordinary events number 4 and 5.
Lts plain(const Lts& lts, bool with_tau) {
  std::vector<Lts::Edge> edges;
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (const Transition& t : lts.transitions(static_cast<StateId>(s))) {
      const EventId event = t.event == tick ? EventId{5} : t.event == tau && with_tau ? EventId{4} : t.event;
      edges.push_back({static_cast<StateId>(s), event, t.target});
    }
  return Lts(lts.state_count(), lts.initial(), std::move(edges), naive::letters(4));
}

// Refinement of `right` by `left`, as far as `length` events show it.
bool refines(const Lts& left, const Lts& right, Relation relation, std::size_t length) {
  const auto holds = [length](const Lts& implementation, const Lts& specification, Model model) {
    return !naive::shortest_failure(naive::behaviours(specification, model, length), implementation, model, length);
  };
  switch (relation) {
    case Relation::trace: return holds(plain(left, true), plain(right, true), Model::T);
    case Relation::weak_trace: return holds(plain(left, false), plain(right, false), Model::T);
    case Relation::failures: return holds(left, right, Model::F);
    default: return holds(left, right, Model::FD);
  }
}

// In every relation, and both preorders where there are any, against the definitions; counts the answers.
void compare_all(const Lts& left, const Lts& right, std::size_t length, std::size_t (&answers)[2]) {
  const Union both = disjoint_union(left, right);
  for (const Relation relation : all_relations()) {
    bool there = false, back = false;
    if (is_refinement(relation)) {
      there = refines(left, right, relation, length);
      back = refines(right, left, relation, length);
    } else {
      const auto greatest = naive::greatest(both.lts, relation);
      there = greatest[index(both.left)][index(both.right)];
      back = greatest[index(both.right)][index(both.left)];
    }
    INFO(name(relation));
    REQUIRE(related(left, right, relation) == (there && back));
    ++answers[there && back];
    if (!is_mutual_preorder(relation)) continue;
    REQUIRE(related(left, right, relation, true) == there);
    REQUIRE(related(right, left, relation, true) == back);
  }
}

// Those in which the second state is reached, and those that have none.
std::vector<Lts> systems_of_two_states(const std::vector<EventId>& events) {
  std::vector<Lts> systems;
  for (std::uint64_t bits = 0; bits < std::uint64_t{1} << (4 * events.size()); ++bits) {
    const Lts lts = naive::system_from_bits(2, events, bits);
    Budget budget;
    if (explore(lts, budget).state_count() == 2 || bits < std::uint64_t{1} << (2 * events.size()))
      systems.push_back(lts);
  }
  return systems;
}

Lts chain(std::uint32_t length) {
  std::vector<Lts::Edge> edges;
  for (std::uint32_t s = 0; s + 1 < length; ++s)
    edges.push_back({static_cast<StateId>(s), a, static_cast<StateId>(s + 1)});
  return Lts(length, s0, std::move(edges), naive::letters(1));
}

}  // namespace

TEST_CASE("all pairs of systems of one or two states over τ and a are related as the definitions say") {
  const std::vector<Lts> systems = systems_of_two_states({tau, a});
  std::size_t answers[2] = {};
  for (std::size_t i = 0; i < systems.size(); ++i)
    for (std::size_t j = i; j < systems.size(); ++j) compare_all(systems[i], systems[j], 6, answers);
  CHECK((answers[0] > 20000 && answers[1] > 20000));
}

// One in four hundred of six million pairs, by a step that has no factor in common with their number.
TEST_CASE("pairs of systems of one or two states over τ, a and b are related as the definitions say", "[.long]") {
  const std::vector<Lts> systems = systems_of_two_states({tau, a, EventId{3}});
  std::size_t answers[2] = {};
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < systems.size(); ++i)
    for (std::size_t j = i; j < systems.size(); ++j)
      if (++at % 401 == 0) compare_all(systems[i], systems[j], 6, answers);
  CHECK((answers[0] > 50000 && answers[1] > 3000));
}

TEST_CASE("pairs of systems of three and four states over τ, a and b are related as the definitions say") {
  std::size_t answers[2] = {};
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const auto small = [&](std::uint64_t salt) {
      return naive::random_system(3 * seed + salt, 3 + static_cast<std::uint32_t>((seed + salt) % 2), 2, 1.3, 0.4,
                                  false);
    };
    compare_all(small(0), small(1), 6, answers);
    const auto [left, right] = neighbours(seed);
    if (left.state_count() <= 4) compare_all(left, right, 6, answers);
  }
  CHECK((answers[0] > 2000 && answers[1] > 2000));
}

TEST_CASE("a mutual preorder is the preorder both ways, and its evidence says which way fails") {
  std::size_t one_way = 0;
  for (std::uint64_t seed = 0; seed < 800; ++seed) {
    const auto [left, right] = neighbours(seed);
    for (const Relation relation : all_relations()) {
      if (!is_mutual_preorder(relation)) continue;
      const bool there = related(left, right, relation, true);
      const bool back = related(right, left, relation, true);
      const Comparison both = compared(left, right, relation);
      CAPTURE(seed, name(relation));
      REQUIRE((both.outcome == Outcome::holds) == (there && back));
      one_way += there != back ? 1 : 0;
      if (both.outcome == Outcome::holds) continue;
      REQUIRE((both.formula.has_value() || both.behaviour.has_value()));
      REQUIRE_FALSE((both.evidence_is_left ? there : back));
    }
  }
  CHECK(one_way > 500);
}

TEST_CASE("evidence against trace inclusion is a shortest path that the other system has not") {
  Budget budget;
  std::size_t failures = 0;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const auto [left, right] = neighbours(seed);
    const Comparison result = compared(left, right, Relation::weak_trace, {true, false});
    if (result.outcome == Outcome::holds) continue;
    ++failures;
    REQUIRE(result.behaviour);
    const auto length = naive::shortest_failure(naive::behaviours(right, Model::T, 8), left, Model::T, 8);
    CAPTURE(seed);
    REQUIRE(length == result.behaviour->path.size());
  }
  CHECK(failures > 50);
}

TEST_CASE("trace and failure relations show a path that only one system has") {
  const Lts once(2, s0, {{s0, a, s1}}, naive::letters(1));
  const Lts after_tau(3, s0, {{s0, tau, s1}, {s1, a, StateId{2}}}, naive::letters(1));
  CHECK(related(once, after_tau, Relation::weak_trace));
  CHECK(related(once, after_tau, Relation::failures_divergences));
  const Comparison result = compared(once, after_tau, Relation::trace);
  REQUIRE(result.outcome == Outcome::fails);
  REQUIRE(result.behaviour);
  CHECK_FALSE(result.evidence_is_left);
  REQUIRE(result.behaviour->path.size() == 1);
  CHECK(result.events.name(result.behaviour->path.front().event) == "tau");
}

TEST_CASE("an equivalence that holds has a witness, which is checked") {
  std::size_t witnesses = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const auto [left, right] = neighbours(seed);
    for (const Relation relation : all_relations()) {
      if (is_refinement(relation)) continue;
      const Comparison result = compared(left, right, relation, {false, true});
      CAPTURE(seed, name(relation));
      REQUIRE(result.witness.has_value() == (result.outcome == Outcome::holds));
      witnesses += result.witness ? 1 : 0;
    }
  }
  CHECK(witnesses > 1000);
}

TEST_CASE("a witness that is no relation of its kind is refused") {
  std::size_t right_ones = 0, wrong_ones = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const Lts one = naive::random_system(seed, 2 + static_cast<std::uint32_t>(seed % 3), 1, 1.5, 0.6, false);
    const Union both = disjoint_union(one, one);
    const std::uint32_t n = both.lts.state_count();
    // Some partition in which the initial states are together.
    Witness witness{{{}, 3}, {}};
    std::uint64_t digits = seed * 0x9e3779b97f4a7c15;
    for (std::uint32_t s = 0; s < n; ++s, digits /= 3) witness.classes.of.push_back(static_cast<StateId>(digits % 3));
    witness.classes.of[index(both.right)] = witness.classes.of[index(both.left)];
    naive::Pairs given(n, std::vector<bool>(n));
    for (std::uint32_t s = 0; s < n; ++s)
      for (std::uint32_t t = 0; t < n; ++t) given[s][t] = witness.classes.of[s] == witness.classes.of[t];
    for (const Relation relation : all_relations()) {
      if (is_mutual_preorder(relation)) continue;
      const bool fits = naive::satisfies_clauses(both.lts, relation, given);
      bool confirmed = true;
      Budget budget;
      try {
        confirm_witness(both, relation, false, witness, budget);
      } catch (const InternalError&) {
        confirmed = false;
      }
      CAPTURE(seed, name(relation));
      // Of branching bisimulations only those are accepted whose classes no τ-path leaves and enters again.
      const bool is_branching = relation == Relation::branching || relation == Relation::dp_branching;
      REQUIRE((is_branching ? fits || !confirmed : fits == confirmed));
      (confirmed ? right_ones : wrong_ones) += 1;
    }
  }
  CHECK(right_ones > 500);
  CHECK(wrong_ones > 500);
}

TEST_CASE("the relations imply each other as the table says, and in no other way") {
  const auto relations = all_relations();
  std::vector<std::vector<bool>> refuted(relations.size(), std::vector<bool>(relations.size(), false));
  const auto look_at = [&](const Lts& left, const Lts& right) {
    std::vector<bool> holds;
    for (const Relation r : relations) holds.push_back(related(left, right, r));
    for (std::size_t i = 0; i < relations.size(); ++i)
      for (std::size_t j = 0; j < relations.size(); ++j)
        if (holds[i] && !holds[j]) refuted[i][j] = true;
  };
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const auto [left, right] = neighbours(seed);
    look_at(left, right);
  }
  // Internal steps, small enough for unrelated systems to be related now and then.
  for (std::uint64_t seed = 0; seed < 6000; ++seed)
    look_at(naive::random_system(2 * seed, 2 + static_cast<std::uint32_t>(seed % 3), 1, 1.4, 0.5, seed % 3 == 0),
            naive::random_system(2 * seed + 1, 2 + static_cast<std::uint32_t>(seed % 2), 1, 1.4, 0.5, seed % 3 == 0));
  for (std::size_t i = 0; i < relations.size(); ++i)
    for (std::size_t j = 0; j < relations.size(); ++j) {
      CAPTURE(name(relations[i]), name(relations[j]));
      CHECK(implies(relations[i], relations[j]) == !refuted[i][j]);
    }
}

TEST_CASE("the spectrum is the comparison in each relation") {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const auto [left, right] = neighbours(seed);
    Budget budget;
    const std::vector<Comparison> all = spectrum(left, right, budget);
    REQUIRE(all.size() == all_relations().size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Comparison alone = compared(left, right, all_relations()[i]);
      CAPTURE(seed, name(all_relations()[i]));
      REQUIRE(all[i].outcome == alone.outcome);
      REQUIRE(all[i].formula.has_value() == alone.formula.has_value());
      if (alone.formula)
        REQUIRE(all[i].formula->formulas.depth(all[i].formula->root) ==
                alone.formula->formulas.depth(alone.formula->root));
      REQUIRE(all[i].behaviour.has_value() == alone.behaviour.has_value());
      if (alone.behaviour) REQUIRE(all[i].behaviour->path.size() == alone.behaviour->path.size());
    }
  }
}

TEST_CASE("a simulation between long chains is found without recursion") {
  CHECK(related(chain(20000), chain(20001), Relation::simulation, true));
  const Comparison result = compared(chain(20000), chain(20001), Relation::ready_simulation);
  REQUIRE(result.formula);
  CHECK(result.evidence_is_left);
  CHECK(result.formula->formulas.depth(result.formula->root) == 20000);
}

TEST_CASE("a limit makes a comparison inconclusive") {
  Budget budget(Limits{0, 100, 0});
  const Comparison result = compare(chain(70000), chain(70001), Relation::weak_trace, budget);
  CHECK(result.outcome == Outcome::inconclusive);
  CHECK(result.reason == "the limit of 100 states was reached");
}
