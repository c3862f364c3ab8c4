// The packed search of networks against the search on the rules: the same verdicts, evidence as short, the same counts
// where nothing fails and all states are visited, for any number of threads, with reductions and without.
#include <catch2/catch.hpp>

#include "checker/packed/packed_search.hpp"
#include "checker/packed/trail.hpp"
#include "checker/question.hpp"
#include "semantics/csp/compiled_network.hpp"
#include "semantics/csp/reference_system.hpp"
#include "tests/semantics/process_syntax.hpp"
#include "tests/semantics/random_priority.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

struct Asked {
  Property property;
  Model model;
};

constexpr Asked questions[] = {
    {Property::refinement, Model::T},    {Property::refinement, Model::F},     {Property::refinement, Model::FD},
    {Property::deadlock_free, Model::F}, {Property::deadlock_free, Model::FD}, {Property::divergence_free, Model::FD},
};

// Those that the packed search does not know: the pair search on the network's global states answers.
constexpr Asked other_questions[] = {
    {Property::deterministic, Model::F}, {Property::deterministic, Model::FD}, {Property::refinement, Model::V},
    {Property::refinement, Model::VD},   {Property::refinement, Model::R},     {Property::refinement, Model::RD},
};

// A specification and an implementation of some components.
struct Processes {
  Process specification;
  std::vector<Process> components;
  std::vector<EventId> shared{EventId{2}};
  std::vector<EventId> hidden{EventId{4}};
  std::optional<std::uint32_t> priority{};  // the seed of what is put around it all
  std::optional<std::uint32_t> behind{};    // how the network begins, and ends
};

struct Answer {
  Verdict verdict;
  std::vector<EventId> path;  // of the first evidence
};

constexpr std::uint64_t states_max = 200000;

ProcessId system_of(TermBuilder& t, const Processes& pair) {
  std::vector<ProcessId> terms;
  for (const Process& each : pair.components) terms.push_back(term_of(t, each));
  ProcessId system = t.apply(Operator::hide, {t.apply(Operator::parallel, terms, pair.shared)}, pair.hidden);
  if (pair.behind) {
    constexpr EventId a{2};
    constexpr EventId b{3};
    if (*pair.behind % 6 == 0) system = t.prefix(a, system);
    if (*pair.behind % 6 == 1) system = t.apply(Operator::sequential, {system, t.prefix(b, system)});
    if (*pair.behind % 6 == 2) system = t.apply(Operator::internal_choice, {t.prefix(b, system), system});
    if (*pair.behind % 6 == 3) {
      t.define("SYSTEM", [&t, system] {
        return t.apply(Operator::sequential, {t.prefix(a, system), t.call("SYSTEM")});
      });
      system = t.call("SYSTEM");
    }
    if (*pair.behind % 6 == 4) system = t.apply(Operator::exception, {system, t.prefix(b, system)}, {a});
    if (*pair.behind % 6 == 5)
      system =
          t.apply(Operator::interrupt, {system, t.apply(Operator::internal_choice, {t.prefix(b, system), t.stop()})});
    if (*pair.behind / 6 % 2 == 0) system = t.apply(Operator::interleave, {system, t.prefix(b, t.skip())});
  }
  if (!pair.priority) return system;
  std::mt19937 random(*pair.priority);
  return with_priority(t, system, random);
}

struct Way {
  unsigned threads;
  bool reduction;
};

