#include "checker/set_store.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "semantics/lts.hpp"

using namespace tryst;

namespace {

enum class SetId : std::uint32_t {};

std::vector<StateId> random_set(std::mt19937& random, std::uint32_t size_max) {
  std::set<StateId> set;
  for (std::uint32_t n = random() % (size_max + 1); n > 0; --n) set.insert(static_cast<StateId>(random() % 5000));
  return {set.begin(), set.end()};
}

}  // namespace

TEST_CASE("a set has one number and stays where it is, however large the sets before and behind it") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    SetStore<SetId, StateId> store;
    if (seed % 2 == 0) store.reserve(random() % 10'000);
    std::map<std::vector<StateId>, SetId> expected;
    std::vector<std::span<const StateId>> places;
    std::size_t elements = 0;
    for (int i = 0; i < 2000; ++i) {
      const auto set = random_set(random, i % 100 == 0 ? 4000 : 2 + seed);
      bool fresh = false;
      const SetId id = store.intern(set, &fresh);
      const auto [known, is_new] = expected.emplace(set, SetId{static_cast<std::uint32_t>(expected.size())});
      INFO("seed " << seed << ", set " << i);
      REQUIRE(id == known->second);
      REQUIRE(fresh == is_new);
      if (!is_new) continue;
      places.push_back(store[id]);
      elements += set.size();
    }
    CHECK(store.size() == expected.size());
    CHECK(store.element_count() == elements);
    for (const auto& [set, id] : expected) {
      REQUIRE(std::ranges::equal(store[id], set));
      REQUIRE(store[id].data() == places[static_cast<std::uint32_t>(id)].data());
    }
  }
}
