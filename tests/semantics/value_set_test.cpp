// Set operations against std::set, and symbolic sets against their members in a window.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <random>
#include <set>

#include "semantics/budget.hpp"
#include "semantics/csp/set_constructions.hpp"
#include "semantics/csp/value_order.hpp"
#include "tests/semantics/value_fixture.hpp"

namespace tryst::csp {
namespace {

using Oracle = std::set<int>;

ValueId to_set(Declarations& s, const Oracle& oracle, bool pairs) {
  std::vector<ValueId> elements;
  for (const int n : oracle) elements.push_back(pairs ? s.tuple({s.n(n / 3), s.n(n % 3)}) : s.n(n));
  return s.values.set(elements);
}

template <class Algorithm>
Oracle combined(const Oracle& a, const Oracle& b, Algorithm algorithm) {
  Oracle result;
  algorithm(a.begin(), a.end(), b.begin(), b.end(), std::inserter(result, result.end()));
  return result;
}

}  // namespace

TEST_CASE("operations on finite sets agree with std::set") {
  Declarations s;
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    const bool pairs = round % 2 == 0;
    const int numbers = round % 50 < 2 ? 150 : 9;  // results on large sets are remembered
    Oracle a;
    Oracle b;
    for (int n = 0; n < numbers; ++n) {
      if (random() % 3 != 0) a.insert(n);
      if (random() % 2 == 0) b.insert(n);
    }
    const ValueId x = to_set(s, a, pairs);
    const ValueId y = to_set(s, b, pairs);
    const auto expect = [&](const Oracle& oracle) { return to_set(s, oracle, pairs); };
    const auto to_union = [](auto... arguments) { std::set_union(arguments...); };
    const auto to_common = [](auto... arguments) { std::set_intersection(arguments...); };
    const auto to_rest = [](auto... arguments) { std::set_difference(arguments...); };
    REQUIRE(set_union(s.table, x, y) == expect(combined(a, b, to_union)));
    REQUIRE(set_intersection(s.table, x, y) == expect(combined(a, b, to_common)));
    REQUIRE(set_difference(s.table, x, y) == expect(combined(a, b, to_rest)));
    REQUIRE(card(s.table, x) == a.size());
    const bool includes = std::includes(b.begin(), b.end(), a.begin(), a.end());
    REQUIRE(subset(s.table, x, y) == (includes ? Answer::yes : Answer::no));
    REQUIRE(is_empty(s.values, x) == a.empty());
    for (int n = 0; n < numbers; ++n) {
      const ValueId v = pairs ? s.tuple({s.n(n / 3), s.n(n % 3)}) : s.n(n);
      REQUIRE(member(s.table, v, x) == a.contains(n));
    }
    const ValueId both[] = {x, y, x};
    REQUIRE(set_union(s.table, both) == set_union(s.table, x, y));
    REQUIRE(set_intersection(s.table, x, y) == expect(combined(a, b, to_common)));
    REQUIRE(set_difference(s.table, x, y) == expect(combined(a, b, to_rest)));
    const auto middle = a.lower_bound(numbers / 2);  // two that lie one behind the other
    const ValueId halves[] = {expect({middle, a.end()}), s.values.empty_set(), expect({a.begin(), middle})};
    REQUIRE(set_union(s.table, halves) == x);
  }
  s.values.check();
}

