// Programs on several executors: whatever the threads do, what happened is a run that one executor can perform, and
// they rest only when nothing is possible. Under the thread sanitizer this is the stress test of the protocol.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <utility>

#include "runtime/mailbox.hpp"
#include "runtime/reply.hpp"
#include "runtime/team.hpp"
#include "runtime/timers.hpp"
#include "tests/runtime/patterns.hpp"

using namespace tryst::runtime;

namespace {

std::vector<std::unique_ptr<Environment>> environments(const Deployment& deployment, std::uint64_t seed = 1) {
  std::vector<std::unique_ptr<Environment>> result;
  for (std::size_t p = 0; p < deployment.parts().size(); ++p) result.push_back(std::make_unique<Environment>(seed + p));
  return result;
}

// One executor performs the trace and is then where the team was; nothing more is possible exactly if the team rested.
void require_performable(const Network& network, const TeamRun& ran) {
  Executor executor(network);
  REQUIRE(ran.trace.rules().size() == ran.run.steps);
  for (const RuleId rule : ran.trace.rules()) {
    REQUIRE(executor.is_ready(rule));
    executor.fire(rule);
  }
  REQUIRE(executor.state() == ran.state);
  REQUIRE(executor.ready().empty() == (ran.run.outcome == Outcome::stuck || ran.run.outcome == Outcome::terminated));
}

TeamRun run_dealt(const Network& network, std::uint32_t executors, const TeamOptions& options) {
  std::vector<std::uint32_t> executor_of;
  for (std::uint32_t c = 0; c < network.components.size(); ++c) executor_of.push_back(c % executors);
  const Deployment deployment(network, executor_of);
  return run(deployment, environments(deployment), options);
}

}  // namespace

TEST_CASE("a run on several executors is one of a single executor, on random networks dealt at random") {
  std::mt19937 random(23);
  std::size_t rested = 0;
  for (int round = 0; round < 200; ++round) {
    patterns::Pattern pattern;
    patterns::drawn(pattern, random);
    const Network network = pattern.network();
    std::vector<std::uint32_t> executor_of;
    for (std::size_t c = 0; c < network.components.size(); ++c)
      executor_of.push_back(static_cast<std::uint32_t>(random() % 3));
    const std::uint32_t parts = *std::ranges::max_element(executor_of) + 1;
    for (std::uint32_t p = 0; p < parts; ++p)  // every part has a component
      if (std::ranges::count(executor_of, p) == 0) std::ranges::fill(executor_of, 0);
    const Deployment deployment(network, executor_of);
    const TeamRun ran = run(deployment, environments(deployment, random()), {.steps_max = 500, .trace = true});
    require_performable(network, ran);
    rested += ran.run.outcome == Outcome::stuck;
  }
  CHECK(rested > 20);
}

TEST_CASE("executors end refused only if all that is possible is refused, and stuck only if nothing is possible") {
  struct Choosy final : Environment {
    Choosy(std::uint64_t seed, std::uint32_t refused) : Environment(seed), refused_(refused) {}
    bool accepts(Event e) override { return ((refused_ >> index(e)) & 1) == 0; }
    std::uint32_t refused_;
  };
  std::mt19937 random(29);
  std::array<std::size_t, 4> ended{};
  for (int round = 0; round < 300; ++round) {
    patterns::Pattern pattern;
    patterns::drawn(pattern, random);
    const Network network = pattern.network();
    std::vector<std::uint32_t> executor_of;
    for (std::uint32_t c = 0; c < network.components.size(); ++c) executor_of.push_back(c % 3);
    const Deployment deployment(network, executor_of);
    const auto refused = static_cast<std::uint32_t>(random());
    std::vector<std::unique_ptr<Environment>> choosy;
    for (std::size_t p = 0; p < deployment.parts().size(); ++p)
      choosy.push_back(std::make_unique<Choosy>(random(), refused));
    const TeamRun ran = run(deployment, choosy, {.steps_max = 300, .trace = true});
    Executor executor(network);
    for (const RuleId rule : ran.trace.rules()) {
      REQUIRE(executor.is_ready(rule));
      executor.fire(rule);
    }
    const auto accepted = [&](RuleId rule) {
      const Event event = network.rules[index(rule)].event;
      return event == tau || event == tick || ((refused >> index(event)) & 1) == 0;
    };
    const Outcome expected = ran.run.steps == 300 && std::ranges::any_of(executor.ready(), accepted)
                                 ? Outcome::step_limit
                             : executor.ready().empty() ? Outcome::stuck
                                                        : Outcome::refused;
    REQUIRE(std::ranges::none_of(executor.ready(), accepted) == (expected != Outcome::step_limit));
    REQUIRE(ran.run.outcome == expected);
    ++ended[static_cast<std::size_t>(expected)];
  }
  for (const Outcome outcome : {Outcome::stuck, Outcome::refused, Outcome::step_limit})
    CHECK(ended[static_cast<std::size_t>(outcome)] > 10);
}

