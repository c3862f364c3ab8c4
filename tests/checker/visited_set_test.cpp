// The visited set against std::unordered_set: under contention, while growing, for every width.
#include "checker/packed/visited_set.hpp"

#include <algorithm>
#include <barrier>
#include <catch2/catch.hpp>
#include <memory>
#include <random>
#include <unordered_set>

#include "checker/packed/on_threads.hpp"

using namespace tryst;

namespace {

using State = std::vector<std::uint64_t>;

struct StateHash {
  std::size_t operator()(const State& state) const {
    std::size_t sum = 17;
    for (const std::uint64_t word : state) sum = 31 * sum + word;
    return sum;
  }
};
using States = std::unordered_set<State, StateHash>;

// What a thread is going to insert, with repetitions.
using Sequence = std::vector<State>;

enum class Pattern {
  random,     // nothing to do with one another, half of them from a pool that all threads draw from
  counting,   // 0, 1, 2, ... and ..., -2, -1: fields that are counted up, both borders included
  one_home,   // of one word: all at home in the last slot or the first, so that every probe is long; otherwise random
  same_tags,  // wider: many with the same upper half of the hash; otherwise random
};

// The one word with this hash.
std::uint64_t with_hash(std::uint64_t hash) {
  const auto inverse = [](std::uint64_t odd) {
    std::uint64_t x = odd;  // Newton's iteration doubles the number of right bits, three at first
    for (int i = 0; i < 5; ++i) x *= 2 - odd * x;
    return x;
  };
  std::uint64_t h = hash * inverse(0xd6e8feb86659fd93);
  h ^= h >> 32;
  return h * inverse(0x9e3779b97f4a7c15) ^ ~std::uint64_t{1};
}

// The two words with this hash whose first word is given.
State with_hash(std::uint64_t first, std::uint64_t hash) {
  std::uint64_t h = (~std::uint64_t{2} ^ first) * 0x9e3779b97f4a7c15;
  h ^= h >> 32;
  return {first, with_hash(hash) ^ ~std::uint64_t{1} ^ h};
}

State make(Pattern pattern, unsigned words, std::uint64_t n, std::mt19937_64& random) {
  State state(words);
  switch (pattern) {
    case Pattern::one_home:
      if (words == 1) return {with_hash(n % 2 == 0 ? n : ~n)};
      break;
    case Pattern::same_tags:
      if (words == 2) return with_hash(n, n % 7 << 60 | n);
      break;
    case Pattern::counting: {
      const std::uint64_t value = n % 2 == 0 ? n / 2 : ~(n / 2);
      state.assign(words, n % 2 == 0 ? 0 : ~std::uint64_t{0});
      state[n / 2 % words] = value;
      return state;
    }
    case Pattern::random: break;
  }
  if (n % 2 == 0) random.seed(n);
  for (std::uint64_t& word : state) word = random();
  return state;
}

Sequence sequence(Pattern pattern, unsigned words, unsigned thread, std::size_t length) {
  std::mt19937_64 numbers(thread);
  std::mt19937_64 random(1000 + thread);
  Sequence out;
  for (std::size_t i = 0; i < length; ++i) {
    if (!out.empty() && numbers() % 4 == 0)
      out.push_back(out[numbers() % out.size()]);
    else
      out.push_back(make(pattern, words, numbers() % length, random));
  }
  return out;
}

// Inserts the sequences at the same time, as a search does: when the set is full, all leave it and one makes it grow.
// Returns how many insertions each thread saw succeed.
std::vector<std::size_t> insert_all(VisitedSet& set, std::vector<std::unique_ptr<StateStore::Writer>>& writers,
                                    const std::vector<Sequence>& sequences, unsigned words) {
  const auto threads = static_cast<unsigned>(sequences.size());
  std::vector<std::size_t> added(threads);
  std::atomic<unsigned> unfinished = threads;
  std::barrier full(threads);
  on_threads(threads, [&](unsigned thread) {
    std::size_t next = 0;
    while (unfinished.load() > 0) {
      for (; next < sequences[thread].size(); ++next) {
        const State& state = sequences[thread][next];
        const std::uint64_t hash = VisitedSet::hash(state.data(), words);
        set.prefetch(hash);
        set.prefetch_state(hash);
        const Insertion insertion = set.insert(state.data(), hash, *writers[thread]);
        if (insertion == Insertion::full) break;
        if (insertion == Insertion::added) ++added[thread];
      }
      full.arrive_and_wait();
      if (thread == 0) {
        unfinished = 0;
        if (set.must_grow()) set.grow(threads);
      }
      full.arrive_and_wait();
      if (next < sequences[thread].size()) ++unfinished;
      full.arrive_and_wait();
    }
  });
  return added;
}

}  // namespace

