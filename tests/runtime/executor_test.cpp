// The library of emitted programs: the executor against plain enumeration of states on random networks, and what the
// monitor, the tour, traces and replay promise.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <sstream>

#include "runtime/explore.hpp"
#include "runtime/replay.hpp"
#include "runtime/run.hpp"
#include "runtime/states.hpp"
#include "runtime/tour.hpp"
#include "tests/runtime/patterns.hpp"

using namespace tryst::runtime;

namespace {

// Is never in the same state again.
struct Counter {
  std::uint64_t steps;
  void offers(Offers& out) const { out.add(0); }
  void fire(Label) { ++steps; }
};

std::vector<RuleId> sorted(std::span<const RuleId> rules) {
  std::vector<RuleId> copy(rules.begin(), rules.end());
  std::ranges::sort(copy);
  return copy;
}

// The automaton of Cycle{0, 2}.
constexpr std::array<Table::Move, 2> cycle_moves{{{Label{0}, 1}, {Label{1}, 0}}};
constexpr std::array<std::uint32_t, 3> cycle_row{{0, 1, 2}};
constexpr Table cycle{cycle_row, cycle_moves, {}};

}  // namespace

TEST_CASE("the ready rules are those whose participants all offer, along random runs of random networks") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    patterns::Pattern pattern;
    patterns::drawn(pattern, random);
    const Network network = pattern.network();
    constexpr std::size_t memories[] = {0, 400, Executor::memory_bytes_max};
    Executor executor(network, memories[round % 3]);
    States states(network, 10'000);
    States::Id at = states.initial();
    std::vector<RuleId> enabled;
    for (int step = 0; step < 50; ++step) {
      executor.check();
      states.enabled(at, enabled);
      REQUIRE(sorted(executor.ready()) == enabled);
      if (enabled.empty()) break;
      const RuleId rule = enabled[random() % enabled.size()];
      executor.fire(rule);
      at = states.after(at, rule);
      const auto bytes = executor.state();
      REQUIRE(std::ranges::equal(bytes, states.bytes(at)));
      if (step % 10 == 0) executor.restore(bytes);
    }
  }
}

TEST_CASE("a run ends where nothing is ready, and says who waits for whom") {
  patterns::Pattern pattern;
  const Event a = pattern.event("a");
  const Event b = pattern.event("b");
  pattern.component(patterns::Cycle{0, 2}, {a, b});
  pattern.component(patterns::Cycle{1, 2}, {a, b});
  pattern.rule(a, {{0, Label{0}}, {1, Label{0}}});
  const Network network = pattern.network();
  Executor executor(network);
  Environment environment;
  CHECK(run(executor, environment).outcome == Outcome::stuck);
  CHECK(waiting(executor) == "P0\n  a needs P1\nP1\n  b needs what no partner can do\n");
}

TEST_CASE("what the environment does not accept does not happen") {
  struct Patient final : Environment {
    bool accepts(Event e) override { return index(e) != 3 || waited; }
    bool wait() override { return !std::exchange(waited, true); }
    void performed(Event e) override { done.push_back(e); }
    bool waited = false;
    std::vector<Event> done;
  };
  patterns::Pattern pattern;
  patterns::ping_pong(pattern);
  const Network network = pattern.network();
  Executor executor(network);
  Patient environment;
  const Run result = run(executor, environment, {.steps_max = 4});
  CHECK(result.outcome == Outcome::step_limit);
  CHECK(environment.done == std::vector<Event>{Event{2}, Event{3}, Event{2}, Event{3}});
  CHECK(environment.waited);
}

TEST_CASE("the same seed gives the same run, every rule that stays ready is taken some time") {
  patterns::Pattern pattern;
  patterns::fan_in(pattern, 8);
  const Network network = pattern.network();
  const auto rules = [&](std::uint64_t seed) {
    Executor executor(network);
    Environment environment(seed);
    Trace trace;
    run(executor, environment, {.steps_max = 1000, .trace = &trace});
    return std::vector(trace.rules().begin(), trace.rules().end());
  };
  const auto first = rules(3);
  CHECK(first == rules(3));
  CHECK(first != rules(4));
  for (std::uint32_t r = 0; r < network.rules.size(); ++r) CHECK(std::ranges::count(first, RuleId{r}) > 20);
}

