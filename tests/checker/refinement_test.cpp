// Refinement in every model against the definitions, on all tiny systems and on random larger ones.
#include "checker/refinement.hpp"

#include <catch2/catch.hpp>

#include "checker/trace_search.hpp"
#include "tests/checker/ask.hpp"
#include "tests/checker/naive.hpp"

using namespace tryst;

namespace {

constexpr Model models[] = {Model::T, Model::F, Model::FD, Model::V, Model::VD, Model::R, Model::RD};

// Empty, or how the checker and the definitions differ.
std::string disagreement(const Lts& specification, const naive::Behaviours& behaviours, const Lts& implementation,
                         Model model, std::size_t length) {
  const Verdict verdict = ask_refinement(specification, implementation, model);
  const auto shortest = naive::shortest_failure(behaviours, implementation, model, length);
  if (verdict.outcome == Outcome::holds) return shortest ? "holds, but there is a failure" : "";
  if (verdict.evidence.size() != 1) return "fails without evidence";
  const auto& path = verdict.evidence.front().path;
  const bool in_sight = visible_trace(path).size() <= length;
  if (shortest && (path.size() > *shortest || (in_sight && path.size() < *shortest)))
    return "evidence of " + std::to_string(path.size()) + " steps, shortest is " + std::to_string(*shortest);
  if (!shortest && in_sight) return "fails, but there is no failure";
  return "";
}

void compare_all_pairs(const std::vector<Lts>& systems, Model model, std::size_t length) {
  for (std::size_t i = 0; i < systems.size(); ++i) {
    const auto behaviours = naive::behaviours(systems[i], model, length);
    for (std::size_t j = 0; j < systems.size(); ++j) {
      const std::string wrong = disagreement(systems[i], behaviours, systems[j], model, length);
      if (!wrong.empty()) {
        CAPTURE(name(model), i, j);
        FAIL(wrong);
      }
    }
  }
}

// The reachable parts of all systems over these events, each once.
std::vector<Lts> all_systems(std::uint32_t states, const std::vector<EventId>& events) {
  std::vector<Lts> systems;
  std::set<std::vector<std::uint32_t>> seen;
  const std::uint64_t count = std::uint64_t{1} << (states * states * events.size());
  for (std::uint64_t bits = 0; bits < count; ++bits) {
    Budget budget;
    const Lts whole = naive::system_from_bits(states, events, bits);
    Lts system = explore(whole, budget);
    std::vector<std::uint32_t> key;
    for (std::uint32_t s = 0; s < system.state_count(); ++s)
      for (const Transition& t : system.transitions(static_cast<StateId>(s)))
        key.insert(key.end(), {s, index(t.event), index(t.target)});
    if (seen.insert(key).second) systems.push_back(std::move(system));
  }
  return systems;
}

}  // namespace

TEST_CASE("every pair of systems of two states over τ and a is judged as by definition") {
  const auto systems = all_systems(2, {tau, EventId{2}});
  REQUIRE(systems.size() == 196);
  for (const Model model : models) compare_all_pairs(systems, model, model == Model::R || model == Model::RD ? 2 : 4);
}

TEST_CASE("every pair of systems of one state and Ω over τ, ✓, a and b is judged as by definition") {
  const auto systems = all_systems(2, {tau, tick, EventId{2}, EventId{3}});
  REQUIRE(systems.size() == 128);
  for (const Model model : models) compare_all_pairs(systems, model, 2);
}

TEST_CASE("random systems of three states over τ and a are judged as by definition") {
  for (const Model model : models) {
    std::vector<Lts> systems;
    for (std::uint64_t i = 0; i < 60; ++i)
      systems.push_back(naive::system_from_bits(3, {tau, EventId{2}}, (i * 0x9e3779b97f4a7c15 + 12345) >> 40));
    compare_all_pairs(systems, model, model == Model::R || model == Model::RD ? 4 : 8);
  }
}

