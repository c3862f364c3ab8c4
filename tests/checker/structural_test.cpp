// Structural proofs of deadlock freedom against the search on the rules: whatever is answered without enumeration is
// what enumeration answers, and every certificate is confirmed.
#include <catch2/catch.hpp>

#include "checker/structural/place_net.hpp"
#include "semantics/csp/compiled_network.hpp"
#include "tests/checker/deadlock_answers.hpp"
#include "tests/checker/random_automata.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

// How often each outcome was met.
struct Tally {
  std::size_t holds = 0;
  std::size_t fails = 0;
  std::size_t undecided = 0;  // by the structural prover, of those the search decides
};

Verdict answer(TermBuilder& t, ProcessId process, Model model, Prove prove) {
  Asking asking;
  asking.prove = prove;
  asking.engine = prove == Prove::search ? Engine::system : Engine::automatic;
  return deadlock_answer(t, process, model, asking);
}

void compare(TermBuilder& t, ProcessId process, Model model, Tally& tally) {
  const Verdict expected = answer(t, process, model, Prove::search);
  const Verdict found = answer(t, process, model, Prove::structural);
  if (expected.outcome == Outcome::inconclusive) return;
  tally.undecided += found.outcome == Outcome::inconclusive;
  tally.holds += found.outcome == Outcome::holds;
  tally.fails += found.outcome == Outcome::fails;
  if (found.outcome == Outcome::inconclusive) return;
  CHECK(found.outcome == expected.outcome);
  CHECK(found.argument.empty() == (found.outcome == Outcome::fails));
  if (found.outcome != Outcome::holds) return;
  REQUIRE(found.certificate);
  CHECK(refuted(*found.certificate, t, process, sees_divergence(model)) == std::nullopt);
}

Tally compare_automata(unsigned seed, int rounds) {
  std::mt19937 random(seed);
  Tally tally;
  for (int round = 0; round < rounds; ++round) {
    TermBuilder t;
    const Automata automata = random_automata(random);
    INFO("seed " << seed << ", round " << round);
    compare(t, parallel_of(t, automata, round % 4 == 0), round % 2 == 0 ? Model::F : Model::FD, tally);
  }
  return tally;
}

}  // namespace

TEST_CASE("random automata: what is proved or refuted without enumeration is so") {
  const Tally tally = compare_automata(71, 6'000);
  CHECK(tally.holds > 4'000);
  CHECK(tally.fails > 800);
  CHECK(tally.undecided == 0);
}

TEST_CASE("random automata with priority: what is proved without it is so") {
  std::mt19937 random(74);
  Tally tally;
  for (int round = 0; round < 2'000; ++round) {
    TermBuilder t;
    const Automata automata = random_automata(random);
    const ProcessId whole = parallel_of(t, automata, round % 4 == 0);
    std::vector<TermBuilder::Events> order(2);
    for (const std::string e : {"e.0", "e.1", "e.2"})
      if (const auto choice = random() % 3; choice < 2) order[choice].push_back(t.event(e));
    INFO("round " << round);
    compare(t, t.prioritise(whole, order), round % 2 == 0 ? Model::F : Model::FD, tally);
  }
  CHECK(tally.holds > 1'000);
  CHECK(tally.fails == 0);
}

TEST_CASE("many more random automata", "[.long]") { CHECK(compare_automata(73, 200'000).undecided == 0); }

TEST_CASE("random processes of all operators: what is proved or refuted without enumeration is so") {
  std::mt19937 random(72);
  Tally tally;
  for (int round = 0; round < 2'000; ++round) {
    TermBuilder t;
    ProcessId whole = random_parallel(t, random);
    if (round % 4 == 1) whole = t.apply(Operator::interleave, {t.prefix(EventId{3}, whole), t.skip()});
    if (round % 4 == 2)
      whole = t.apply(Operator::interleave, {t.apply(Operator::sequential, {whole, whole}), t.skip()});
    const ProcessId after = t.prefix(EventId{2}, t.skip());
    if (round % 8 == 3)
      whole = t.apply(Operator::interleave, {t.apply(Operator::exception, {whole, after}, {EventId{3}}), t.skip()});
    if (round % 8 == 7) whole = t.apply(Operator::interleave, {t.apply(Operator::interrupt, {whole, after}), t.skip()});
    INFO("round " << round);
    compare(t, whole, round % 2 == 0 ? Model::F : Model::FD, tally);
  }
  CHECK(tally.holds > 500);
  CHECK(tally.fails > 700);
}

// Nothing diverges without being found out: what is hidden, alone or together, is what may go round.
TEST_CASE("random processes: what is proved free of divergence is so") {
  std::mt19937 random(75);
  std::size_t proved = 0;
  std::size_t divergent = 0;
  std::optional<Certificate> any;
  for (int round = 0; round < 3'000; ++round) {
    TermBuilder t;
    ProcessId whole = random_parallel(t, random);
    if (round % 2 == 0) whole = t.apply(Operator::hide, {whole}, {EventId{2}});
    if (round % 3 == 0) whole = t.apply(Operator::interleave, {t.apply(Operator::hide, {whole}, {EventId{3}}), whole});
    Asking by_search;
    by_search.engine = Engine::system;
    Asking by_structure;
    by_structure.prove = Prove::structural;
    const Verdict expected = divergence_answer(t, whole, by_search);
    const Verdict found = divergence_answer(t, whole, by_structure);
    INFO("round " << round);
    divergent += expected.outcome == Outcome::fails;
    if (found.certificate)
      any = found.certificate;
    else if (any && expected.outcome == Outcome::fails) {  // of another network, as if it were of this one
      CompiledNetwork network(t.terms, t, whole, nullptr);
      Budget budget;
      const auto net = PlaceNet::of(network, budget);
      any->components = net->components();
      any->places = net->places();
      any->rules = net->rules();
      CHECK(refuted(*any, t, whole, Claim::no_divergence) == "there may be a divergence");
    }
    if (found.outcome == Outcome::inconclusive) continue;
    REQUIRE(found.certificate);
    CHECK(refuted(*found.certificate, t, whole, Claim::no_divergence) == std::nullopt);
    CHECK(found.outcome == Outcome::holds);
    CHECK(expected.outcome != Outcome::fails);
    CHECK_FALSE(found.argument.empty());
    ++proved;
  }
  CHECK(proved > 500);
  CHECK(divergent > 100);
}