Answer answer(const Processes& pair, Asked asked, Engine engine, Way way) {
  TermBuilder t;
  declare(t);
  const ProcessId process = system_of(t, pair);
  ReferenceSystem implementation(t.terms, t, process);
  ReferenceSystem specification(t.terms, t, term_of(t, pair.specification));
  std::optional<CompiledNetwork> network;
  LazyLts rows(implementation);
  LazyLts specification_rows(specification);
  Question question{asked.property, asked.model, &rows, nullptr, {}};
  if (asked.property == Property::refinement) question.specification = &specification_rows;
  question.network =
      NetworkImplementation{[&]() -> Network& { return network.emplace(t.terms, t, process, nullptr); },
                            [&](std::span<const LocalId> state) { return implementation.state(network->term(state)); }};
  Budget budget({.states_max = states_max});
  Asking asking;
  asking.threads = way.threads;
  asking.engine = engine;
  asking.reduction = way.reduction;
  Answer result{check(question, budget, asking), {}};
  if (result.verdict.evidence.empty()) return result;
  // The search for nondeterminism finds the path that ends in the refusal.
  const Evidence& evidence = result.verdict.evidence.front();
  const bool refuses = evidence.kind == EvidenceKind::nondeterminism;
  for (const tryst::Step& step : refuses ? evidence.other_path : evidence.path) result.path.push_back(step.event);
  return result;
}

// What is different; empty if nothing.
std::string difference(const Processes& pair, Asked asked) {
  const Answer expected = answer(pair, asked, Engine::system, {1, false});
  if (expected.verdict.outcome == Outcome::inconclusive) return "";
  const bool is_reducible = asked.property == Property::deadlock_free || asked.model == Model::T;
  const bool visits_all[] = {true, !is_reducible};  // by reduction
  const Answer firsts[] = {answer(pair, asked, Engine::network, {1, false}),
                           answer(pair, asked, Engine::network, {1, true})};
  for (const Way way : {Way{1, true}, Way{3, false}, Way{3, true}, Way{8, true}}) {
    const Answer found = answer(pair, asked, Engine::network, way);
    const Answer& first = firsts[way.reduction];  // where an event leads to several states, its path may differ
    if (found.verdict.outcome == Outcome::inconclusive) return "";  // it does not stop at a divergence as early
    if (found.verdict.outcome != expected.verdict.outcome) return "another verdict";
    if (found.path.size() != expected.path.size()) return "evidence of another length";
    if (found.verdict.outcome == Outcome::holds && visits_all[way.reduction] &&
        found.verdict.states != expected.verdict.states)
      return "another number of states";
    if (found.verdict.states != first.verdict.states || found.verdict.transitions != first.verdict.transitions)
      return "other counts in another way";
    if (found.verdict.outcome != Outcome::fails) continue;
    if (found.verdict.evidence.front().kind != first.verdict.evidence.front().kind) return "evidence of another kind";
    if (found.path != first.path) return "another path in another way";
  }
  return "";
}

Processes random_pair(std::mt19937& random, std::size_t components, std::size_t nodes) {
  Processes pair{random_process(random, 1 + random() % 5, forms().size()), {}};
  for (std::size_t i = 0; i < components; ++i)
    pair.components.push_back(random_process(random, 1 + random() % nodes, forms().size()));
  return pair;
}

void compare_engines(const Processes& pair, Asked asked) {
  const std::string wrong = difference(pair, asked);
  if (wrong.empty()) return;
  std::string texts = text_of(pair.specification) + " against";
  for (const Process& each : pair.components) texts += "  " + text_of(each);
  FAIL(wrong << ", property " << static_cast<int>(asked.property) << " in " << name(asked.model) << ": " << texts);
}

}  // namespace

TEST_CASE("random networks: both engines agree on every question") {
  std::mt19937 random(61);
  for (int round = 0; round < 4000; ++round) {
    const Processes pair = random_pair(random, 2 + random() % 3, 7);
    for (const Asked asked : questions) compare_engines(pair, asked);
  }
}

TEST_CASE("random networks: both engines agree on the other questions") {
  std::mt19937 random(64);
  for (int round = 0; round < 800; ++round) {
    const Processes pair = random_pair(random, 2 + random() % 3, 7);
    for (const Asked asked : other_questions) compare_engines(pair, asked);
  }
}

