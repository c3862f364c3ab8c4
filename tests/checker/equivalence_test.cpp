// Equivalences and quotients against greatest fixed points on pairs.
#include "checker/equivalence.hpp"

#include <catch2/catch.hpp>

#include <numeric>
#include <random>
#include <sstream>

#include "checker/classes.hpp"
#include "checker/comparison.hpp"
#include "checker/partition.hpp"
#include "checker/simulation_preorder.hpp"
#include "semantics/aut_reader.hpp"
#include "semantics/lazy_lts.hpp"
#include "semantics/lts_writer.hpp"
#include "tests/checker/naive.hpp"
#include "tests/checker/naive_relations.hpp"

using namespace tryst;

namespace {

constexpr Relation bisimulations[] = {Relation::strong, Relation::branching, Relation::dp_branching, Relation::weak,
                                      Relation::dp_weak};
// Empty, or which pair of states is not classified as by definition.
std::string disagreement(const Lts& lts, Relation relation) {
  Budget budget;
  const Classes classes = bisimulation_classes(lts, relation, budget);
  const auto related = naive::greatest(lts, relation);
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (std::uint32_t t = 0; t < lts.state_count(); ++t)
      if ((classes.of[s] == classes.of[t]) != related[s][t])
        return std::string(name(relation)) + " " + std::to_string(s) + " " + std::to_string(t);
  return "";
}

bool equivalent(const Lts& left, const Lts& right, Relation relation) {
  Budget budget;
  return compare(left, right, relation, budget).outcome == Outcome::holds;
}

// The same system with its states and its events numbered otherwise.
Lts shuffled(const Lts& lts, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::uint32_t> states(lts.state_count());
  std::iota(states.begin(), states.end(), 0);
  std::ranges::shuffle(states, random);
  std::vector<std::uint32_t> order(lts.events().size());
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin() + 2, order.end(), random);
  EventNames events;
  std::vector<EventId> renamed(order.size(), tau);
  renamed[index(tick)] = tick;
  for (std::size_t e = 2; e < order.size(); ++e)
    renamed[order[e]] = events.intern(lts.events().name(static_cast<EventId>(order[e])));
  const auto state = [&](StateId s) { return static_cast<StateId>(states[index(s)]); };
  std::vector<Lts::Edge> edges;
  std::vector<StateId> terminated;
  for (std::uint32_t i = 0; i < lts.state_count(); ++i) {
    const StateId s = static_cast<StateId>(i);
    for (const Transition& t : lts.transitions(s))
      edges.push_back({state(s), renamed[index(t.event)], state(t.target)});
    if (lts.is_terminated(s)) terminated.push_back(state(s));
  }
  return Lts(lts.state_count(), state(lts.initial()), std::move(edges), std::move(events), std::move(terminated));
}

}  // namespace

TEST_CASE("all systems of two states over τ and a have the classes that the definitions say") {
  for (std::uint64_t bits = 0; bits < 256; ++bits)
    for (const Relation relation : bisimulations) {
      CAPTURE(bits);
      REQUIRE(disagreement(naive::system_from_bits(2, {tau, EventId{2}}, bits), relation) == "");
    }
}

TEST_CASE("systems of three states over τ and a have the classes that the definitions say") {
  for (std::uint64_t bits = 0; bits < (1 << 18); bits += 101)
    for (const Relation relation : bisimulations) {
      const std::string wrong = disagreement(naive::system_from_bits(3, {tau, EventId{2}}, bits), relation);
      CAPTURE(bits);
      if (!wrong.empty()) FAIL(wrong);
    }
}

// Among them are the disjoint unions of all systems of one and two states.
TEST_CASE("all systems of three states over τ and a have the classes that the definitions say", "[.long]") {
  for (std::uint64_t bits = 0; bits < (1 << 18); ++bits)
    for (const Relation relation : bisimulations) {
      const std::string wrong = disagreement(naive::system_from_bits(3, {tau, EventId{2}}, bits), relation);
      CAPTURE(bits);
      if (!wrong.empty()) FAIL(wrong);
    }
}

