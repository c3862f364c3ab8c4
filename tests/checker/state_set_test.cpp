#include "checker/state_set.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>

using namespace tryst;

TEST_CASE("what is added to a set of states is taken in order, once, by whatever crew") {
  std::mt19937 random(1);
  for (const std::uint32_t states : {1u, 100u, 300'001u, 600'000u})
    for (const unsigned adders : {1u, 3u})
      for (const unsigned takers : {1u, 2u, 5u}) {
        StateSet set(states, adders);
        Crew crew(takers);
        std::vector<StateId> taken{StateId{7}};
        for (const std::uint32_t some : {0u, 50u, states}) {
          std::set<StateId> expected;
          for (std::uint32_t i = 0; i < some; ++i) {
            const auto s = static_cast<StateId>(random() % states);
            if (set.add(s, i % adders) != expected.insert(s).second) FAIL("added twice");
          }
          set.take(taken, crew);
          INFO(states << " states, " << adders << " add " << some << ", " << takers << " take");
          CHECK(std::ranges::equal(taken, expected));
        }
      }
}
