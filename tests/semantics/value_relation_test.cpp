// The external functions on relations.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "semantics/csp/relation_functions.hpp"
#include "tests/semantics/value_fixture.hpp"

namespace tryst::csp {
namespace {

ValueId relation(Declarations& s, const std::set<std::pair<int, int>>& pairs) {
  std::vector<ValueId> list;
  for (const auto& [x, y] : pairs) list.push_back(s.tuple({s.n(x), s.n(y)}));
  return s.values.set(list);
}

}  // namespace

TEST_CASE("images and transposition agree with the definition") {
  Declarations s;
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    std::set<std::pair<int, int>> pairs;
    std::set<std::pair<int, int>> reversed;
    for (int i = 0; i < 8; ++i) {
      const int x = static_cast<int>(random() % 4);
      const int y = static_cast<int>(random() % 4);
      pairs.emplace(x, y);
      reversed.emplace(y, x);
    }
    const ValueId r = relation(s, pairs);
    CHECK(transpose(s.table, r).value == relation(s, reversed));
    for (int x = 0; x < 4; ++x) {
      std::vector<ValueId> images;
      std::vector<ValueId> origins;
      for (const auto& [a, b] : pairs) {
        if (a == x) images.push_back(s.n(b));
        if (b == x) origins.push_back(s.n(a));
      }
      CHECK(relational_image(s.table, r, s.n(x)).value == s.values.set(images));
      CHECK(relational_inverse_image(s.table, r, s.n(x)).value == s.values.set(origins));
    }
  }
  CHECK(transpose(s.table, s.values.int_from(0)).fault.kind == FaultKind::infinite_set);
}

TEST_CASE("mtransclose pairs every element of the domain with the least equivalent one") {
  Declarations s;
  const auto closed = [&](const std::set<std::pair<int, int>>& pairs, std::int64_t last) {
    return s.show(mtransclose(s.table, relation(s, pairs), s.range(0, last)).value);
  };
  CHECK(closed({}, 0) == "{}");
  CHECK(closed({{1, 0}}, 1) == "{(0,1)}");
  CHECK(closed({{0, 1}, {1, 2}}, 1) == "{(0,1)}");
  CHECK(closed({{1, 0}, {2, 1}, {3, 2}}, 3) == "{(0,1),(0,2),(0,3)}");
  CHECK(closed({{0, 5}, {5, 2}, {3, 1}}, 3) == "{(0,2),(1,3)}");
  std::set<std::pair<int, int>> chain;
  for (int i = 0; i <= 100; ++i) chain.emplace(i, i + 1);
  CHECK(card(s.table, mtransclose(s.table, relation(s, chain), s.range(0, 100)).value) == 100u);
}

}  // namespace tryst::csp
