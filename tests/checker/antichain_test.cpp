// Refinement with covered pairs left out against refinement with all of them, and specifications that explode.
#include "checker/antichain.hpp"

#include <catch2/catch.hpp>

#include "checker/question.hpp"
#include "frontend/csp/builtin.hpp"
#include "semantics/csp/compiled_network.hpp"
#include "semantics/csp/reference_system.hpp"
#include "semantics/lts_builder.hpp"
#include "semantics/shared_events.hpp"
#include "tests/checker/naive.hpp"
#include "tests/semantics/term_builder.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

constexpr Model models[] = {Model::T, Model::F, Model::FD, Model::V, Model::VD, Model::R, Model::RD};
constexpr EventId a{2};
constexpr EventId b{3};
constexpr EventId c{4};

Verdict ask(const Lts& specification, const Lts& implementation, Model model, Pruning pruning) {
  EventNames names;
  SharedEvents left(specification, names);
  SharedEvents right(implementation, names);
  LazyLts lazy_left(left);
  LazyLts lazy_right(right);
  Budget budget({.states_max = 1'000'000});
  Asking asking;
  asking.pruning = pruning;
  return check({Property::refinement, model, &lazy_right, &lazy_left, {}}, budget, asking);
}

Lts run_of(std::vector<EventId> events) {
  LtsBuilder builder;
  for (const EventId e : events) builder.add(StateId{0}, {e, StateId{0}});
  return std::move(builder).finish(1, StateId{0}, naive::letters(3));
}

}  // namespace

TEST_CASE("random systems: leaving out covered pairs changes neither verdicts nor the length of evidence") {
  std::size_t smaller = 0;
  std::size_t failing = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const bool tick = seed % 3 == 0;
    const auto events = static_cast<std::uint32_t>(1 + seed % 2);
    const double tau_share = 0.1 * static_cast<double>(seed % 4);
    const Lts spec =
        naive::random_system(2 * seed, static_cast<std::uint32_t>(3 + seed % 8), events, 2.0, tau_share, tick);
    const Lts impl =
        naive::random_system(2 * seed + 1, static_cast<std::uint32_t>(2 + seed % 9), events, 1.2, tau_share, tick);
    for (const Model model : models) {
      const Verdict all = ask(spec, impl, model, Pruning::automatic);
      const Verdict pruned = ask(spec, impl, model, Pruning::always);
      CAPTURE(seed, name(model));
      REQUIRE(pruned.outcome == all.outcome);
      if (all.outcome == Outcome::fails) {
        ++failing;
        REQUIRE(pruned.evidence.front().path.size() == all.evidence.front().path.size());
      } else {
        REQUIRE(pruned.states <= all.states);
        smaller += pruned.states < all.states ? 1 : 0;
      }
      const Verdict itself = ask(spec, spec, model, Pruning::always);
      REQUIRE(itself.outcome == Outcome::holds);
    }
  }
  CHECK(smaller > 200);
  CHECK(failing > 2000);
}

// ({u, v}, 2) is reached by b, ({u}, 2) by a and τ: one step later, though before the other's turn.
TEST_CASE("what is met on the next level covers nothing on this one") {
  constexpr EventId d{5};
  LtsBuilder implementation;
  implementation.add(StateId{0}, {a, StateId{1}});
  implementation.add(StateId{0}, {b, StateId{2}});
  implementation.add(StateId{1}, {tau, StateId{2}});
  for (std::uint32_t s = 3; s < 100; ++s) implementation.add(StateId{1}, {a, StateId{s}});  // so that it is met at once
  implementation.add(StateId{2}, {d, StateId{2}});
  LtsBuilder specification;
  specification.add(StateId{0}, {a, StateId{1}});
  specification.add(StateId{0}, {b, StateId{1}});
  specification.add(StateId{0}, {b, StateId{2}});
  specification.add(StateId{1}, {a, StateId{1}});
  const Verdict verdict =
      ask(std::move(specification).finish(3, StateId{0}, naive::letters(4)),
          std::move(implementation).finish(100, StateId{0}, naive::letters(4)), Model::T, Pruning::always);
  REQUIRE(verdict.outcome == Outcome::fails);
  CHECK(verdict.evidence.front().path.size() == 2);
}

TEST_CASE("a specification with 2^60 sets of states is refined after a few") {
  for (const Model model : {Model::T, Model::V, Model::R}) {
    const Verdict verdict = ask(naive::letter_before(60), run_of({a, b}), model, Pruning::automatic);
    CHECK(verdict.outcome == Outcome::holds);
    CHECK(verdict.states < 5000);
  }
  // c is forbidden at first, where the letter has not been there.
  const Verdict fails = ask(naive::letter_before(60), run_of({a, b, c}), Model::T, Pruning::automatic);
  REQUIRE(fails.outcome == Outcome::fails);
  CHECK(fails.evidence.front().path.size() == 1);
  CHECK(ask(naive::letter_before(60), naive::letter_before(60), Model::FD, Pruning::automatic).outcome ==
        Outcome::holds);
  const Verdict nearer = ask(naive::letter_before(40), naive::letter_before(30), Model::T, Pruning::automatic);
  REQUIRE(nearer.outcome == Outcome::fails);
  CHECK(nearer.evidence.front().path.size() == 31);
}