// What is hidden may be put off for a while, and what is not must keep its order.
TEST_CASE("random networks of all shapes: stubborn sets keep the traces") {
  std::mt19937 random(65);
  for (int round = 0; round < 6000; ++round) {
    Processes pair = random_pair(random, 2 + random() % 3, 9);
    pair.shared.clear();
    pair.hidden.clear();
    for (const EventId e : {EventId{2}, EventId{3}, EventId{4}}) {
      if (random() % 3 == 0) pair.shared.push_back(e);
      if (random() % 3 == 0) pair.hidden.push_back(e);
    }
    compare_engines(pair, {Property::refinement, Model::T});
  }
}

TEST_CASE("random networks with priority: both engines agree on every question") {
  std::mt19937 random(66);
  for (int round = 0; round < 3000; ++round) {
    Processes pair = random_pair(random, 2 + random() % 3, 8);
    if (random() % 2 == 0) pair.shared.clear();
    pair.priority = static_cast<std::uint32_t>(random());
    compare_engines(pair, questions[static_cast<std::size_t>(round) % std::size(questions)]);
    compare_engines(pair, questions[random() % std::size(questions)]);
    if (round % 4 == 0) compare_engines(pair, other_questions[random() % std::size(other_questions)]);
  }
}

TEST_CASE(
    "random networks behind events, choices and `;`, and in what stops them: both engines agree on every question") {
  std::mt19937 random(67);
  for (int round = 0; round < 2000; ++round) {
    Processes pair = random_pair(random, 2 + random() % 2, 7);
    pair.behind = static_cast<std::uint32_t>(random());
    if (round % 5 == 0) pair.priority = static_cast<std::uint32_t>(random());
    compare_engines(pair, questions[static_cast<std::size_t>(round) % std::size(questions)]);
    compare_engines(pair, questions[random() % std::size(questions)]);
    if (round % 4 == 0) compare_engines(pair, other_questions[random() % std::size(other_questions)]);
  }
}

// Levels that are wide enough for several threads and parts.
TEST_CASE("wide networks: both engines agree, however many threads there are") {
  std::mt19937 random(62);
  for (int round = 0; round < 40; ++round) {
    const Processes pair = random_pair(random, 7, 20);
    compare_engines(pair, questions[static_cast<std::size_t>(round) % std::size(questions)]);
  }
}

// What is emptied on the way, within a level, must not be lost, nor done twice.
TEST_CASE("small outboxes lose nothing") {
  std::mt19937 random(63);
  for (int round = 0; round < 40; ++round) {
    const Processes pair = random_pair(random, 7, 20);
    SearchStatistics first;
    for (const std::size_t outbox_words : {PackedSearch::outbox_words_enough, std::size_t{4096}, std::size_t{1}})
      for (const unsigned threads : {1U, 3U}) {
        TermBuilder t;
        declare(t);
        CompiledNetwork network(t.terms, t, system_of(t, pair), nullptr);
        Budget budget;
        const PackedQuestion question{network, nullptr, Model::T, false, PackedQuestion::Reduction::none};
        PackedSearch search(question, budget, threads, outbox_words);
        search.run(20000);
        if (first.pairs == 0) first = search.statistics();
        CHECK(search.statistics().pairs == first.pairs);
        CHECK(search.statistics().transitions == first.transitions);
      }
  }
}