TEST_CASE("random systems over two events and ✓ are judged as by definition") {
  for (const Model model : models) {
    const bool refusal_testing = model == Model::R || model == Model::RD;
    std::vector<Lts> systems;
    for (std::uint64_t seed = 0; seed < 30; ++seed)
      systems.push_back(naive::random_system(seed, 2 + seed % 4, 2, 1.3 + 0.2 * static_cast<double>(seed % 5),
                                             seed % 3 == 0 ? 0.0 : 0.3, seed % 2 == 0));
    compare_all_pairs(systems, model, refusal_testing ? 2 : 4);
  }
}

TEST_CASE("finer models refine more strictly: R implies V implies F implies T") {
  std::size_t held[7] = {};
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const bool tick = seed % 2 == 0;
    const Lts spec = naive::random_system(2 * seed, 4, 2, 1.8, 0.3, tick);
    const Lts impl = naive::random_system(2 * seed + 1, 3, 2, 1.0, 0.2, tick);
    bool holds[7];
    for (const Model m : models)
      held[static_cast<std::size_t>(m)] += holds[static_cast<std::size_t>(m)] = refines(spec, impl, m);
    const auto implies = [&](Model finer, Model coarser) {
      return !holds[static_cast<std::size_t>(finer)] || holds[static_cast<std::size_t>(coarser)];
    };
    CAPTURE(seed);
    REQUIRE(implies(Model::R, Model::V));
    REQUIRE(implies(Model::V, Model::F));
    REQUIRE(implies(Model::F, Model::T));
    REQUIRE(implies(Model::RD, Model::VD));
    REQUIRE(implies(Model::VD, Model::FD));
    if (!naive::has_divergence(spec)) {
      REQUIRE(implies(Model::FD, Model::F));
      REQUIRE(implies(Model::VD, Model::V));
      REQUIRE(implies(Model::RD, Model::R));
    }
  }
  for (const std::size_t count : held) CHECK(count > 30);  // the test has something to say
}

TEST_CASE("refinement is reflexive and transitive") {
  std::vector<Lts> systems;
  for (std::uint64_t seed = 0; seed < 24; ++seed)
    systems.push_back(naive::random_system(seed, 3, 1, 1.5, 0.3, seed % 2 == 0));
  for (const Model m : models) {
    std::vector<std::vector<bool>> holds(systems.size(), std::vector<bool>(systems.size()));
    for (std::size_t i = 0; i < systems.size(); ++i)
      for (std::size_t j = 0; j < systems.size(); ++j) holds[i][j] = refines(systems[i], systems[j], m);
    for (std::size_t i = 0; i < systems.size(); ++i) {
      REQUIRE(holds[i][i]);
      for (std::size_t j = 0; j < systems.size(); ++j)
        for (std::size_t k = 0; k < systems.size(); ++k)
          if (holds[i][j] && holds[j][k]) REQUIRE(holds[i][k]);
    }
  }
}

TEST_CASE("DIV is refined by everything where divergence is seen, and by nothing that acts where it is not") {
  const Lts div(1, StateId{0}, {{StateId{0}, tau, StateId{0}}}, naive::letters(1));
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Lts other = naive::random_system(seed, 4, 2, 1.5, 0.3, seed % 2 == 0);
    CHECK(refines(div, other, Model::FD));
    CHECK(refines(div, other, Model::VD));
    CHECK(refines(div, other, Model::RD));
  }
  const Lts a_then_stop(2, StateId{0}, {{StateId{0}, EventId{2}, StateId{1}}}, naive::letters(1));
  CHECK_FALSE(refines(div, a_then_stop, Model::T));
  const Lts stop(1, StateId{0}, {}, naive::letters(1));
  CHECK(refines(div, stop, Model::T));
  CHECK_FALSE(refines(div, stop, Model::F));
  CHECK(refines(stop, div, Model::F));
  CHECK_FALSE(refines(stop, div, Model::FD));
}
