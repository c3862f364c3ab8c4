#include "semantics/budget.hpp"

#include <catch2/catch.hpp>

using namespace tryst;

namespace {

// Takes that much work, and states as many.
int working(Budget& budget, std::uint64_t work) {
  for (std::uint64_t i = 0; i < work; ++i) budget.count_state();
  return 7;
}

constexpr std::uint64_t little = 10'000;
constexpr std::uint64_t much = 100'000;

}  // namespace

TEST_CASE("an attempt that takes too much work leaves nothing behind") {
  Budget budget;
  working(budget, little);
  CHECK(budget.within(much, [&] { return working(budget, little); }) == 7);
  CHECK(budget.progress().states == 2 * little);
  CHECK_FALSE(budget.within(little, [&] { return working(budget, much); }));
  CHECK(budget.progress().states == 2 * little);
  CHECK(working(budget, much) == 7);
  CHECK(budget.within(Budget::unbounded_work, [&] { return working(budget, much); }) == 7);
}

TEST_CASE("an attempt within another ends with it, and gives it back what is left") {
  Budget budget;
  const auto nested = [&](std::uint64_t outer, std::uint64_t inner) {
    bool is_inner_over = false;
    const auto found = budget.within(outer, [&] {
      is_inner_over = !budget.within(inner, [&] { return working(budget, 3 * little); });
      return working(budget, 3 * little);
    });
    return std::pair(found.has_value(), is_inner_over);
  };
  CHECK(nested(much, much) == std::pair(true, false));
  CHECK(nested(much, little) == std::pair(true, true));
  CHECK(nested(2 * little, much).first == false);
  CHECK(working(budget, much) == 7);
}

TEST_CASE("an attempt that fails otherwise is over as well") {
  Budget budget({.seconds_max = 0, .states_max = little, .memory_bytes_max = 0});
  CHECK_THROWS_AS(budget.within(2 * much, [&] { return working(budget, much); }), LimitReached);
  Budget other;
  CHECK_THROWS_AS(other.within(little, [&]() -> int { throw LimitReached{"another"}; }), LimitReached);
  CHECK(working(other, much) == 7);
}