namespace {

// The processes LETTER(0) ..., as above; of phase i and n, what remembers the letter at every n-th place.
struct Letters {
  explicit Letters(std::uint32_t distance) {
    for (const std::string name : {"a", "b", "c"}) t.event(name);
    for (std::uint32_t i = 0; i <= distance; ++i)
      t.define("S" + std::to_string(i), [this, i, distance] {
        const auto next = [&](std::uint32_t n) { return t.call("S" + std::to_string(n)); };
        if (i == distance) return t.prefix(c, next(i));
        const ProcessId on = t.menu({a, b}, {next(i == 0 ? 0 : i + 1), next(i == 0 ? 0 : i + 1)});
        return i > 0 ? on : t.apply(Operator::external_choice, {on, t.prefix(a, next(1))});
      });
  }

  ProcessId specification() { return t.call("S0"); }

  // Between two letters that it remembers, `wait` others.
  ProcessId memory(std::uint32_t phase, std::uint32_t period) {
    for (std::uint32_t wait = 0; wait < period; ++wait)
      for (const std::string letter : {"a", "b"})
        t.define(letter + std::to_string(wait), [this, wait, letter, period] {
          const std::string later = std::to_string(wait == 0 ? period - 1 : wait - 1);
          if (wait == 0) return t.menu({a, b}, {t.call("a" + later), t.call("b" + later)});
          return t.menu({a, b}, {t.call(letter + later), t.call(letter + later)});
        });
    return t.call("b" + std::to_string(phase));
  }

  Verdict ask(ProcessId process, Model model, Engine engine) {
    ReferenceSystem implementation(t.terms, t, process);
    ReferenceSystem specified(t.terms, t, specification());
    LazyLts rows(implementation);
    LazyLts specification_rows(specified);
    std::optional<CompiledNetwork> network;
    Question question{Property::refinement, model, &rows, &specification_rows, {}};
    question.network = NetworkImplementation{
        [&]() -> Network& { return network.emplace(t.terms, t, process, nullptr); },
        [&](std::span<const LocalId> state) { return implementation.state(network->term(state)); }};
    Budget budget({.states_max = 400'000});
    Asking asking;
    asking.engine = engine;
    return check(question, budget, asking);
  }

  TermBuilder t;
};

}  // namespace

TEST_CASE("the packed search gives up on a specification that explodes") {
  Letters letters(40);
  const ProcessId both = letters.t.apply(Operator::interleave, {letters.t.run({a, b}), letters.t.run({a})});
  const Verdict holds = letters.ask(both, Model::T, Engine::network);
  CHECK(holds.outcome == Outcome::holds);
  CHECK(holds.states < 5000);
  ProcessId late = letters.t.prefix(c, letters.t.stop());
  for (int i = 0; i < 30; ++i) late = letters.t.prefix(b, late);
  const ProcessId wrong = letters.t.apply(Operator::interleave, {letters.t.run({a, b}), late});
  const Verdict fails = letters.ask(wrong, Model::F, Engine::network);
  REQUIRE(fails.outcome == Outcome::fails);
  CHECK(fails.evidence.front().path.size() == 31);
}

TEST_CASE("so does the search of a composed network") {
  Letters letters(40);
  TermBuilder& t = letters.t;
  t.define("ODD", [&t] { return t.menu({a, b}, {t.call("EVEN"), t.call("EVEN")}); });
  t.define("EVEN", [&t] { return t.menu({a, b}, {t.call("ODD"), t.call("ODD")}); });
  const ProcessId named = t.term(Term{
      .op = Operator::compressed, .payload = static_cast<std::uint32_t>(Builtin::sbisim), .operands = {t.call("ODD")}});
  const Verdict holds = letters.ask(t.apply(Operator::interleave, {named, t.run({a})}), Model::F, Engine::network);
  CHECK(holds.outcome == Outcome::holds);
  CHECK(holds.states < 5000);
  const ProcessId wrong = t.apply(Operator::interleave, {named, t.prefix(b, t.prefix(c, t.stop()))});
  const Verdict fails = letters.ask(wrong, Model::T, Engine::network);
  REQUIRE(fails.outcome == Outcome::fails);
  CHECK(fails.evidence.front().path.size() == 2);
}

TEST_CASE("where nothing is covered, the packed search goes on") {
  constexpr std::uint32_t distance = 14;
  Letters letters(distance);
  TermBuilder::Processes cells;
  for (std::uint32_t i = 0; i < distance; ++i) cells.push_back(letters.memory(i, distance));
  const Verdict holds = letters.ask(letters.t.apply(Operator::parallel, cells, {a, b}), Model::T, Engine::network);
  CHECK(holds.outcome == Outcome::holds);
  CHECK(holds.states > 200'000);
}