// As exactly as the search on the rules: what is enough is enough, and one less is not.
TEST_CASE("a limit on states ends the search with the first state too many, or one for each thread") {
  std::mt19937 random(64);
  for (int round = 0; round < 12; ++round) {
    const Processes pair = random_pair(random, 7, 20);
    using Reduction = PackedQuestion::Reduction;
    const auto reduction = round % 2 == 0 ? Reduction::none : Reduction::sleep_sets;
    // How many there are; `passes` tells whether the limit was passed.
    const auto states = [&](Limits limits, unsigned threads, std::size_t outbox_words, bool& passes) {
      TermBuilder t;
      declare(t);
      CompiledNetwork network(t.terms, t, system_of(t, pair), nullptr);
      ReferenceSystem specified(t.terms, t, t.run({EventId{2}, EventId{3}, EventId{4}}));
      LazyLts rows(specified);
      Budget budget(limits);
      NormalForm specification(rows, budget);
      PackedSearch search({network, &specification, Model::T, false, reduction}, budget, threads, outbox_words);
      passes = false;
      try {
        search.run(20000);
      } catch (const LimitReached&) {
        passes = true;
        CHECK(budget.progress().states > limits.states_max);
      }
      return search.statistics().pairs + specification.size();
    };
    bool passes = false;
    const std::uint64_t all = states({}, 1, PackedSearch::outbox_words_enough, passes);
    for (const std::size_t outbox_words : {PackedSearch::outbox_words_enough, std::size_t{4096}})
      for (const unsigned threads : {1U, 3U}) {
        CHECK(states({.states_max = all}, threads, outbox_words, passes) == all);
        CHECK_FALSE(passes);
        for (const std::uint64_t most : {all - 1, all - all / 4, all / 2, all / 10}) {
          if (most <= 2 || most >= all) continue;
          const std::uint64_t met = states({.states_max = most}, threads, outbox_words, passes);
          CHECK(passes);
          CHECK(met > most);
          CHECK(met <= most + threads);
        }
      }
  }
}

// Seven rings of six places. `bad` is possible where all stand opposite to where they began, three steps away in either
// direction: of the 2^7 ways round and the orders of their steps the least is the one that takes all steps of the least
// event first.
TEST_CASE("behind wide levels, the way back finds the least of many shortest paths, for any number of threads") {
  constexpr int rings = 7;
  constexpr int places = 6;
  for (const unsigned threads : {1U, 3U, 8U}) {
    TermBuilder t;
    const EventId bad = t.event("bad");
    std::vector<EventId> allowed;
    std::vector<EventId> expected;
    std::vector<ProcessId> processes;
    for (int i = 0; i < rings; ++i) {
      const std::string number = std::to_string(i);
      const EventId first = t.event((i % 2 == 0 ? "up." : "down.") + number);
      const EventId second = t.event((i % 2 == 0 ? "down." : "up.") + number);
      allowed.insert(allowed.end(), {first, second});
      expected.insert(expected.end(), places / 2, first);
      const auto place = [number](int k) { return "R." + number + "." + std::to_string((k + places) % places); };
      for (int k = 0; k < places; ++k)
        t.define(place(k), [&t, place, k, first, second, bad] {
          std::vector<EventId> events{first, second};
          std::vector<ProcessId> after{t.call(place(k + 1)), t.call(place(k - 1))};
          if (k == places / 2) {
            events.insert(events.begin(), bad);
            after.insert(after.begin(), t.stop());
          }
          return t.menu(events, after);
        });
      processes.push_back(t.call(place(0)));
    }
    const ProcessId system = t.apply(Operator::parallel, processes, {bad});
    CompiledNetwork network(t.terms, t, system, nullptr);
    ReferenceSystem specification(t.terms, t, t.run(allowed));
    LazyLts rows(specification);
    Budget budget;
    NormalForm normal(rows, budget);
    const PackedQuestion question{network, &normal, Model::T, false, PackedQuestion::Reduction::sleep_sets};
    PackedSearch search(question, budget, threads);
    const auto ending = search.run(~std::uint64_t{0});
    REQUIRE(ending == PackedSearch::Ending::event_forbidden);
    const Trail trail = find_trail(search, question, ending, std::nullopt, budget);
    std::vector<EventId> path;
    for (const TrailStep& step : trail.path) path.push_back(step.event);
    CHECK(path == expected);
    REQUIRE(trail.forbidden);
    CHECK(trail.forbidden->event == bad);
  }
}
