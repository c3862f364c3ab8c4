// Equivalences and quotients against greatest fixed points on pairs.
#include "checker/equivalence.hpp"

#include <catch2/catch.hpp>

#include "checker/bisimulation.hpp"
#include "checker/classes.hpp"
#include "checker/comparison.hpp"
#include "semantics/lazy_lts.hpp"
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

TEST_CASE("a minimal system is equivalent, has one state a class, and is minimal") {
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
