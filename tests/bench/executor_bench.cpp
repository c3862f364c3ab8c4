// What executors cost without a program around them: one line a question.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "runtime/team.hpp"
#include "tests/bench/counted_memory.hpp"
#include "tests/runtime/patterns.hpp"

using namespace tryst::runtime;  // a benchmark is a program of its own
using namespace tryst::runtime::patterns;

namespace {

void create() {
  constexpr std::uint32_t processes = 100'000;
  Pattern circle;
  ring(circle, processes);
  const Network network = circle.network();
  double least = 1e9;
  std::size_t bytes = 0;
  for (int i = 0; i < 5; ++i) {
    const std::size_t before = allocated;
    const std::clock_t start = std::clock();  // of the processor: other programs run too
    const Executor executor(network);
    least = std::min(least, 1e9 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    bytes = allocated - before;
  }
  std::printf("creating a ring of 100,000 processes: %.0f ns and %.0f bytes each\n", least / processes,
              static_cast<double>(bytes) / processes);
}

// Takes its time over every event that it is told of.
struct Busy final : Environment {
  explicit Busy(std::uint64_t nanoseconds) : nanoseconds_(nanoseconds) {}
  void performed(Event) override {
    const auto until = std::chrono::steady_clock::now() + std::chrono::nanoseconds(nanoseconds_);
    while (std::chrono::steady_clock::now() < until) {
    }
  }
  std::uint64_t nanoseconds_;
};

// Two processes that work, each on its own, then exchange: three events, two of them with work.
void exchange(Pattern& p) {
  const Event swap = p.event("swap");
  for (int i = 0; i < 2; ++i) p.component(Cycle{0, 2}, {p.event("work." + std::to_string(i)), swap});
  for (std::uint32_t i = 0; i < 2; ++i) p.rule(Event{3 + i}, {{i, Label{0}}});
  p.rule(swap, {{0, Label{1}}, {1, Label{1}}});
}

// Nanoseconds of the clock on the wall for each event. The least of many short runs: where processors are shared, few
// runs have both of them for themselves from beginning to end.
double event_time(const Network& network, Event silent, std::uint32_t executors, std::uint64_t work) {
  const std::uint32_t executor_of[] = {0, executors - 1};
  const Deployment deployment(network, executor_of);
  const std::uint64_t steps = 3'000'000 / (work + 150);
  double least = 1e18;
  for (int i = 0; i < 40; ++i) {
    std::vector<std::unique_ptr<Environment>> workers;
    for (std::uint32_t e = 0; e < executors; ++e) {
      workers.push_back(std::make_unique<Busy>(work));
      workers.back()->never_chooses();
      workers.back()->never_needs(Environment::Call::accepts, Event{0},
                                  static_cast<std::uint32_t>(network.events.size()));
      if (work == 0)
        workers.back()->never_needs(Environment::Call::performed, Event{0},
                                    static_cast<std::uint32_t>(network.events.size()));
      else
        workers.back()->never_needs(Environment::Call::performed, silent, 1);
    }
    const auto start = std::chrono::steady_clock::now();
    const TeamRun ran = run(deployment, workers, {.steps_max = steps});
    const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - start;
    least = std::min(least, time.count() / static_cast<double>(ran.run.steps));
  }
  return least;
}

void exchanging(std::uint64_t work) {
  Pattern pattern;
  exchange(pattern);
  const Network network = pattern.network();
  const auto time = [&](std::uint32_t executors) { return 3 * event_time(network, Event{2}, executors, work); };
  std::printf("two processes that work for %llu ns each, then exchange: %.0f ns on one executor, %.0f on two\n",
              static_cast<unsigned long long>(work), time(1), time(2));
}

void playing(std::uint64_t work) {
  Pattern pattern;
  ping_pong(pattern);
  const Network network = pattern.network();
  const auto time = [&](std::uint32_t executors) { return event_time(network, tau, executors, work); };
  std::printf("ping-pong with %llu ns of work an event: %.0f ns an event on one executor, %.0f on two\n",
              static_cast<unsigned long long>(work), time(1), time(2));
}

}  // namespace

int main() {
  create();
  for (const std::uint64_t work : {0, 1'000, 10'000}) playing(work);
  for (const std::uint64_t work : {0, 1'000, 10'000}) exchanging(work);
}
