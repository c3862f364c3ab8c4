// What the user's side is made of: mailboxes for what other threads have, timers for what takes time, processes by hand.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/mailbox.hpp"
#include "runtime/partners.hpp"
#include "runtime/reply.hpp"
#include "runtime/run.hpp"
#include "runtime/timers.hpp"
#include "tests/runtime/patterns.hpp"

using namespace tryst::runtime;
using namespace std::chrono_literals;

namespace {

std::vector<int> taken(Mailbox<int>& mailbox) {
  std::vector<int> all;
  while (const auto message = mailbox.take()) all.push_back(*message);
  return all;
}

constexpr TimerId first{0};
constexpr TimerId second{1};

}  // namespace

TEST_CASE("a full mailbox does with a message what it was made to do") {
  Mailbox<int> drop_new(2, Overflow::drop_new);
  CHECK(drop_new.send(1));
  CHECK(drop_new.send(2));
  CHECK_FALSE(drop_new.send(3));
  CHECK(drop_new.dropped() == 1);
  CHECK(drop_new.front() == 1);
  CHECK(taken(drop_new) == std::vector{1, 2});

  Mailbox<int> drop_old(2, Overflow::drop_old);
  for (int i = 1; i <= 3; ++i) CHECK(drop_old.send(i));
  CHECK(drop_old.dropped() == 1);
  CHECK(taken(drop_old) == std::vector{2, 3});

  Mailbox<int> fail(1, Overflow::fail);
  CHECK(fail.send(1));
  CHECK_THROWS_AS(fail.send(2), std::length_error);
  CHECK(taken(fail) == std::vector{1});
}

TEST_CASE("only the first answer to a request counts, and nobody waits for one that cannot come") {
  auto [to, reply] = reply_channel<int>();
  CHECK_FALSE(reply.take());
  const ReplyTo<int> copy = to;
  CHECK(copy.send(1));
  CHECK_FALSE(to.send(2));
  CHECK(reply.wait() == 1);
  CHECK_FALSE(reply.wait());  // once

  std::optional<ReplyTo<int>> dropped;
  auto [other, unanswered] = reply_channel<int>();
  CHECK_FALSE(unanswered.wait_until(std::chrono::steady_clock::now() + 1ms));
  dropped = other;
  std::jthread forgetful([mine = std::exchange(other, to)]() mutable {});
  forgetful.join();
  std::jthread last([&dropped] { dropped.reset(); });
  CHECK_FALSE(unanswered.wait());

  std::optional<ReplyTo<int>> late;
  {
    auto [end, given_up] = reply_channel<int>();
    late = end;
  }
  CHECK_FALSE(late->send(3));
}

TEST_CASE("requests in a mailbox are answered to whom they came from") {
  struct Request {
    int question;
    ReplyTo<int> to;
  };
  Mailbox<Request> requests(2, Overflow::block);
  std::jthread server([&requests] {
    while (requests.wait())
      while (const auto request = requests.take()) request->to.send(request->question * request->question);
  });
  std::vector<std::jthread> askers;
  std::atomic<int> right = 0;
  for (int a = 0; a < 3; ++a)
    askers.emplace_back([&requests, &right, a] {
      for (int i = 0; i < 200; ++i) {
        const int question = 1000 * a + i;
        auto [to, reply] = reply_channel<int>();
        requests.send({question, to});
        right += reply.wait() == question * question;
      }
    });
  for (std::jthread& asker : askers) asker.join();
  requests.close();
  server.join();
  CHECK(right == 600);
}

TEST_CASE("who sends to a full mailbox that blocks waits for room, nothing is lost, and closing ends all waiting") {
  Mailbox<int> mailbox(3, Overflow::block);
  std::vector<int> received;
  {
    std::vector<std::jthread> senders;
    for (int s = 0; s < 2; ++s)
      senders.emplace_back([&mailbox, s] {
        for (int i = 0; i < 500; ++i) mailbox.send(2 * i + s);
      });
    while (received.size() < 1000) {
      REQUIRE(mailbox.wait());
      received.push_back(*mailbox.take());
    }
  }
  for (int s = 0; s < 2; ++s) {  // of each sender in order
    std::vector<int> of_one;
    for (const int message : received)
      if (message % 2 == s) of_one.push_back(message);
    REQUIRE(of_one.size() == 500);
    CHECK(std::is_sorted(of_one.begin(), of_one.end()));
  }

  for (int i = 0; i < 3; ++i) mailbox.send(i);
  bool sent = true;
  std::jthread stuck([&] { sent = mailbox.send(4); });
  mailbox.close();
  stuck.join();
  CHECK_FALSE(sent);
  CHECK(mailbox.wait());
  CHECK(taken(mailbox).size() == 3);
  CHECK_FALSE(mailbox.wait());
  CHECK_FALSE(mailbox.send(5));
}

TEST_CASE("a reader waits no longer than it wants to") {
  Mailbox<int> mailbox(1, Overflow::block);
  CHECK_FALSE(mailbox.wait_until(std::chrono::steady_clock::now() + 1ms));
  mailbox.send(1);
  CHECK(mailbox.wait_until(std::chrono::steady_clock::now()));
}