TEST_CASE("a run does not depend on what the executor remembers") {
  std::mt19937 random(11);
  for (int round = 0; round < 100; ++round) {
    patterns::Pattern pattern;
    patterns::drawn(pattern, random);
    const std::uint32_t counter = pattern.component(Counter{}, {tau});
    pattern.rule(tau, {{counter, Label{0}}});
    const Network network = pattern.network();
    std::vector<RuleId> first;
    for (const std::size_t memory :
         {Executor::memory_bytes_max, std::size_t{20'000}, std::size_t{600}, std::size_t{0}}) {
      Executor executor(network, memory);
      Environment environment(static_cast<std::uint64_t>(round));
      Trace trace;
      run(executor, environment, {.steps_max = 1000, .trace = &trace});
      executor.check();
      if (first.empty()) first.assign(trace.rules().begin(), trace.rules().end());
      REQUIRE(std::ranges::equal(trace.rules(), first));
    }
  }
}

TEST_CASE("calls that the environment does without are not made, and change nothing") {
  struct Listener final : Environment {
    using Environment::Environment;
    bool accepts(Event e) override { return asked.push_back(e), true; }
    void performed(Event e) override { told.push_back(e); }
    std::vector<Event> asked;
    std::vector<Event> told;
  };
  patterns::Pattern pattern;
  patterns::ping_pong(pattern);
  const Network network = pattern.network();
  Executor executor(network);
  Listener listener(3);
  listener.never_needs(Environment::Call::accepts, Event{3}, 1);
  listener.never_needs(Environment::Call::performed, Event{2}, 1);
  listener.never_chooses();
  run(executor, listener, {.steps_max = 4});
  CHECK(listener.asked == std::vector<Event>{Event{2}, Event{2}});
  CHECK(listener.told == std::vector<Event>{Event{3}, Event{3}});

  struct Changes : Environment {
    bool accepts(Event) override { return true; }
  };
  CHECK(is_inherited(&Changes::performed, &Environment::performed));
  CHECK_FALSE(is_inherited(&Changes::accepts, &Environment::accepts));
}

TEST_CASE("the monitor objects to what a participant's automaton does not allow, in a step and at rest") {
  patterns::Pattern pattern;
  patterns::ping_pong(pattern);
  const Network network = pattern.network();
  const std::array<const Table*, 2> automata{&cycle, &cycle};
  Monitor monitor(network, automata);
  CHECK(monitor.step(RuleId{0}));
  CHECK(monitor.step(RuleId{1}));
  CHECK(monitor.step(RuleId{0}));  // as before
  CHECK_FALSE(monitor.step(RuleId{0}));
  CHECK(monitor.violation() == "P0 performed ping, which its model does not allow here");
  CHECK(monitor.step(RuleId{1}));
  CHECK_FALSE(monitor.step(RuleId{1}));
  CHECK(monitor.violation() == "P0 performed pong, which its model does not allow here");

  Monitor at_rest(network, automata);
  Executor executor(network);
  CHECK(at_rest.at_rest(executor));
  executor.fire(RuleId{0});
  CHECK_FALSE(at_rest.at_rest(executor));
  CHECK(at_rest.violation() == "P0 offers other events than its model");
}

TEST_CASE("the tour takes every rule that can be taken, and finds a component that is not its automaton") {
  patterns::Pattern pattern;
  patterns::ping_pong(pattern);
  const Network network = pattern.network();
  const std::array<const Table*, 2> right{&cycle, &cycle};
  const Tour good = tour(network, right);
  CHECK(good.objection.empty());
  CHECK(good.rules == 2);
  CHECK(good.unreached == 0);

  static constexpr std::array<Table::Move, 2> stays{{{Label{0}, 0}, {Label{1}, 0}}};
  static constexpr Table wrong{cycle_row, stays, {}};
  const std::array<const Table*, 2> mutated{&cycle, &wrong};
  CHECK_FALSE(tour(network, mutated).objection.empty());
}

TEST_CASE("a trace is read back as it was written, for its own network only") {
  patterns::Pattern pattern;
  patterns::ping_pong(pattern);
  const Network network = pattern.network();
  Trace trace;
  trace.record(RuleId{0});
  trace.record(RuleId{1});
  std::ostringstream cbor;
  trace.write_cbor(network, cbor);
  const std::string text = cbor.str();
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  const auto again = Trace::read_cbor(network, bytes);
  REQUIRE(again);
  CHECK(std::ranges::equal(again->rules(), trace.rules()));
  for (std::size_t n = 0; n < bytes.size(); ++n) CHECK_FALSE(Trace::read_cbor(network, std::span(bytes).first(n)));

  patterns::Pattern other;
  patterns::ring(other, 3);
  CHECK_FALSE(Trace::read_cbor(other.network(), bytes));

  std::ostringstream json;
  trace.write_json(network, json);
  CHECK(json.str() == R"({"n": 1, "event": "ping", "by": ["P0", "P1"]}
{"n": 2, "event": "pong", "by": ["P0", "P1"]}
)");
}

TEST_CASE("replay finds the hidden steps between visible events, and the deadlock behind them") {
  patterns::Pattern pattern;
  const Event a = pattern.event("a");
  pattern.component(patterns::Cycle{0, 3}, {tau, a, tau});
  pattern.rule(tau, {{0, Label{0}}});
  pattern.rule(a, {{0, Label{1}}});
  const Network network = pattern.network();
  const std::array<Event, 1> once{a};
  CHECK(find_run(network, once, true) == std::vector<RuleId>{RuleId{0}, RuleId{1}});
  const std::array<Event, 2> twice{a, a};
  CHECK_FALSE(find_run(network, twice, false));
  CHECK(find_event(network, "a") == a);
  CHECK_FALSE(find_event(network, "b"));
}

TEST_CASE("exploring gives up beyond the limit, and writes visible events that look like others with a backslash") {
  patterns::Pattern pattern;
  pattern.event("tau");
  pattern.component(patterns::Cycle{0, 5}, {Event{2}, tau, tau, tau, tau});
  for (std::uint32_t l = 0; l < 5; ++l) pattern.rule(l == 0 ? Event{2} : tau, {{0, Label{l}}});
  const Network network = pattern.network();
  CHECK_THROWS_AS(explore(network, 4), std::length_error);
  std::ostringstream aut;
  write_aut(network, explore(network, 5), aut);
  CHECK(aut.str() == "des (0,5,5)\n(0,\"\\tau\",1)\n(1,\"tau\",2)\n(2,\"tau\",3)\n(3,\"tau\",4)\n(4,\"tau\",0)\n");
}