TEST_CASE("sets of integers are a Boolean algebra with canonical forms") {
  Declarations s;
  std::mt19937 random(5);
  // Every set is also its membership in -8 .. 15; beyond, it is constant.
  constexpr std::int64_t low = -8;
  constexpr std::int64_t high = 15;
  const auto window = [&](ValueId set) {
    std::vector<bool> bits;
    for (std::int64_t n = low; n <= high; ++n) bits.push_back(member(s.table, s.n(n), set));
    return bits;
  };
  std::vector<ValueId> sets = {
      s.set({}),     s.values.all_integers(),         s.values.int_from(0), s.values.int_from(3),
      s.range(1, 4), s.set({s.n(-2), s.n(1), s.n(7)})};
  for (int round = 0; round < 1500; ++round) {
    const ValueId a = sets[random() % sets.size()];
    const ValueId b = sets[random() % sets.size()];
    const auto wa = window(a);
    const auto wb = window(b);
    const ValueId joined = set_union(s.table, a, b);
    const ValueId common = set_intersection(s.table, a, b);
    const ValueId rest = set_difference(s.table, a, b);
    const auto wj = window(joined);
    const auto wc = window(common);
    const auto wr = window(rest);
    for (std::size_t i = 0; i < wa.size(); ++i) {
      REQUIRE(wj[i] == (wa[i] || wb[i]));
      REQUIRE(wc[i] == (wa[i] && wb[i]));
      REQUIRE(wr[i] == (wa[i] && !wb[i]));
    }
    // Same members, same id.
    for (const ValueId c : sets) REQUIRE((window(c) == wj) == (c == joined));
    REQUIRE(subset(s.table, common, a) == Answer::yes);
    REQUIRE((subset(s.table, a, b) == Answer::yes) == (wr == std::vector<bool>(wr.size(), false)));
    for (const ValueId result : {joined, common, rest}) {
      if (sets.size() < 60 && std::find(sets.begin(), sets.end(), result) == sets.end()) sets.push_back(result);
    }
  }
  CHECK(sets.size() == 60);
}

TEST_CASE("the sets of the reference tests come out right") {
  Declarations s;
  const auto from = [&](std::int64_t n) { return s.values.int_from(n); };
  CHECK(set_union(s.table, from(0), from(1)) == from(0));
  CHECK(set_union(s.table, from(0), s.range(1, 3)) == from(0));
  CHECK(set_difference(s.table, from(1), s.range(1, 1)) == from(2));
  CHECK(set_difference(s.table, from(1), s.values.all_integers()) == s.set({}));
  CHECK(set_difference(s.table, s.set({s.n(2), s.n(4), s.n(5)}), s.values.all_integers()) == s.set({}));
  CHECK(set_intersection(s.table, from(0), s.range(1, 2)) == s.range(1, 2));
  CHECK((relate(s.table, s.range(1, 1), from(0)) < 0));
  CHECK((relate(s.table, from(0), from(0)) >= 0));
  CHECK_FALSE((relate(s.table, from(1), s.range(0, 0)) <= 0));
  CHECK(powerset(s.table, s.set({})) == s.set({s.set({})}));
  const auto inter = [&](std::initializer_list<ValueId> sets) { return big_intersection(s.table, s.set(sets)).value; };
  CHECK(inter({}) == s.set({}));
  CHECK(inter({s.range(0, 0), s.range(1, 1)}) == s.set({}));
  CHECK(inter({s.range(0, 1), s.range(1, 1)}) == s.range(1, 1));
  CHECK(inter({s.range(0, 1)}) == s.range(0, 1));
}

TEST_CASE("ranges cost nothing, however long") {
  Declarations s;
  const ValueId all = s.range(0, std::int64_t{1} << 60);
  CHECK(set_union(s.table, all, s.range(5, 5)) == all);
  CHECK(set_difference(s.table, all, s.range(5, std::int64_t{1} << 60)) == s.range(0, 4));
  CHECK(card(s.table, all) == (std::uint64_t{1} << 60) + 1);
  CHECK((*elements(s.table, all))[std::uint64_t{1} << 59] == s.n(std::int64_t{1} << 59));
  CHECK_THROWS_AS(set_difference(s.table, all, s.range(5, 5)), LimitReached);
}