TEST_CASE("executors that exchange, choose and meet do so for as long as they are asked to") {
  const auto goes_on = [](const auto& make, std::uint32_t executors) {
    patterns::Pattern pattern;
    make(pattern);
    const Network network = pattern.network();
    const TeamRun ran = run_dealt(network, executors, {.steps_max = 20'000, .trace = true});
    CHECK(ran.run.outcome == Outcome::step_limit);
    CHECK(ran.run.steps == 20'000);
    require_performable(network, ran);
  };
  goes_on(patterns::ping_pong, 2);
  goes_on([](patterns::Pattern& p) { patterns::ring(p, 9); }, 3);
  goes_on([](patterns::Pattern& p) { patterns::fan_in(p, 8); }, 4);
  goes_on([](patterns::Pattern& p) { patterns::barrier(p, 8); }, 4);
}

TEST_CASE("each environment is told in its own thread of the events whose home it is, in their order") {
  struct Listener final : Environment {
    explicit Listener(std::vector<Event>& told) : told_(told) {}
    void performed(Event e) override { told_.push_back(e); }
    std::vector<Event>& told_;
  };
  patterns::Pattern pattern;
  patterns::ring(pattern, 6);
  const Network network = pattern.network();
  const std::vector<std::uint32_t> executor_of{0, 0, 0, 1, 1, 1};
  const Deployment deployment(network, executor_of);
  std::vector<Event> told[2];
  std::vector<std::unique_ptr<Environment>> listeners;
  for (auto& list : told) listeners.push_back(std::make_unique<Listener>(list));
  const TeamRun ran = run(deployment, listeners, {.steps_max = 3000, .trace = true});
  std::vector<Event> expected[2];
  for (const RuleId rule : ran.trace.rules()) {
    const auto participants = network.participants_of(network.rules[index(rule)]);
    expected[executor_of[participants[0].component]].push_back(network.rules[index(rule)].event);
  }
  CHECK(told[0] == expected[0]);
  CHECK(told[1] == expected[1]);
}

TEST_CASE("a team ends as a program does: at rest, refused, or with what a hook throws") {
  struct Refusing final : Environment {
    bool accepts(Event) override { return false; }
  };
  struct Throwing final : Environment {
    void performed(Event) override { throw std::runtime_error("no more"); }
  };
  patterns::Pattern pattern;
  patterns::ping_pong(pattern);
  const Network network = pattern.network();
  const std::vector<std::uint32_t> executor_of{0, 1};
  const Deployment deployment(network, executor_of);
  const auto with = [&](auto make) {
    std::vector<std::unique_ptr<Environment>> two;
    for (int i = 0; i < 2; ++i) two.push_back(make());
    return run(deployment, two, {.trace = true});
  };
  CHECK(with([] { return std::make_unique<Refusing>(); }).run.outcome == Outcome::refused);
  CHECK_THROWS_AS(with([] { return std::make_unique<Throwing>(); }), std::runtime_error);
}

namespace {

// The first part has an input (`in`) and meets the second, which works before each time. Its environment waits for
// something before it accepts `in`, which comes by their meeting: so it comes only if the first part takes part meanwhile
// in what its partner makes possible. After `meetings_left` meetings nothing comes any more.
constexpr Event in{2}, meet{3}, work{4};

struct Receiver final : Environment {
  explicit Receiver(int meetings_max) : meetings_left(meetings_max) {}
  bool accepts(Event e) override { return e == in ? messages.front().has_value() : e != meet || meetings_left > 0; }
  void performed(Event e) override {
    if (e == in) messages.take();
    if (e != meet) return;
    messages.send(1);
    if (--meetings_left == 0) messages.close();
  }
  bool wait() override { return messages.wait(); }
  void wake() override { messages.wake(); }

  int meetings_left;
  Mailbox<int> messages{1'000, Overflow::fail};
};

// Asks anew after each `in`.
struct Asker final : Environment {
  explicit Asker(int meetings_max) : meetings_left(meetings_max) { ask(); }
  bool accepts(Event e) override {
    if (!answer) answer = reply->take();
    return e == in ? answer.has_value() : e != meet || (meetings_left > 0 && !answer);
  }
  void performed(Event e) override {
    if (e == in) ask();
    if (e != meet) return;
    to->send(1);
    --meetings_left;
  }
  bool wait() override {
    if (answer) return false;
    answer = reply->wait();
    return answer || reply->is_pending();
  }
  void wake() override { bell->wake(); }

  void ask() {
    auto [its_end, my_end] = reply_channel<int>(bell);
    reply.emplace(std::move(my_end));
    to.reset();
    if (meetings_left > 0) to.emplace(std::move(its_end));
    answer.reset();
  }

  int meetings_left;
  const std::shared_ptr<Bell> bell = std::make_shared<Bell>();
  std::optional<ReplyTo<int>> to;
  std::optional<Reply<int>> reply;
  std::optional<int> answer;
};

// Its time comes in a thousand hours, or by a meeting at once.
struct Sleeper final : Environment {
  explicit Sleeper(int meetings_max) : meetings_left(meetings_max) { timers.start(timer, long_time); }
  bool accepts(Event e) override {
    return e == in ? timers.is_due(timer) : e != meet || (meetings_left > 0 && !timers.is_due(timer));
  }
  void performed(Event e) override {
    if (e == in) meetings_left > 0 ? timers.start(timer, long_time) : timers.stop(timer);
    if (e != meet) return;
    timers.start(timer, Time{0});
    --meetings_left;
  }
  bool wait() override { return timers.wait(); }
  void wake() override { timers.wake(); }

  static constexpr TimerId timer{0};
  static constexpr Time long_time = std::chrono::hours(1000);
  int meetings_left;
  SteadyClock clock;
  Timers timers{clock};
};

template <class Waiting>
TeamRun run_with(int meetings_max, const TeamOptions& options) {
  patterns::Pattern pattern;
  for (const char* name : {"in", "meet", "work"}) pattern.event(name);
  constexpr std::uint8_t none = patterns::Drawn::states;
  patterns::Drawn both{};
  for (auto& row : both.target) row = {0, 0, none};
  pattern.component(both, {in, meet, meet});
  pattern.component(patterns::Cycle{0, 2}, {work, meet});
  pattern.rule(in, {{0, Label{0}}});
  pattern.rule(meet, {{0, Label{1}}, {1, Label{1}}});
  pattern.rule(work, {{1, Label{0}}});
  const Network network = pattern.network();
  const std::vector<std::uint32_t> executor_of{0, 1};
  const Deployment deployment(network, executor_of);
  std::vector<std::unique_ptr<Environment>> two;
  two.push_back(std::make_unique<Waiting>(meetings_max));
  two.push_back(std::make_unique<Environment>());
  const TeamRun ran = run(deployment, two, options);
  require_performable(network, ran);
  return ran;
}

}  // namespace

TEMPLATE_TEST_CASE("an executor whose environment waits takes part in what its partners make possible", "", Receiver,
                   Asker, Sleeper) {
  const TeamRun ran = run_with<TestType>(500, {.trace = true});
  CHECK(ran.run.outcome == Outcome::refused);
  CHECK(ran.run.steps == 3 * 500 + 1);
}

TEMPLATE_TEST_CASE("when all steps are taken a run ends, though an environment waits", "", Receiver, Asker, Sleeper) {
  const TeamRun ran = run_with<TestType>(1'000, {.steps_max = 100, .trace = true});
  CHECK(ran.run.outcome == Outcome::step_limit);
  CHECK(ran.run.steps == 100);
}

TEST_CASE("the monitor of each part objects to what its automaton does not allow") {
  static constexpr std::array<Table::Move, 2> moves{{{Label{0}, 1}, {Label{1}, 0}}};
  static constexpr std::array<Table::Move, 2> wrong_moves{{{Label{0}, 0}, {Label{1}, 0}}};
  static constexpr std::array<std::uint32_t, 3> row{{0, 1, 2}};
  static constexpr Table right{row, moves, {}};
  static constexpr Table wrong{row, wrong_moves, {}};
  patterns::Pattern pattern;
  patterns::ping_pong(pattern);
  const Network network = pattern.network();
  const std::vector<std::uint32_t> executor_of{0, 1};
  const std::array<const Table*, 2> good{&right, &right};
  const std::array<const Table*, 2> bad{&right, &wrong};
  const Deployment watched(network, executor_of, good);
  CHECK(run(watched, environments(watched), {.steps_max = 1000, .monitor = true}).run.outcome == Outcome::step_limit);
  const Deployment mutated(network, executor_of, bad);
  const TeamRun ran = run(mutated, environments(mutated), {.steps_max = 1000, .monitor = true});
  CHECK(ran.run.outcome == Outcome::violation);
  CHECK(ran.violation == "P1 performed pong, which its model does not allow here");
}
