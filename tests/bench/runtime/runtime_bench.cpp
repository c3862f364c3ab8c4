// What an event costs in the runtime: one line a question, nanoseconds of processor time an event, the least of five.
#include <algorithm>
#include <cstdio>
#include <ctime>

#include "runtime/run.hpp"
#include "tests/bench/runtime/patterns.hpp"

namespace {

using namespace tryst::runtime;  // a benchmark is a program of its own

constexpr std::uint64_t steps = 10'000'000;
constexpr int rounds = 5;

template <class Build>
void measure(const char* question, std::uint64_t steps_per_event, Build build) {
  bench::Pattern pattern;
  build(pattern);
  const Network network = pattern.network();
  double best = 1e9;
  for (int round = 0; round < rounds; ++round) {
    Executor executor(network);
    Environment environment;
    const std::clock_t start = std::clock();
    run(executor, environment, {steps});
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    best = std::min(best, 1e9 * seconds / static_cast<double>(steps) * static_cast<double>(steps_per_event));
  }
  std::printf("%s %.1f\n", question, best);
}

}  // namespace

int main() {
  measure("ping-pong", 1, bench::ping_pong);
  measure("ring-1000", 1, [](bench::Pattern& p) { bench::ring(p, 1000); });
  measure("fan-in-8", 2, [](bench::Pattern& p) { bench::fan_in(p, 8); });  // the choice, and what follows it
  measure("barrier-8", 1, [](bench::Pattern& p) { bench::barrier(p, 8); });
}