TEST_CASE("a limit ends the listing of a large set, which can be asked for again") {
  struct Limited : Declarations {
    void poll() override {
      if (left-- == 0) throw LimitReached{"over"};
    }
    std::uint64_t left = 1000;
  } t;
  const ValueId factors[] = {t.range(0, 99), t.range(0, 99)};
  const auto product = [&] { return product_of_fields(t.table, ValueKind::tuple_product, factors); };
  CHECK_THROWS_AS(product(), LimitReached);
  t.left = 1000;
  CHECK_THROWS_AS(powerset(t.table, t.range(0, 12)), LimitReached);
  t.left = 100'000;
  CHECK(card(t.table, product()) == 10'000);
  CHECK(card(t.table, powerset(t.table, t.range(0, 12))) == 8192);
}

TEST_CASE("powersets, maps and products of finite sets are explicit, in order, without repetition") {
  Declarations s;
  const ValueId abc = s.range(1, 3);
  CHECK(s.show(powerset(s.table, abc)) == "{{},{1},{1,2},{1,2,3},{1,3},{2},{2,3},{3}}");
  const auto maps = [&](std::int64_t keys, std::int64_t images) {
    return *card(s.table, maps_between(s.table, s.range(1, keys), s.range(1, images)));
  };
  CHECK(maps(0, 0) == 1);
  CHECK(maps(1, 1) == 2);
  CHECK(maps(1, 2) == 3);
  CHECK(maps(2, 1) == 4);
  CHECK(maps(2, 2) == 9);
  CHECK(s.show(maps_between(s.table, s.range(0, 1), s.range(5, 5))) ==
        "{(|  |),(| 0 => 5 |),(| 0 => 5, 1 => 5 |),(| 1 => 5 |)}");
  const ValueId factors[] = {s.range(0, 1), s.booleans()};
  CHECK(s.show(tuple_product(s.table, factors)) == "{(0,false),(0,true),(1,false),(1,true)}");
  CHECK(s.show(dot_product(s.table, factors)) == "{0.false,0.true,1.false,1.true}");
  s.values.check();
}

TEST_CASE("dotted products splice the fields of their factors") {
  Declarations s;
  const ValueId pairs[] = {s.range(0, 1), s.range(5, 6)};
  const ValueId ab = dot_product(s.table, pairs);
  const ValueId three[] = {ab, s.booleans()};
  const ValueId flat[] = {s.range(0, 1), s.range(5, 6), s.booleans()};
  CHECK(dot_product(s.table, three) == dot_product(s.table, flat));
  const ValueId symbolic_three[] = {ab, s.values.all_integers()};
  const ValueId symbolic_flat[] = {s.range(0, 1), s.range(5, 6), s.values.all_integers()};
  CHECK(dot_product(s.table, symbolic_three) == dot_product(s.table, symbolic_flat));
  // Not a rectangle: still the right members.
  const ValueId diagonal =
      s.set({s.values.dot(std::vector{s.n(0), s.n(0)}), s.values.dot(std::vector{s.n(1), s.n(1)})});
  const ValueId tall[] = {diagonal, s.values.all_integers()};
  const ValueId set = dot_product(s.table, tall);
  CHECK(member(s.table, s.values.dot(std::vector{s.n(1), s.n(1), s.n(9)}), set));
  CHECK_FALSE(member(s.table, s.values.dot(std::vector{s.n(0), s.n(1), s.n(9)}), set));
}

namespace {

// Closes `sets` under the operations for three rounds, up to 40 sets, and compares the membership of every value of
// `window` in the result with that in the operands.
void check_membership(Declarations& s, std::vector<ValueId> sets, const std::vector<ValueId>& window) {
  for (int round = 0; round < 3; ++round) {
    const std::vector<ValueId> before = sets;
    for (const ValueId a : before) {
      for (const ValueId b : before) {
        const ValueId joined = set_union(s.table, a, b);
        const ValueId common = set_intersection(s.table, a, b);
        const ValueId rest = set_difference(s.table, a, b);
        CAPTURE(s.show(a), s.show(b), s.show(joined), s.show(common), s.show(rest));
        bool included = true;
        for (const ValueId v : window) {
          CAPTURE(s.show(v));
          const bool in_a = member(s.table, v, a);
          const bool in_b = member(s.table, v, b);
          REQUIRE(member(s.table, v, joined) == (in_a || in_b));
          REQUIRE(member(s.table, v, common) == (in_a && in_b));
          REQUIRE(member(s.table, v, rest) == (in_a && !in_b));
          included = included && (!in_a || in_b);
        }
        if (!included) REQUIRE(subset(s.table, a, b) != Answer::yes);
        REQUIRE(set_union(s.table, b, a) == joined);
        REQUIRE(subset(s.table, common, a) != Answer::no);
        REQUIRE(subset(s.table, a, joined) != Answer::no);
        for (const ValueId result : {joined, common, rest}) {
          if (sets.size() < 40 && std::find(sets.begin(), sets.end(), result) == sets.end()) sets.push_back(result);
        }
      }
    }
  }
  s.values.check();
}

}  // namespace

TEST_CASE("combinations of sets of sequences hold what their parts say") {
  Declarations s;
  const auto seq = [&](ValueId set) { return sequences_over(s.table, set); };
  const ValueId n = s.n(1);
  const std::vector<ValueId> window = {s.values.empty_sequence(), s.sequence({n}), s.sequence({s.n(7)}),
                                       s.sequence({n, s.n(2)}), s.sequence({s.n(0), s.n(9)})};
  check_membership(
      s, {seq(s.range(0, 2)), seq(s.range(1, 9)), seq(s.values.all_integers()), s.set({window[1], window[2]})}, window);
  CHECK(set_union(s.table, seq(s.range(0, 1)), s.set({s.sequence({n})})) == seq(s.range(0, 1)));
  const ValueId without = set_difference(s.table, seq(s.range(0, 1)), s.set({s.sequence({n})}));
  CHECK(set_union(s.table, without, s.set({s.sequence({n})})) == seq(s.range(0, 1)));
  CHECK(set_intersection(s.table, seq(s.range(0, 2)), seq(s.range(1, 9))) == seq(s.range(1, 2)));
  CHECK(seq(s.set({})) == s.set({s.values.empty_sequence()}));
}

TEST_CASE("combinations of sets of events hold what their parts say") {
  Declarations s;
  const auto c = s.channel("c", [&] { return s.values.dot(std::vector{s.range(1, 3), s.values.all_integers()}); });
  const auto d = s.channel("d", [&] { return s.values.all_integers(); });
  std::vector<ValueId> window;
  for (int x = 1; x <= 3; ++x) {
    for (int y = -1; y <= 3; ++y) window.push_back(s.dot({s.d(c), s.n(x), s.n(y)}));
  }
  for (int y = -1; y <= 3; ++y) window.push_back(s.dot({s.d(d), s.n(y)}));
  const ValueId upper[] = {s.set({s.d(c)}), s.range(2, 3), s.values.int_from(1)};
  check_membership(
      s,
      {productions(s.table, s.d(c)), productions(s.table, s.dot({s.d(c), s.n(2)})), productions(s.table, s.d(d)),
       dot_product(s.table, upper), s.set({window[0], window[7], window[16]})},
      window);
}

TEST_CASE("combinations of recursive datatypes hold what their parts say") {
  Declarations s;
  const auto type = s.datatype("T");
  const auto a = s.constructor(type, "A");
  const auto b = s.constructor(type, "B", [&] { return s.table.values_of(type); });
  const auto c = s.constructor(type, "C", [&] {
    return s.values.dot(std::vector{s.range(0, 1), s.table.values_of(type)});
  });
  std::vector<ValueId> window = {s.d(a)};
  for (std::size_t i = 0; i < 10; ++i) {
    window.push_back(s.dot({s.d(b), window[i]}));
    window.push_back(s.dot({s.d(c), s.n(0), window[i]}));
    window.push_back(s.dot({s.d(c), s.n(1), window[i]}));
  }
  check_membership(
      s,
      {s.table.values_of(type), productions(s.table, s.d(b)), productions(s.table, s.dot({s.d(c), s.n(1)})),
       productions(s.table, s.dot({s.d(b), s.d(b)})), s.set({window[0], window[1], window[5]})},
      window);
}

TEST_CASE("infinite products are taken apart and merged factor by factor") {
  Declarations s;
  const auto c = s.channel("c", [&] { return s.values.dot(std::vector{s.range(1, 2), s.values.all_integers()}); });
  const auto of = [&](std::vector<ValueId> prefix) { return productions(s.table, s.dot(prefix)); };
  const ValueId all = of({s.d(c)});
  const ValueId one = of({s.d(c), s.n(1)});
  const ValueId two = of({s.d(c), s.n(2)});
  CHECK(set_union(s.table, one, two) == all);
  CHECK(set_difference(s.table, all, one) == two);
  CHECK(set_intersection(s.table, all, one) == one);
  CHECK(is_empty(s.values, set_intersection(s.table, two, one)));
  CHECK(subset(s.table, one, all) == Answer::yes);
  CHECK(subset(s.table, all, one) == Answer::no);
  CHECK(s.table.events() == all);
  CHECK(is_infinite(s.table, all));
  CHECK_FALSE(elements(s.table, all).has_value());
  CHECK(big_union(s.table, s.values.int_from(0)).fault.kind == FaultKind::infinite_set);
}

TEST_CASE("sets of more elements than may be listed are symbolic: tested and counted") {
  Declarations s;
  const auto c = s.channel("c", [&] { return s.values.dot(std::vector{s.range(0, 9999), s.range(0, 9999)}); });
  const ValueId all = productions(s.table, s.d(c));
  CHECK(is_symbolic(s.values.kind(all)));
  CHECK_FALSE(is_infinite(s.table, all));
  CHECK(card(s.table, all) == 100000000u);
  CHECK(member(s.table, s.dot({s.d(c), s.n(9999), s.n(0)}), all));
  CHECK_THROWS_AS(elements(s.table, all), LimitReached);
  CHECK(productions(s.table, s.dot({s.d(c), s.n(3)})) ==
        set_intersection(s.table, all, productions(s.table, s.dot({s.d(c), s.n(3)}))));
  CHECK(card(s.table, powerset(s.table, s.range(1, 40))) == std::uint64_t{1} << 40);
  CHECK_THROWS_AS(card(s.table, powerset(s.table, s.range(1, 70))), LimitReached);
}

TEST_CASE("the order of the language is partial") {
  Declarations s;
  const auto related = [&](ValueId a, ValueId b) { return relate(s.table, a, b); };
  CHECK((related(s.n(1), s.n(2)) < 0));
  CHECK((related(s.tuple({s.n(1), s.n(9)}), s.tuple({s.n(2), s.n(0)})) < 0));
  CHECK((related(s.sequence({s.n(1)}), s.sequence({s.n(1), s.n(2)})) < 0));
  CHECK((related(s.sequence({s.n(1)}), s.sequence({s.n(2), s.n(2)})) == std::partial_ordering::unordered));
  CHECK((related(s.range(1, 2), s.range(2, 3)) == std::partial_ordering::unordered));
  CHECK((related(s.range(1, 3), s.range(2, 3)) > 0));
  const auto map = [&](std::int64_t image) { return s.values.map({{s.n(1), s.n(image)}}); };
  CHECK((related(map(0), map(1)) < 0));
  CHECK((related(map(1), map(1)) == 0));
  CHECK((related(s.values.map({}), map(1)) < 0));
  CHECK((related(map(1), s.values.map({{s.n(2), s.n(0)}})) == std::partial_ordering::unordered));
  CHECK((related(s.booleans(), s.values.boolean(true)) == std::partial_ordering::unordered));
}

}  // namespace tryst::csp
