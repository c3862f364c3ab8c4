// Canonical forms and the total order.
#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <random>

#include "semantics/budget.hpp"
#include "tests/semantics/value_fixture.hpp"

namespace tryst::csp {
namespace {

// A random value of a random shape: small, so that equal ones are met often.
ValueId random_value(Values& values, std::mt19937& random, int depth) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const auto several = [&] {
    std::vector<ValueId> list;
    for (int i = pick(4); i > 0; --i) list.push_back(random_value(values, random, depth - 1));
    return list;
  };
  switch (depth == 0 ? pick(5) : pick(9)) {
    case 0: return values.integer(pick(4) - 2);
    case 1: return values.integer(std::numeric_limits<std::int64_t>::max() - pick(2));
    case 2: return values.boolean(pick(2) == 0);
    case 3: return values.character(static_cast<unsigned char>('a' + pick(2)));
    case 4: return values.data(static_cast<DataId>(pick(3)));
    case 5: return values.tuple(several());
    case 6: return values.sequence(several());
    case 7: return values.set(several());
    default: {
      std::vector<ValueId> parts = several();
      parts.insert(parts.begin(), values.data(static_cast<DataId>(pick(3))));
      return values.dot(parts);
    }
  }
}

}  // namespace

TEST_CASE("integers of 64 bits are values") {
  Values values;
  for (const std::int64_t n :
       {std::int64_t{0}, std::int64_t{-1}, (std::int64_t{1} << 30) - 2, (std::int64_t{1} << 30) - 1,
        -(std::int64_t{1} << 30), -(std::int64_t{1} << 30) - 1, std::int64_t{1} << 40,
        std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
    const ValueId v = values.integer(n);
    CHECK(v != no_id<ValueId>);
    CHECK(values.kind(v) == ValueKind::integer);
    CHECK(values.as_integer(v) == n);
    CHECK(values.integer(n) == v);
  }
}

TEST_CASE("equal sets are the same id, however they are made") {
  Declarations s;
  CHECK(s.set({s.n(3), s.n(1), s.n(2), s.n(1)}) == s.range(1, 3));
  CHECK(s.set({s.n(7)}) == s.range(7, 7));
  CHECK(s.set({}) == s.range(1, -1));
  CHECK(s.values.kind(s.set({s.n(1), s.n(3)})) == ValueKind::set);
  CHECK(s.set({s.n(1), s.n(3)}) == s.set({s.n(3), s.n(1)}));
  CHECK(s.set({s.range(1, 2), s.set({})}) == s.set({s.set({}), s.set({s.n(2), s.n(1)})}));
  const std::int64_t big = std::int64_t{1} << 40;
  CHECK(s.set({s.n(big + 1), s.n(big)}) == s.range(big, big + 1));
}

TEST_CASE("the total order is antisymmetric, transitive and does not depend on the order of making") {
  Values values;
  Values other;
  std::mt19937 random(7);
  std::mt19937 same(7);
  std::vector<ValueId> list;
  std::vector<ValueId> mirrored;
  for (int i = 0; i < 400; ++i) list.push_back(random_value(values, random, 3));
  // The same values in a store that met others first.
  for (int i = 200; i-- > 0;) other.tuple(std::vector<ValueId>{other.integer(i), other.boolean(true)});
  for (int i = 0; i < 400; ++i) mirrored.push_back(random_value(other, same, 3));

  for (std::size_t i = 0; i < list.size(); ++i) {
    for (std::size_t j = 0; j < list.size(); ++j) {
      const auto order = values.compare(list[i], list[j]);
      REQUIRE((order == 0) == (list[i] == list[j]));
      REQUIRE((order == (0 <=> values.compare(list[j], list[i]))));
      REQUIRE((order == other.compare(mirrored[i], mirrored[j])));
    }
  }
  std::sort(list.begin(), list.end(), [&](ValueId a, ValueId b) { return values.compare(a, b) < 0; });
  for (std::size_t i = 0; i < list.size(); i += 7) {
    for (std::size_t j = i; j < list.size(); ++j) REQUIRE((values.compare(list[i], list[j]) <= 0));
  }
  values.check();
  other.check();
}

TEST_CASE("sorting by keys agrees with the total order") {
  Values values;
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::vector<ValueId> list;
    for (int i = 0; i < 12; ++i) {
      ValueId v = random_value(values, random, 2);
      // Most sets hold values of one shape with a common start.
      if (round % 3 != 0) v = values.tuple(std::vector<ValueId>{values.integer(5), v, values.integer(i % 3)});
      list.push_back(v);
    }
    const ValueId set = values.set(list);
    std::sort(list.begin(), list.end(), [&](ValueId a, ValueId b) { return values.compare(a, b) < 0; });
    list.erase(std::unique(list.begin(), list.end()), list.end());
    const Elements elements(values, set);
    REQUIRE(std::equal(list.begin(), list.end(), elements.begin(), elements.end()));
  }
  values.check();
}

TEST_CASE("constructors are ordered as declared, values of one by their fields") {
  Declarations s;
  const auto type = s.datatype("T");
  const auto b = s.constructor(type, "B", [&] { return s.range(0, 1); });
  const auto a = s.constructor(type, "A");
  const ValueId all = s.table.values_of(type);
  CHECK(s.show(all) == "{B.0,B.1,A}");
  CHECK((s.values.compare(s.dot({s.d(b), s.n(1)}), s.d(a)) < 0));
  CHECK((s.values.compare(s.d(b), s.dot({s.d(b), s.n(0)})) < 0));
}

TEST_CASE("a range is ordered among explicit sets by its elements") {
  Declarations s;
  const std::vector<ValueId> ascending = {s.set({}),
                                          s.range(1, 2),
                                          s.range(1, 3),
                                          s.range(1, 9),
                                          s.set({s.n(1), s.n(2), s.n(3), s.n(5)}),
                                          s.set({s.n(1), s.n(3)}),
                                          s.range(2, 2),
                                          s.values.int_from(0),
                                          s.values.all_integers()};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      CHECK((s.values.compare(ascending[i], ascending[j]) == (i <=> j)));
    }
  }
}

TEST_CASE("a value nested too deep is a limit") {
  Values values;
  ValueId v = values.boolean(true);
  for (std::uint32_t i = 1; i < value_depth_max; ++i) v = values.sequence({&v, 1});
  CHECK_THROWS_AS(values.sequence({&v, 1}), LimitReached);
  ValueId w = values.boolean(false);
  for (std::uint32_t i = 1; i < value_depth_max; ++i) w = values.sequence({&w, 1});
  CHECK((values.compare(w, v) < 0));
}

TEST_CASE("an explicit set at the limit is made, a larger one is not") {
  Values values;
  std::vector<ValueId> elements;
  for (std::uint64_t i = 0; i < set_elements_max; ++i)
    elements.push_back(values.integer(2 * static_cast<std::int64_t>(i)));
  CHECK(values.parts(values.set(elements)).size() == set_elements_max);
  elements.push_back(values.integer(-1));
  CHECK_THROWS_AS(values.set(elements), LimitReached);
}

}  // namespace tryst::csp
