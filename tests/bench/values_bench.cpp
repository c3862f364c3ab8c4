// What values cost: one line a question, nanoseconds an element, for sets of a million elements.
#include <cstdio>
#include <ctime>
#include <random>

#include "tests/semantics/value_fixture.hpp"

namespace {

using namespace tryst::csp;  // a benchmark is a program of its own

constexpr std::int64_t million = 1'000'000;

template <class Question>
void measure(const char* text, std::int64_t elements, Question question) {
  const std::clock_t start = std::clock();  // of the processor: other programs run too
  question();
  const double nanoseconds = 1e9 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("%-60s %8.1f ns an element\n", text, nanoseconds / static_cast<double>(elements));
}

}  // namespace

int main() {
  Declarations s;
  std::mt19937_64 random(1);
  const auto scattered = [&](std::int64_t i) { return i * i % 1000003; };
  const auto number = [&] { return static_cast<std::int64_t>(random() % (1 << 29)); };

  std::vector<ValueId> list;
  measure("a set of integers in random order", million, [&] {
    for (std::int64_t i = 0; i < million; ++i) list.push_back(s.n(number()));
    s.values.set(list);
  });
  list.clear();
  measure("{x * x % 1000003 | x <- {1..1000000}}", million, [&] {
    for (std::int64_t i = 1; i <= million; ++i) list.push_back(s.n(scattered(i)));
    s.values.set(list);
  });
  list.clear();
  measure("a set of pairs in random order", million, [&] {
    for (std::int64_t i = 0; i < million; ++i) list.push_back(s.tuple({s.n(number()), s.n(number())}));
    s.values.set(list);
  });
  const ValueId thousand = s.range(0, 999);
  const ValueId square[] = {thousand, thousand};
  measure("{(x,y) | x <- {0..999}, y <- {0..999}} as a product", million, [&] { tuple_product(s.table, square); });

  const auto c = s.channel("c", [&] { return s.values.dot(std::vector{thousand, s.range(0, 99), s.range(0, 9)}); });
  ValueId events{};
  measure("{| c |} of three fields", million, [&] { events = productions(s.table, s.d(c)); });
  measure("c.x.y.z, one at a time", million, [&] {
    for (std::int64_t i = 0; i < million; ++i) {
      const ValueId parts[] = {s.d(c), s.n(i / 1000), s.n(i / 10 % 100), s.n(i % 10)};
      combine_dots(s.table, parts);
    }
  });
  const auto all = elements(s.table, events);
  list.assign(all->begin(), all->end());
  std::shuffle(list.begin(), list.end(), random);
  measure("a set of events in random order", million, [&] { s.values.set(list); });
  measure("member(e, {| c |})", million, [&] {
    for (const ValueId e : list) member(s.table, e, events);
  });
  const ValueId half = productions(s.table, s.dot({s.d(c), s.n(1)}));
  measure("diff({| c |}, {| c.1 |})", million, [&] { set_difference(s.table, events, half); });
  std::printf("%-60s %8.1f MB\n", "memory of the store", static_cast<double>(s.values.memory_bytes()) / 1e6);
}