TEST_CASE("every state is in the set and in the store exactly once, whoever inserts it") {
  const auto [pattern, length] = GENERATE(table<Pattern, std::size_t>(
      {{Pattern::random, 6000}, {Pattern::counting, 6000}, {Pattern::one_home, 1000}, {Pattern::same_tags, 4000}}));
  const unsigned words = GENERATE(1U, 2U, 3U, 8U);
  const unsigned threads = GENERATE(1U, 2U, 8U);
  INFO("pattern " << static_cast<int>(pattern) << ", " << words << " words, " << threads << " threads");

  StateStore store(words);
  VisitedSet set(store);
  std::vector<std::unique_ptr<StateStore::Writer>> writers;
  for (unsigned i = 0; i < threads; ++i) writers.push_back(std::make_unique<StateStore::Writer>(store));
  States expected;
  for (std::uint32_t depth = 0; depth < 2; ++depth) {
    std::vector<Sequence> sequences;
    for (unsigned i = 0; i < threads; ++i) sequences.push_back(sequence(pattern, words, depth + i / 2, length));
    const std::size_t before = expected.size();
    for (const Sequence& each : sequences) expected.insert(each.begin(), each.end());

    const std::vector<std::size_t> added = insert_all(set, writers, sequences, words);
    store.end_level();
    std::size_t sum = 0;
    for (const std::size_t each : added) sum += each;
    CHECK(sum == expected.size() - before);
    CHECK(store.size() == expected.size());

    States stored;
    std::size_t repeated = 0;
    for (const StateStore::Range range : store.filled())
      for (std::uint32_t i = range.begin; i < range.end; ++i)
        repeated += stored.emplace(store[i], store[i] + words).second ? 0 : 1;
    CHECK(repeated == 0);
    CHECK(stored == expected);
  }
  CHECK(4 * store.reserved() <= 3 * set.slots());

  const auto check_found = [&] {
    std::unordered_set<std::size_t> slots;
    for (const State& state : expected) {
      const std::size_t slot = set.find(state.data(), VisitedSet::hash(state.data(), words));
      if (slot >= set.slots() || !slots.insert(slot).second) FAIL_CHECK("a state has no slot of its own");
    }
    for (std::uint64_t n = 0; n < 1000; ++n) {
      State other(words, 0x123456789abcdef * (n + 1));
      if ((set.find(other.data(), VisitedSet::hash(other.data(), words)) != VisitedSet::npos) !=
          expected.contains(other))
        FAIL_CHECK("the set and the expectation differ");
    }
  };
  check_found();
  set.grow(threads);
  check_found();

  const unsigned wider = words + 2;
  store.recode(
      wider,
      [&](const std::uint64_t* from, std::uint64_t* to) {
        std::copy_n(from, words, to);
        std::fill_n(to + words, 2, from[0]);
      },
      threads);
  set.rebuild(threads);
  for (const State& state : expected) {
    State now = state;
    now.resize(wider, state[0]);
    const std::uint64_t hash = VisitedSet::hash(now.data(), wider);
    if (set.find(now.data(), hash) >= set.slots() ||
        set.insert(now.data(), hash, *writers.back()) != Insertion::present)
      FAIL_CHECK("a recoded state is not in the set");
  }
  CHECK(store.size() == expected.size());
}

