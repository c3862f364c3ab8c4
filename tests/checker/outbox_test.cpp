// What is put into outboxes comes out of them, part by part, and merged: against a map.
#include "checker/packed/outbox.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>

using namespace tryst;

namespace {

using Words = std::vector<std::uint64_t>;

std::size_t part_of(const Words& state, unsigned part_bits) {
  return part_bits == 0 ? 0 : hash_of(state.data(), state.size()) >> (64 - part_bits);
}

// Entries of few states, so that many are put more than once.
std::vector<std::pair<Words, Words>> random_entries(EntryShape shape, std::size_t count, std::mt19937_64& random) {
  std::vector<std::pair<Words, Words>> entries(count, {Words(shape.state), Words(shape.mask)});
  for (auto& [state, mask] : entries) {
    for (std::uint64_t& word : state) word = random() % 2;
    state.back() = random() % (count / 4 + 1);
    for (std::uint64_t& word : mask) word = random();
  }
  return entries;
}

}  // namespace

TEST_CASE("an outbox gives back what was put into it, in its order, by the upper bits of the hash") {
  std::mt19937_64 random(11);
  Outbox outbox;
  for (const EntryShape shape : {EntryShape{1, 0}, EntryShape{1, 2}, EntryShape{3, 1}, EntryShape{700, 0}})
    for (const unsigned part_bits : {0u, 1u, Outbox::part_bits_max})
      for (const std::size_t count : {0u, 1u, 5000u}) {
        const auto entries = random_entries(shape, count, random);
        outbox.open(shape, part_bits);
        Words states, masks;
        for (const auto& [state, mask] : entries) {
          states.insert(states.end(), state.begin(), state.end());
          masks.insert(masks.end(), mask.begin(), mask.end());
        }
        outbox.put(states.data(), masks.data(), count);
        REQUIRE(outbox.entries() == count);
        CHECK(outbox.entries_bound() >= count);
        std::vector<Words> expected(outbox.parts());
        for (const auto& [state, mask] : entries) {
          Words& part = expected[part_of(state, part_bits)];
          part.insert(part.end(), state.begin(), state.end());
          part.insert(part.end(), mask.begin(), mask.end());
        }
        for (std::size_t part = 0; part < outbox.parts(); ++part) {
          Words found;
          for (std::size_t b = 0; b < outbox.blocks(part); ++b) {
            const auto block = outbox.block(part, b);
            REQUIRE_FALSE(block.empty());
            found.insert(found.end(), block.begin(), block.end());
          }
          REQUIRE(found == expected[part]);
        }
      }
}

TEST_CASE("merging takes each state of a part once, with what sleeps in all of its entries") {
  std::mt19937_64 random(12);
  std::vector<Outbox> outboxes(3);
  PartMerger merger;
  for (const EntryShape shape : {EntryShape{1, 0}, EntryShape{1, 2}, EntryShape{3, 1}}) {
    std::map<Words, Words> expected;
    std::vector<const Outbox*> sources;
    for (Outbox& outbox : outboxes) {
      outbox.open(shape, 3);
      for (const auto& [state, mask] : random_entries(shape, 3000, random)) {
        outbox.put(state.data(), mask.data(), 1);
        Words& asleep = expected.try_emplace(state, mask).first->second;
        for (std::size_t w = 0; w < shape.mask; ++w) asleep[w] &= mask[w];
      }
      sources.push_back(&outbox);
    }
    std::map<Words, Words> merged;
    for (std::size_t part = 0; part < outboxes.front().parts(); ++part) {
      merger.open(shape);
      merger.load(sources, part);
      const auto entries = merger.entries();
      for (std::size_t i = 0; i < entries.size(); i += shape.size()) {
        const auto first = entries.begin() + static_cast<std::ptrdiff_t>(i);
        const auto middle = first + static_cast<std::ptrdiff_t>(shape.state);
        const Words state(first, middle);
        CHECK(part_of(state, 3) == part);
        CHECK(merged.try_emplace(state, middle, middle + static_cast<std::ptrdiff_t>(shape.mask)).second);
      }
    }
    CHECK(merged == expected);
  }
}
