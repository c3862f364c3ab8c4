// What the processes of π-programs cost without a program around them: creating them, and handing on a name.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "runtime/pi_executor.hpp"
#include "tests/bench/counted_memory.hpp"

using namespace tryst::runtime;  // a benchmark is a program of its own
using namespace tryst::runtime::pi;

namespace {

// left(x).'right<x>.Link(left,right)
struct Link {
  static constexpr std::uint32_t type = 0, numbers = 0, names = 3, booleans = 0;
  std::uint32_t point;
  Name left, right, x;
  template <class Each>
  void moves(Each& each) const {
    if (point == 0)
      each.receive(left, types<Name>, [&](Next& next, Name received) { next.go(Link{1, left, right, received}); });
    else
      each.send(right, message(x), [&](Next& next) { next.go(Link{0, left, right, no_name}); });
  }
  void mentions(std::vector<Name>&) const {}
  void copy(Next&) const {}
};

// t.(Ended | Source), where Ended = t.0
struct Source {
  static constexpr std::uint32_t type = 1, numbers = 0, names = 0, booleans = 0;
  std::uint32_t point;
  template <class Each>
  void moves(Each& each) const {
    each.silent([&](Next& next) {
      if (point == 1) return;
      next.go(Source{0});
      next.go(Source{1});
    });
  }
  void mentions(std::vector<Name>&) const {}
  void copy(Next&) const {}
};

constexpr Point points[] = {{"first", false}, {"second", false}};
constexpr ProcessType process_types[] = {process_type<Link>("Link", points), process_type<Source>("Source", points)};
constexpr const char* free_names[] = {"token"};
constexpr std::uint32_t many = 100'000, few = 1'000;

void start_ring(const void* context, Next& next) {
  const std::uint32_t processes = *static_cast<const std::uint32_t*>(context);
  const Name first = next.fresh("first");
  Name left = first;
  for (std::uint32_t i = 0; i < processes; ++i) {
    const Name right = i + 1 == processes ? first : next.fresh("right");
    next.go(Link{i == 0 ? 1u : 0u, left, right, i == 0 ? Name{1} : no_name});
    left = right;
  }
}

double seconds(std::clock_t since) { return static_cast<double>(std::clock() - since) / CLOCKS_PER_SEC; }

}  // namespace

int main() {
  constexpr int steps = 2'000'000;
  for (const std::uint32_t links : {many, few}) {
    const Program ring{"ring", process_types, free_names, {}, false, &links, start_ring, 1};
    double creation = 1e9, passing = 1e9;
    std::size_t bytes = 0;
    for (int run = 0; run < 5; ++run) {
      const std::size_t before = allocated;
      std::clock_t start = std::clock();  // of the processor: other programs run too
      Executor executor(ring);
      creation = std::min(creation, 1e9 * seconds(start) / links);
      bytes = allocated - before;
      Random random(1);
      start = std::clock();
      for (int i = 0; i < steps; ++i) executor.fire(*executor.choose(0, random));
      passing = std::min(passing, 1e9 * seconds(start) / steps);
    }
    std::printf("a ring of %u links: creating one with a name %.0f ns and %.0f bytes, handing a name on %.0f ns\n",
                links, creation, static_cast<double>(bytes) / links, passing);
  }
  double making = 1e9;
  const Program source{
      "source", process_types, {}, {}, false, nullptr, [](const void*, Next& next) { next.go(Source{0}); }, 0};
  for (int run = 0; run < 5; ++run) {
    Executor executor(source);
    Random random(1);
    const std::clock_t start = std::clock();
    for (int i = 0; i < steps; ++i) {
      const auto places = static_cast<std::uint32_t>(executor.place_count());
      executor.fire(*executor.choose(random.below(places), random));
    }
    making = std::min(making, 1e9 * seconds(start) / static_cast<double>(executor.created()));
  }
  std::printf("making a process, and ending one: %.0f ns\n", making);
}
