// Splitting a block by many threads and buckets is held against splitting it by one, to the letter.
#include <catch2/catch.hpp>

#include <random>

#include "checker/dirty_partition.hpp"

using namespace tryst;

namespace {

using Part = DirtyPartition::Part;

bool same(const Part& a, const Part& b) { return a.begin == b.begin && a.end == b.end && a.key == b.key; }

// Splits every block with dirty states, and gives the parts that leave their numbers. The number of those.
std::size_t refine(DirtyPartition& partition, const auto& split) {
  const std::uint32_t blocks = partition.block_count();
  std::size_t left = 0;
  for (std::uint32_t b = 0; b < blocks; ++b) {
    if (partition.dirty_count(static_cast<BlockId>(b)) == 0) continue;
    std::vector<Part> leaving;
    split(static_cast<BlockId>(b), leaving);
    std::uint32_t number = index(partition.add_blocks(leaving.size()));
    for (const Part part : leaving) partition.assign(part, static_cast<BlockId>(number++));
    left += leaving.size();
  }
  return left;
}

}  // namespace

TEST_CASE("a block is split alike by one thread and by a crew", "[dirty_partition]") {
  struct Shape {
    std::uint32_t states;
    std::uint64_t keys;   // so many different ones
    std::uint32_t dirty;  // one of so many states
  };
  for (const auto& [states, keys, dirty] :
       {Shape{1, 1, 1}, Shape{5, 2, 1}, Shape{1000, 3, 2}, Shape{20'000, 9, 3}, Shape{20'000, 20'000, 1},
        Shape{70'000, 500, 5}, Shape{70'000, 1'000'000, 2}})
    for (const unsigned threads : {1u, 2u, 3u}) {
      CAPTURE(states, keys, dirty, threads);
      std::mt19937_64 random(states + keys);
      Crew crew(threads);
      std::vector<DirtyPartition::Scratch> scratch(threads);
      DirtyPartition::Scratch alone;
      DirtyPartition expected(states);
      DirtyPartition found(states);
      std::vector<SignatureKey> key(states, 0);
      for (int round = 0; round < 3; ++round) {
        for (std::uint32_t s = 0; s < states; ++s) {
          if (random() % dirty != 0) continue;
          const std::uint64_t k = random() % keys;
          key[s] = k == 0 ? expected.key(expected.block(static_cast<StateId>(s))) : k * 0x9e3779b97f4a7c15;
          expected.mark(static_cast<StateId>(s));
          found.mark(static_cast<StateId>(s));
        }
        std::vector<Part> parts;
        const auto left = refine(expected, [&](BlockId b, std::vector<Part>& leaving) {
          expected.split(b, key, alone, leaving);
          parts.insert(parts.end(), leaving.begin(), leaving.end());
        });
        std::size_t next = 0;
        CHECK(refine(found, [&](BlockId b, std::vector<Part>& leaving) {
                found.split_large(b, key, crew, scratch, leaving);
                for (const Part& part : leaving) {
                  REQUIRE(next < parts.size());
                  REQUIRE(same(part, parts[next++]));
                }
              }) == left);
        REQUIRE(std::ranges::equal(found.states(), expected.states()));
        REQUIRE(std::ranges::equal(found.blocks(), expected.blocks()));
        found.check();
      }
      CHECK((keys == 1 || expected.block_count() > 1));
    }
}