TEST_CASE("random larger systems have the classes that the definitions say") {
  for (std::uint64_t seed = 0; seed < 600; ++seed)
    for (const Relation relation : bisimulations) {
      const std::uint32_t states = 4 + static_cast<std::uint32_t>(seed % 9);
      const Lts lts = naive::random_system(seed, states, 1 + seed % 2, 1.0 + 0.1 * static_cast<double>(seed % 9),
                                           0.2 * static_cast<double>(seed % 5), seed % 3 == 0);
      CAPTURE(seed);
      REQUIRE(disagreement(lts, relation) == "");
    }
}

TEST_CASE("a minimal bisimilar system is equivalent, has one state a class, and is minimal") {
  Budget budget;
  for (std::uint64_t seed = 0; seed < 400; ++seed)
    for (const Relation relation : bisimulations) {
      const Lts lts = naive::random_system(seed, 8, 2, 1.5, 0.1 * static_cast<double>(seed % 8), seed % 3 == 0);
      const Lts small = minimise(lts, relation, budget);
      CAPTURE(seed, name(relation));
      small.check();
      REQUIRE(small.initial() == StateId{0});
      REQUIRE(equivalent(lts, small, relation));
      const Lts reachable = explore(lts, budget);
      const auto related = naive::greatest(reachable, relation);
      std::uint32_t classes = 0;
      for (std::uint32_t s = 0; s < reachable.state_count(); ++s)
        classes += std::find(related[s].begin(), related[s].begin() + s, true) == related[s].begin() + s ? 1 : 0;
      REQUIRE(small.state_count() == classes);
      REQUIRE(minimise(small, relation, budget).transition_count() == small.transition_count());
    }
}

TEST_CASE("least systems are identical iff the systems are equivalent, and as good when read from a file") {
  Budget budget;
  const auto read = [](const std::string& text) {
    std::istringstream in(text);
    SourceSet sources;
    Diagnostics diagnostics;
    return *read_aut(in, "least.aut", sources, diagnostics);
  };
  const auto text = [](const Lts& lts) {
    std::ostringstream out;
    write_lts(lts, LtsFormat::aut, {}, out);
    return std::move(out).str();
  };
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    // Small ones are often related, and larger ones rarely.
    const std::uint32_t states = seed % 2 == 0 ? 3 : 6;
    const double tau_share = 0.1 * static_cast<double>(seed % 8);
    const Lts left = naive::random_system(seed, states, 2, 1.5, tau_share, seed % 3 == 0);
    const Lts right = naive::random_system(seed + 1, states, 2, 1.5, tau_share, seed % 3 == 0);
    for (const Relation relation : all_relations()) {
      CAPTURE(seed, name(relation));
      const Lts small = minimise(left, relation, budget);
      small.check();
      const std::string least = text(small);
      CHECK(equivalent(left, small, relation));
      CHECK(equivalent(left, read(least), relation));
      CHECK(text(minimise(small, relation, budget)) == least);
      CHECK(text(minimise(shuffled(left, seed), relation, budget)) == least);
      CHECK((text(minimise(right, relation, budget)) == least) == equivalent(left, right, relation));
    }
  }
}

TEST_CASE("no two states of a least system simulate each other, and no step of a state outdoes another") {
  Budget budget;
  for (const Relation relation : {Relation::simulation, Relation::ready_simulation})
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      const Lts lts = naive::random_system(seed, 7, 2, 1.8, 0.2, seed % 3 == 0);
      const auto simulated = naive::greatest(lts, relation);
      StateRelation preorder = simulation_preorder(lts, relation == Relation::ready_simulation, budget);
      for (std::uint32_t s = 0; s < lts.state_count(); ++s)
        for (std::uint32_t t = 0; t < lts.state_count(); ++t)
          REQUIRE(preorder.contains(StateId{s}, StateId{t}) == simulated[s][t]);
      const Lts small = minimise(lts, relation, budget);
      const auto above = naive::greatest(small, relation);
      CAPTURE(seed, name(relation));
      for (std::uint32_t s = 0; s < small.state_count(); ++s) {
        for (std::uint32_t t = 0; t < s; ++t) CHECK_FALSE((above[s][t] && above[t][s]));
        for (const Transition& a : small.transitions(StateId{s}))
          for (const Transition& b : small.transitions(StateId{s}))
            if (a.event == b.event && a.target != b.target) CHECK_FALSE(above[index(a.target)][index(b.target)]);
      }
    }
}

