// The store of a packed search: what is appended, by how many threads ever, is found again at its position and level.
#include "checker/packed/state_store.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <random>
#include <set>

#include "checker/packed/on_threads.hpp"
#include "semantics/budget.hpp"

using namespace tryst;

namespace {

using State = std::vector<std::uint64_t>;

State state_at(const StateStore& store, std::uint32_t position) {
  return State(store[position], store[position] + store.words());
}

// A state of any width that says which it is.
State numbered(unsigned words, std::uint64_t number) {
  State state(words, number);
  state.front() = ~number;
  return state;
}

}  // namespace

TEST_CASE("a store keeps what each thread appends, level by level") {
  for (const unsigned threads : {1U, 2U, 8U})
    for (const unsigned words : {1U, 2U, 3U, 64U}) {
      INFO(threads << " threads, " << words << " words");
      StateStore store(words);
      std::vector<std::unique_ptr<StateStore::Writer>> writers;
      for (unsigned i = 0; i < threads; ++i) writers.push_back(std::make_unique<StateStore::Writer>(store));
      std::vector<std::map<std::uint32_t, State>> kept(threads);
      std::vector<std::set<std::uint32_t>> levels;
      for (const unsigned per_thread : {1U, 0U, 3000U, 17U}) {
        std::vector<std::set<std::uint32_t>> positions(threads);
        on_threads(threads, [&](unsigned thread) {
          std::mt19937 random(thread);
          for (unsigned i = 0; i < per_thread; ++i) {
            const State state = numbered(words, 1000003ULL * thread + kept[thread].size());
            if (random() % 3 == 0) {
              writers[thread]->append(numbered(words, 7).data());
              writers[thread]->drop_last();
            }
            const std::uint32_t position = writers[thread]->append(state.data());
            kept[thread].emplace(position, state);
            positions[thread].insert(position);
          }
        });
        store.end_level();
        levels.emplace_back();
        for (auto& each : positions) levels.back().merge(each);
      }
      std::uint64_t states = 0;
      for (const auto& each : kept) {
        states += each.size();
        for (const auto& [position, state] : each)
          if (state_at(store, position) != state) FAIL_CHECK("another state at position " << position);
      }
      CHECK(store.size() == states);
      REQUIRE(store.levels() == levels.size());
      for (std::uint32_t depth = 0; depth < levels.size(); ++depth) {
        std::set<std::uint32_t> found;
        std::uint32_t before = 0;
        for (const StateStore::Range range : store.level(depth)) {
          CHECK(range.begin < range.end);
          CHECK((range.begin > before || found.empty()));
          before = range.end;
          for (std::uint32_t i = range.begin; i < range.end; ++i) found.insert(i);
        }
        CHECK(found == levels[depth]);
      }
      CHECK(store.reserved() <= states + threads * 512);
      CHECK(store.bytes() == store.reserved() * words * 8);
    }
}

TEST_CASE("one thread leaves no gaps, and each level is one range") {
  StateStore store(2);
  StateStore::Writer writer(store);
  std::uint32_t next = 0;
  for (const std::uint32_t size : {1U, 40U, 100000U, 5U}) {
    for (std::uint32_t i = 0; i < size; ++i)
      if (writer.append(numbered(2, i).data()) != next + i) FAIL("a gap before state " << i);
    store.end_level();
    REQUIRE(store.level(store.levels() - 1).size() == 1);
    CHECK(store.level(store.levels() - 1).front() == StateStore::Range{next, next + size});
    next += size;
  }
}

TEST_CASE("a level without states has no ranges") {
  StateStore store(1);
  StateStore::Writer writer(store);
  store.end_level();
  CHECK(store.level(0).empty());
  CHECK(store.size() == 0);
}

TEST_CASE("what a writer appended to the current level outlives it") {
  StateStore store(1);
  const State state{5};
  StateStore::Writer(store).append(state.data());
  CHECK(store.size() == 1);
  store.end_level();
  REQUIRE(store.level(0).size() == 1);
  CHECK(state_at(store, store.level(0).front().begin) == state);
}

TEST_CASE("a writer takes no position beyond the limit that it is given") {
  StateStore store(1);
  StateStore::Writer first(store);
  StateStore::Writer second(store);
  const State state{1};
  for (const std::uint64_t limit : {20U, 21U, 100U}) {
    for (StateStore::Writer* const writer : {&first, &second})
      while (writer->reserve(limit)) CHECK(writer->append(state.data()) < limit);
    CHECK(store.reserved() == limit);
    CHECK(store.size() == limit);
  }
}

TEST_CASE("recoding keeps positions and levels, and writers go on") {
  for (const auto& [from_words, to_words] : {std::pair{1U, 3U}, std::pair{2U, 1U}}) {
    StateStore store(from_words);
    StateStore::Writer first(store);
    StateStore::Writer second(store);
    std::map<std::uint32_t, std::uint64_t> numbers;
    const auto append = [&](StateStore::Writer& writer, std::uint64_t n) {
      numbers[writer.append(numbered(store.words(), n).data())] = n;
    };
    for (std::uint64_t n = 0; n < 3000; ++n) append(n % 3 == 0 ? second : first, n);
    store.end_level();
    for (std::uint64_t n = 3000; n < 3010; ++n) append(n % 2 == 0 ? second : first, n);
    const std::vector<StateStore::Range> level(store.level(0).begin(), store.level(0).end());

    std::atomic<int> recoded = 0;
    const unsigned to = to_words;
    store.recode(
        to,
        [&](const std::uint64_t* state, std::uint64_t* out) {
          ++recoded;
          std::ranges::copy(numbered(to, ~state[0]), out);
        },
        3);
    CHECK(recoded == 3010);
    CHECK(store.words() == to_words);
    CHECK(std::ranges::equal(store.level(0), level));
    for (std::uint64_t n = 3010; n < 9000; ++n) append(n % 2 == 0 ? second : first, n);
    store.end_level();
    CHECK(store.size() == 9000);
    for (const auto& [position, n] : numbers) REQUIRE(state_at(store, position) == numbered(to_words, n));
  }
}