TEST_CASE("the states of all zeros, of all ones, and the one whose hash is 0 are states like others") {
  for (const unsigned words : {1U, 2U, 64U}) {
    StateStore store(words);
    StateStore::Writer writer(store);
    VisitedSet set(store);
    std::vector<State> states{State(words, 0), State(words, ~std::uint64_t{0}), State(words, 1)};
    if (words == 1) {
      states.push_back({with_hash(0)});
      CHECK(VisitedSet::hash(states.back().data(), 1) == 0);
    }
    for (const State& state : states) {
      const std::uint64_t hash = VisitedSet::hash(state.data(), words);
      CHECK(set.find(state.data(), hash) == VisitedSet::npos);
      CHECK(set.insert(state.data(), hash, writer) == Insertion::added);
      CHECK(set.insert(state.data(), hash, writer) == Insertion::present);
    }
    set.grow();
    for (const State& state : states)
      CHECK(set.find(state.data(), VisitedSet::hash(state.data(), words)) != VisitedSet::npos);
    CHECK(store.size() == states.size());
  }
}

TEST_CASE("a full set says so, changes nothing, and takes the state when it has grown") {
  for (const unsigned words : {1U, 2U}) {
    StateStore store(words);
    StateStore::Writer writer(store);
    VisitedSet set(store);
    State state(words, 0);
    const auto insert = [&] { return set.insert(state.data(), VisitedSet::hash(state.data(), words), writer); };
    std::size_t added = 0;
    for (; insert() == Insertion::added; ++state[0]) ++added;
    CHECK(set.must_grow());
    CHECK(added == VisitedSet::states_max(set.slots()));
    CHECK(store.size() == added);
    CHECK(insert() == Insertion::full);
    CHECK(store.size() == added);
    --state[0];
    CHECK(insert() == Insertion::present);
    ++state[0];

    const std::uint64_t promised = set.bytes_after_growth();
    set.grow();
    CHECK(set.bytes() <= promised);
    CHECK_FALSE(set.must_grow());
    CHECK(insert() == Insertion::added);
    CHECK(store.size() == added + 1);
  }
}

TEST_CASE("growing by several threads moves every state, in clusters across their borders too") {
  for (const unsigned threads : {1U, 2U, 3U}) {
    StateStore store(1);
    StateStore::Writer writer(store);
    VisitedSet set(store);
    std::vector<std::uint64_t> states;
    const auto insert_up_to = [&](std::size_t count) {
      std::mt19937_64 random(states.size());
      while (states.size() < count) {
        // a hundredth are at home in the last slots of a third, a half and the whole
        const std::uint64_t border = ~std::uint64_t{0} / (random() % 3 + 1) - random() % 1000;
        const std::uint64_t state = random() % 100 == 0 ? with_hash(border) : random();
        const Insertion insertion = set.insert(&state, VisitedSet::hash(&state, 1), writer);
        if (insertion == Insertion::added) states.push_back(state);
        if (insertion == Insertion::full) return;
      }
    };
    const auto lost = [&] {
      return std::ranges::count_if(states, [&](const std::uint64_t& state) {
        return set.find(&state, VisitedSet::hash(&state, 1)) == VisitedSet::npos;
      });
    };
    while (set.slots() < std::size_t{1} << 21) {  // eight pages of 2 MiB
      insert_up_to(std::min<std::size_t>(set.slots(), 800'000));
      set.grow(threads);
    }
    CHECK(lost() == 0);
    set.rebuild(threads);
    CHECK(lost() == 0);
    CHECK(store.size() == states.size());
  }
}

TEST_CASE("a small set is small") {
  StateStore store(1);
  StateStore::Writer writer(store);
  VisitedSet set(store);
  CHECK(set.bytes() + store.bytes() < 100'000);
}
