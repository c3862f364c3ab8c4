// How fast are reading and the bisimulations on a large file? One line a question: seconds, millions of transitions (or
// megabytes) a second of CPU time, and the ratio to a yardstick of the same run.
//
//   equivalence_bench FILE.aut [THREADS=2] [RELATION...]      default: strong branching
//
// What decides is run three times, and the fastest run counts: the first one has to be given its memory.
// The yardstick fetches 4 bytes for the target of each transition, in the order of the file: what one round of any
// refinement by signatures cannot do without.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "checker/classes.hpp"
#include "checker/equivalence.hpp"
#include "semantics/aut_reader.hpp"

using namespace tryst;

namespace {

struct Seconds {
  double wall;
  double cpu;  // of all threads together
};

template <class Run>
Seconds seconds_of(Run run) {
  const auto wall = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  run();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count(),
          static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC};
}

template <class Run>
Seconds fastest_of_three(Run run) {
  const auto by_cpu = [](Seconds a, Seconds b) { return a.cpu < b.cpu; };
  return std::min({seconds_of(run), seconds_of(run), seconds_of(run)}, by_cpu);
}

Lts read(const char* path) {
  SourceSet sources;
  Diagnostics diagnostics;
  std::ifstream in(path, std::ios::binary);
  auto lts = read_aut(in, path, sources, diagnostics);
  if (!lts) {
    fmt::print("{} is not a transition system\n", path);
    std::exit(2);
  }
  return *std::move(lts);
}

double yardstick(const Lts& lts) {
  std::vector<std::uint32_t> of_state(lts.state_count());
  std::iota(of_state.begin(), of_state.end(), 0);
  std::uint32_t sum = 0;
  const double seconds = seconds_of([&] {
                           for (std::uint32_t s = 0; s < lts.state_count(); ++s)
                             for (const Transition& t : lts.transitions(static_cast<StateId>(s)))
                               sum += of_state[index(t.target)];
                         }).cpu;
  return sum == 1 ? 0 : seconds;  // so that the sum is needed
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  const unsigned threads = count > 2 ? static_cast<unsigned>(std::atoi(arguments[2])) : 2;
  std::vector<Relation> relations{Relation::strong, Relation::branching};
  if (count > 3) relations.clear();
  for (int i = 3; i < count; ++i) relations.push_back(*relation_named(arguments[i]));

  std::optional<Lts> lts;
  const Seconds reading = seconds_of([&] { lts = read(arguments[1]); });
  const double unit = yardstick(*lts);
  const double megabytes = static_cast<double>(std::filesystem::file_size(arguments[1])) / 1e6;
  const double millions = static_cast<double>(lts->transition_count()) / 1e6;
  fmt::print("{}: {} states, {} transitions\n", arguments[1], lts->state_count(), lts->transition_count());
  fmt::print("  {:24} {:>8} {:>8} {:>8} {:>8}\n", "", "wall s", "CPU s", "M/CPU s", "ratio");
  const auto line = [&](std::string_view what, Seconds s, double amount, std::string_view note) {
    fmt::print("  {:24} {:8.3f} {:8.3f} {:8.2f} {:8.1f}  {}\n", what, s.wall, s.cpu, amount / s.cpu, s.cpu / unit,
               note);
  };
  line("yardstick", {unit, unit}, millions, "");
  line("read", reading, megabytes, "(megabytes)");
  for (const Relation relation : relations)
    for (const unsigned n : {1u, threads}) {
      std::uint32_t classes = 0;
      const Seconds seconds = fastest_of_three([&] {
        Budget budget;
        classes = bisimulation_classes(*lts, relation, budget, {}, n).count;
      });
      line(fmt::format("{}, {} thread{}", name(relation), n, n == 1 ? "" : "s"), seconds, millions,
           fmt::format("{} classes", classes));
    }
}
