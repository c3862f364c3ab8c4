// Maps against std::map.
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "semantics/csp/value_maps.hpp"
#include "tests/semantics/value_fixture.hpp"

namespace tryst::csp {

TEST_CASE("updates, deletions and lookups agree with std::map") {
  Declarations s;
  std::mt19937 random(9);
  ValueId map = empty_map(s.values);
  std::map<int, int> oracle;
  for (int round = 0; round < 2000; ++round) {
    const int key = static_cast<int>(random() % 12);
    const int image = static_cast<int>(random() % 3);
    if (random() % 3 == 0) {
      map = map_delete(s.values, map, s.n(key));
      oracle.erase(key);
    } else {
      map = map_update(s.values, map, s.n(key), s.n(image));
      oracle[key] = image;
    }
    REQUIRE(map_size(s.values, map) == oracle.size());
    std::size_t i = 0;
    std::vector<MapEntry> list;
    for (const auto& [k, v] : oracle) {
      list.emplace_back(s.n(k), s.n(v));
      REQUIRE(map_entry(s.values, map, i++) == list.back());
    }
    REQUIRE(map_from_list(s.values, list) == map);
    for (int k = 0; k < 12; ++k) {
      const auto found = map_lookup(s.values, map, s.n(k));
      REQUIRE(found.has_value() == oracle.contains(k));
      if (found) REQUIRE(*found == s.n(oracle[k]));
    }
  }
  s.values.check();
}

TEST_CASE("of several entries for a key, the later wins in a list and the earlier in an update") {
  Declarations s;
  const MapEntry entries[] = {{s.n(1), s.n(10)}, {s.n(2), s.n(20)}, {s.n(1), s.n(30)}};
  const ValueId listed = map_from_list(s.values, entries);
  CHECK(s.show(listed) == "(| 1 => 30, 2 => 20 |)");
  CHECK(s.show(map_update_multiple(s.values, listed, entries)) == "(| 1 => 10, 2 => 20 |)");
  CHECK(map_to_list(s.values, listed) == s.sequence({s.tuple({s.n(1), s.n(30)}), s.tuple({s.n(2), s.n(20)})}));
}

TEST_CASE("a map belongs to the partial maps between sets that hold its keys and images") {
  Declarations s;
  const ValueId maps = maps_between(s.table, s.values.all_integers(), s.range(0, 1));
  CHECK(is_infinite(s.table, maps));
  CHECK(member(s.table, s.values.map({{s.n(5), s.n(1)}}), maps));
  CHECK_FALSE(member(s.table, s.values.map({{s.n(5), s.n(2)}}), maps));
  CHECK(member(s.table, s.values.map({}), maps));
}

}  // namespace tryst::csp