TEST_CASE("who wakes a wait ends it, or if nobody waits the next one, and that only") {
  Mailbox<int> mailbox(1, Overflow::block);
  mailbox.wake();
  CHECK(mailbox.wait());
  CHECK_FALSE(mailbox.wait_until(std::chrono::steady_clock::now()));

  const auto bell = std::make_shared<Bell>();
  auto [to, reply] = reply_channel<int>(bell);
  bell->wake();
  CHECK_FALSE(reply.wait());
  CHECK(reply.is_pending());
  std::jthread waker([&bell] { bell->wake(); });
  CHECK_FALSE(reply.wait());
  waker.join();
  CHECK(to.send(1));
  CHECK(reply.is_pending());
  CHECK(reply.wait() == 1);
  CHECK_FALSE(reply.is_pending());

  SteadyClock clock;
  Timers timers(clock);
  timers.wake();
  CHECK_FALSE(timers.wait());
  timers.start(first, 1000h);
  CHECK(timers.wait());
  std::jthread other([&timers] { timers.wake(); });
  CHECK(timers.wait());
  CHECK_FALSE(timers.is_due(first));
}

TEST_CASE("timers are due in the order of their deadlines, as plain search finds them") {
  std::mt19937 random(3);
  VirtualClock clock;
  Timers timers(clock);
  std::vector<std::optional<Time>> deadlines(6);
  for (int step = 0; step < 2000; ++step) {
    const auto i = static_cast<std::uint32_t>(random() % 6);
    switch (random() % 4) {
      case 0:
        timers.stop(TimerId{i});
        deadlines[i].reset();
        break;
      case 1: clock.pass(Time{random() % 4}); break;
      case 2: {
        const Time delay{random() % 20};
        timers.start(TimerId{i}, delay);
        deadlines[i] = clock.now() + delay;
        break;
      }
      default: {
        std::optional<Time> wanted;
        for (const auto& deadline : deadlines)
          if (deadline && *deadline > clock.now() && (!wanted || *deadline < *wanted)) wanted = deadline;
        REQUIRE(timers.next() == wanted);
        REQUIRE(timers.wait() == wanted.has_value());
        if (wanted) REQUIRE(clock.now() == *wanted);
      }
    }
    for (std::uint32_t t = 0; t < 6; ++t) {
      REQUIRE(timers.is_running(TimerId{t}) == deadlines[t].has_value());
      REQUIRE(timers.is_due(TimerId{t}) == (deadlines[t] && *deadlines[t] <= clock.now()));
    }
  }
}

TEST_CASE("a program with timeouts runs in virtual time: an hour passes at once") {
  // ping every ten minutes, pong three after it
  struct Timed final : Environment {
    explicit Timed(Clock& clock) : timers(clock) { timers.start(first, 10min); }
    bool accepts(Event e) override { return timers.is_due(e == Event{2} ? first : second); }
    void performed(Event e) override {
      const bool is_ping = e == Event{2};
      timers.stop(is_ping ? first : second);
      is_ping ? timers.start(second, 3min) : timers.start(first, 7min);
    }
    bool wait() override { return timers.wait(); }
    Timers timers;
  };
  patterns::Pattern pattern;
  patterns::ping_pong(pattern);
  const Network network = pattern.network();
  VirtualClock clock;
  Timed timed(clock);
  Executor executor(network);
  CHECK(run(executor, timed, {.steps_max = 12}).outcome == Outcome::step_limit);
  CHECK(clock.now() == 63min);

  SteadyClock steady;
  Bell bell;
  steady.sleep_until(1ms, bell);
  CHECK(steady.now() >= 1ms);
}

namespace {

// Until it has taken as often as it wants, `done` between.
Partner taking(Event take, Event done, std::size_t wanted, std::vector<Event>& seen) {
  for (std::size_t taken = 0; taken < wanted;) {
    const Event happened = co_await offer(take, done);
    seen.push_back(happened);
    if (happened == take) ++taken;
  }
}

Partner either(Event a, Event b, std::vector<Event>& seen) {
  for (;;) {
    const Event happened = co_await offer(a, b);
    seen.push_back(happened);
  }
}

Partner throwing(Event a) {
  co_await offer(a);
  throw std::runtime_error("no more");
}

}  // namespace

TEST_CASE("hand-written processes take part: what they all offer happens, until one has returned") {
  patterns::Pattern pattern;
  patterns::fan_in(pattern, 3);
  const Network network = pattern.network();
  const Event in[] = {Event{2}, Event{3}, Event{4}};
  const Event done{5};
  std::vector<Event> first_saw, second_saw;
  Partners partners(7);
  partners.add(taking(in[1], done, 100, first_saw), {in[0], in[1], done});
  partners.add(either(in[1], in[2], second_saw), {in[1], in[2]});
  Executor executor(network);
  const Run result = run(executor, partners);
  CHECK(result.outcome == Outcome::refused);  // the first has returned, and `done` is in its alphabet
  CHECK_FALSE(partners.have_ended());
  const auto times = [](const std::vector<Event>& seen, Event e) {
    return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), e));
  };
  CHECK(times(first_saw, in[1]) == 100);
  CHECK(times(second_saw, in[1]) == 100);
  CHECK(times(second_saw, in[2]) > 20);
  CHECK(times(first_saw, done) + 1 == second_saw.size());
  CHECK(result.steps == times(first_saw, done) + second_saw.size());  // in.0 never happens
}

TEST_CASE("what a hand-written process throws ends the run") {
  patterns::Pattern pattern;
  patterns::ping_pong(pattern);
  const Network network = pattern.network();
  Partners partners;
  partners.add(throwing(Event{2}), {Event{2}});
  Executor executor(network);
  CHECK_THROWS_AS(run(executor, partners), std::runtime_error);
  CHECK(partners.have_ended());
}