TEST_CASE("a system that is minimal for traces is deterministic and has a state for each residual") {
  Budget budget;
  for (const Relation relation : {Relation::trace, Relation::weak_trace})
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const Lts small = minimise(naive::random_system(seed, 6, 2, 1.6, 0.3, seed % 3 == 0), relation, budget);
      CAPTURE(seed, name(relation));
      const auto same = naive::greatest(small, Relation::strong);
      for (std::uint32_t s = 0; s < small.state_count(); ++s) {
        for (std::uint32_t t = 0; t < s; ++t) CHECK_FALSE(same[s][t]);
        const auto row = small.transitions(StateId{s});
        CHECK(std::ranges::adjacent_find(row, {}, &Transition::event) == row.end());
        if (relation == Relation::weak_trace) CHECK(std::ranges::count(row, tau, &Transition::event) == 0);
      }
    }
}

TEST_CASE("the classes are the same for any number of threads") {
  Budget budget;
  const Lts lts = naive::random_system(7, 40000, 3, 2.0, 0.3, true);
  for (const Relation relation : bisimulations) {
    const Classes alone = bisimulation_classes(lts, relation, budget);
    for (const unsigned threads : {2u, 8u}) {
      const Classes together = bisimulation_classes(lts, relation, budget, {}, threads);
      CAPTURE(name(relation), threads);
      CHECK(together.count == alone.count);
      CHECK(together.of == alone.of);
    }
  }
}

TEST_CASE("a long chain is refined state by state without looking at the rest of it") {
  constexpr std::uint32_t length = 50000;
  for (const EventId event : {EventId{2}, tau}) {
    EventNames events;
    events.intern("a");
    events.intern("end");
    std::vector<Lts::Edge> edges;
    for (std::uint32_t s = 0; s + 1 < length; ++s)
      edges.push_back({static_cast<StateId>(s), s % 2 == 0 ? EventId{2} : event, static_cast<StateId>(s + 1)});
    edges.push_back({static_cast<StateId>(length - 1), EventId{3}, static_cast<StateId>(length - 1)});
    const Lts chain(length, StateId{0}, edges, events);
    Budget budget;
    CHECK(bisimulation_classes(chain, Relation::strong, budget).count == length);
    CHECK(bisimulation_classes(chain, Relation::branching, budget).count == (event == tau ? length / 2 + 1 : length));
  }
}

TEST_CASE("a system that is minimal for weak bisimulation has no transition to spare") {
  Budget budget;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const Lts small = minimise(naive::random_system(seed, 6, 2, 1.5, 0.4, false), Relation::weak, budget);
    std::vector<Lts::Edge> edges;
    for (std::uint32_t s = 0; s < small.state_count(); ++s)
      for (const Transition& t : small.transitions(static_cast<StateId>(s)))
        edges.push_back({static_cast<StateId>(s), t.event, t.target});
    for (std::size_t i = 0; i < edges.size(); ++i) {
      auto fewer = edges;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      CAPTURE(seed, i);
      REQUIRE_FALSE(equivalent(small, Lts(small.state_count(), StateId{0}, fewer, small.events()), Relation::weak));
    }
  }
}

TEST_CASE("relations have the command line's names") {
  for (const Relation relation : all_relations()) CHECK(relation_named(name(relation)) == relation);
  CHECK(name(Relation::dp_branching) == "dp-branching");
  CHECK(relation_named("bisimilar") == std::nullopt);
}

TEST_CASE("a partition keeps its invariants") {
  Partition partition(10);
  const StateId some[] = {StateId{3}, StateId{7}, StateId{0}};
  const BlockId fresh = partition.split_off(some);
  partition.check();
  CHECK(partition.block_count() == 2);
  CHECK(partition.size(fresh) == 3);
  CHECK(partition.block(StateId{7}) == fresh);
  CHECK(partition.block(StateId{1}) == BlockId{0});
}
