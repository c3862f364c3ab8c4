// Deadlock, divergence, determinism and traces against the definitions.
#include <catch2/catch.hpp>

#include "checker/trace_search.hpp"
#include "tests/checker/ask.hpp"
#include "tests/checker/naive.hpp"

using namespace tryst;

namespace {

// Empty, or which property is not judged as by definition.
std::string disagreement(const Lts& system, std::size_t length) {
  const auto fails = [&](Property property, Model model) {
    return ask_property(system, property, model).outcome == Outcome::fails;
  };
  const bool deadlock = naive::has_deadlock(system);
  const bool divergence = naive::has_divergence(system);
  if (fails(Property::deadlock_free, Model::F) != deadlock) return "deadlock free [F]";
  if (fails(Property::deadlock_free, Model::FD) != (deadlock || divergence)) return "deadlock free [FD]";
  if (fails(Property::divergence_free, Model::FD) != divergence) return "divergence free";
  const bool nondeterministic = naive::is_nondeterministic(system, length);
  if (fails(Property::deterministic, Model::F) != nondeterministic) return "deterministic [F]";
  if (fails(Property::deterministic, Model::FD) != (nondeterministic || divergence)) return "deterministic [FD]";
  return "";
}

}  // namespace

TEST_CASE("all systems of at most two states over τ and a have the properties that the definitions say") {
  for (std::uint64_t bits = 0; bits < 256; ++bits) {
    CAPTURE(bits);
    REQUIRE(disagreement(naive::system_from_bits(2, {tau, EventId{2}}, bits), 4) == "");
  }
}

TEST_CASE("systems of three states over τ and a have the properties that the definitions say") {
  for (std::uint64_t bits = 0; bits < (1 << 18); bits += 29) {
    CAPTURE(bits);
    const std::string wrong = disagreement(naive::system_from_bits(3, {tau, EventId{2}}, bits), 8);
    if (!wrong.empty()) FAIL(wrong);
  }
}

TEST_CASE("random systems with two events and ✓ have the properties that the definitions say") {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const Lts system = naive::random_system(seed, 4, 2, 1.5, 0.2, seed % 2 == 0);
    REQUIRE(disagreement(system, 7) == "");
  }
}

TEST_CASE("Ω is not a deadlock, and a state that signals ✓ refuses everything else") {
  const EventId a{2};
  const EventNames names = naive::letters(1);
  const Lts skip(2, StateId{0}, {{StateId{0}, tick, StateId{1}}}, names, {StateId{1}});
  CHECK(ask_property(skip, Property::deadlock_free, Model::FD).outcome == Outcome::holds);
  CHECK(ask_property(skip, Property::deterministic, Model::FD).outcome == Outcome::holds);
  const Lts skip_or_a(3, StateId{0}, {{StateId{0}, tick, StateId{1}}, {StateId{0}, a, StateId{2}}}, names,
                      {StateId{1}});
  const Verdict verdict = ask_property(skip_or_a, Property::deterministic, Model::FD);
  REQUIRE(verdict.outcome == Outcome::fails);
  CHECK(verdict.evidence.front().refused == std::vector{a});
  CHECK(verdict.evidence.front().accepted == std::vector{tick});
}

TEST_CASE("the path to a deadlock or divergence has the fewest steps") {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Lts system = naive::random_system(seed, 12, 2, 1.4, 0.3, false);
    std::vector<std::size_t> distance(12, SIZE_MAX);
    std::vector<StateId> queue{system.initial()};
    distance[0] = 0;
    std::size_t nearest = SIZE_MAX;
    for (std::size_t i = 0; i < queue.size(); ++i) {
      if (system.transitions(queue[i]).empty()) nearest = std::min(nearest, distance[index(queue[i])]);
      for (const Transition& t : system.transitions(queue[i]))
        if (distance[index(t.target)] == SIZE_MAX) {
          distance[index(t.target)] = distance[index(queue[i])] + 1;
          queue.push_back(t.target);
        }
    }
    const Verdict verdict = ask_property(system, Property::deadlock_free, Model::F);
    CAPTURE(seed);
    REQUIRE((verdict.outcome == Outcome::fails) == (nearest != SIZE_MAX));
    if (nearest != SIZE_MAX) REQUIRE(verdict.evidence.front().path.size() == nearest);
  }
}

TEST_CASE("has trace sees through τ and reports the longest prefix otherwise") {
  const EventId a{2};
  const EventId b{3};
  // 0 -τ-> 1 -a-> 2 -τ-> 3 -b-> 0, and a dead end 0 -a-> 4
  const Lts system(5, StateId{0},
                   {{StateId{0}, tau, StateId{1}},
                    {StateId{1}, a, StateId{2}},
                    {StateId{2}, tau, StateId{3}},
                    {StateId{3}, b, StateId{0}},
                    {StateId{0}, a, StateId{4}}},
                   naive::letters(2));
  const auto has = [&](std::vector<EventId> trace) {
    return ask_property(system, Property::has_trace, Model::T, trace);
  };
  CHECK(has({}).outcome == Outcome::holds);
  CHECK(has({a}).outcome == Outcome::holds);
  CHECK(has({a, b, a, b, a}).outcome == Outcome::holds);
  const Verdict verdict = has({a, b, a, a, b});
  REQUIRE(verdict.outcome == Outcome::fails);
  CHECK(verdict.evidence.front().kind == EvidenceKind::has_no_trace);
  CHECK(visible_trace(verdict.evidence.front().path) == std::vector{a, b, a});
  CHECK(verdict.evidence.front().path.size() == 5);  // τ a τ b, then the short a

  LazyLts lazy(system);
  Budget budget;
  const Verdict witnessed = check({Property::has_trace, Model::T, &lazy, nullptr, {a, b}}, budget, {1, true});
  REQUIRE(witnessed.outcome == Outcome::holds);
  REQUIRE(witnessed.evidence.size() == 1);
  CHECK(witnessed.evidence.front().kind == EvidenceKind::has_trace);
  CHECK(witnessed.evidence.front().path.size() == 4);
}
