// Certificates: those that were tampered with are rejected, and none is ever accepted for a network that has a
// deadlock.
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <sstream>

#include "checker/structural/deadlock_proof.hpp"
#include "checker/structural/directed_search.hpp"
#include "checker/structural/unit_propagation.hpp"
#include "tests/checker/deadlock_answers.hpp"
#include "tests/checker/random_automata.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

// Stations 0 ... n-1 pass a token on, each after it has used it, as often as it likes: a proof needs a trap.
ProcessId token_ring(TermBuilder& t, int n) {
  std::vector<ProcessId> stations;
  std::vector<TermBuilder::Events> alphabets;
  for (int i = 0; i < n; ++i) {
    const EventId get = t.event("pass." + std::to_string(i));
    const EventId put = t.event("pass." + std::to_string((i + 1) % n));
    const EventId use = t.event("use." + std::to_string(i));
    const std::string idle = "IDLE" + std::to_string(i);
    const std::string holder = "HOLDER" + std::to_string(i);
    t.define(idle, [&t, get, holder] { return t.prefix(get, t.call(holder)); });
    t.define(holder, [&t, put, use, idle, holder] {
      return t.apply(Operator::external_choice, {t.prefix(use, t.call(holder)), t.prefix(put, t.call(idle))});
    });
    stations.push_back(t.call(i == 0 ? holder : idle));
    alphabets.push_back({get, put, use});
  }
  return t.alphabetised(stations, alphabets);
}

std::optional<std::string> refuted(const Certificate& certificate, TermBuilder& t, ProcessId process) {
  return csp::refuted(certificate, t, process, true);
}

ProofAttempt attempt_at(TermBuilder& t, ProcessId process) {
  CompiledNetwork network(t.terms, t, process, nullptr);
  Budget budget;
  return prove_deadlock_free(*PlaceNet::of(network, budget), budget);
}

std::optional<Certificate> certificate_for(TermBuilder& t, ProcessId process) {
  CompiledNetwork network(t.terms, t, process, nullptr);
  Budget budget;
  const auto net = PlaceNet::of(network, budget);
  const ProofAttempt attempt = prove_deadlock_free(*net, budget);
  if (!attempt.proof) return std::nullopt;
  return certificate_of(*attempt.proof, *net, budget);
}

std::optional<std::vector<Certificate>> read(const std::string& text, std::string& error) {
  std::istringstream in(text);
  return read_certificates(in, error);
}

// Of random networks with proofs that are wanted, so many at most and at least one: confirms the certificate, and has
// it looked at.
template <class IsWanted, class Look>
void for_random_proofs(unsigned seed, std::size_t most, const IsWanted& is_wanted, const Look& look) {
  std::mt19937 random(seed);
  std::size_t met = 0;
  for (int round = 0; round < 20'000 && met < most; ++round) {
    TermBuilder t;
    const ProcessId process = parallel_of(t, random_automata(random), false);
    const ProofAttempt attempt = attempt_at(t, process);
    if (!attempt.proof || !is_wanted(*attempt.proof)) continue;
    const Certificate right = *certificate_for(t, process);
    ++met;
    CHECK(refuted(right, t, process) == std::nullopt);
    look(t, process, right);
  }
  CHECK(met > 0);
}

}  // namespace

TEST_CASE("a certificate is read back as it was written") {
  TermBuilder t;
  Certificate certificate = *certificate_for(t, token_ring(t, 12));
  certificate.assertion = "RING :[deadlock free]";
  certificate.model = "FD";
  certificate.deadlock.ladders.push_back({25, {0, 1}});
  certificate.deadlock.sums.push_back({{3, -1, 4, 2}, {{3, 4}, {4}}});
  certificate.deadlock.tuples.push_back({{0, 2, 5}, {1, 4}});
  certificate.deadlock.tuples.push_back({{0, 2, 5}, {}});
  std::string error;
  const auto again = read(text_of(certificate) + text_of(certificate), error);
  REQUIRE(again);
  REQUIRE(again->size() == 2);
  CHECK(text_of(again->back()) == text_of(certificate));
}

TEST_CASE("what is not a certificate is refused with its line") {
  std::string error;
  CHECK_FALSE(read("", error));
  CHECK(error == "there is no certificate in it");
  CHECK_FALSE(read("tryst certificate 1\nmodel FD\n", error));
  CHECK(error == "the last certificate has no end");
  CHECK_FALSE(read("tryst certificate 1\ntrap 1 x\nend\n", error));
  CHECK(error == "line 2 is not a line of a certificate");
  CHECK_FALSE(read("tryst certificate 1\ntuple 3 0 1\nend\n", error));
  CHECK(error == "line 2 is not a line of a certificate");
  CHECK_FALSE(read("trap 1\n", error));
  CHECK(error == "line 1 is not a line of a certificate");
}

TEST_CASE("a proof by traps is confirmed, and none of its parts can be left out") {
  TermBuilder t;
  const ProcessId ring = token_ring(t, 12);
  const Certificate right = *certificate_for(t, ring);
  CHECK(refuted(right, t, ring) == std::nullopt);
  REQUIRE_FALSE(right.deadlock.traps.empty());

  Certificate wrong = right;
  wrong.deadlock.traps.clear();
  CHECK(refuted(wrong, t, ring) == "a lemma does not follow");
  wrong = right;
  wrong.deadlock.traps.front().erase(wrong.deadlock.traps.front().begin());
  CHECK(refuted(wrong, t, ring).has_value());
  wrong = right;
  wrong.deadlock.traps.front() = {1};
  CHECK(refuted(wrong, t, ring) == "a trap has no initial place");
  wrong.deadlock.traps.front() = {1000};
  CHECK(refuted(wrong, t, ring) == "a trap has a place that there is not");
  wrong = right;
  wrong.deadlock.lemmas = {{1000}};
  CHECK(refuted(wrong, t, ring) == "a lemma has an unknown variable");
  wrong = right;
  ++wrong.places;
  CHECK(refuted(wrong, t, ring) == "it is about a network of another size");
  CHECK(refuted(right, t, token_ring(t, 13)) == "it is about a network of another size");
}

TEST_CASE("a proof by rounds is confirmed, and not by other rounds or ranks") {
  TermBuilder t;
  const ProcessId ring = signal_ring(t, 6, false);
  const Certificate right = *certificate_for(t, ring);
  REQUIRE(right.deadlock.rounds);
  CHECK(refuted(right, t, ring) == std::nullopt);

  Certificate wrong = right;
  wrong.deadlock.rounds->turns.clear();  // then nobody is ever a round ahead
  CHECK(refuted(wrong, t, ring).has_value());
  wrong = right;
  wrong.deadlock.rounds->turns.pop_back();
  CHECK(refuted(wrong, t, ring) == "a round is not given by pairs of places and a rank for each place");
  wrong = right;
  wrong.deadlock.rounds->ranks.pop_back();
  CHECK(refuted(wrong, t, ring) == "a round is not given by pairs of places and a rank for each place");
  wrong = right;
  wrong.deadlock.rounds->turns.resize(wrong.deadlock.rounds->turns.size() - 2);
  CHECK(refuted(wrong, t, ring) == "two components can be too many rounds apart");
  wrong = right;
  wrong.deadlock.rounds->round = 0;
  CHECK(refuted(wrong, t, ring).has_value());
  wrong.deadlock.rounds->round = -1;
  CHECK(refuted(wrong, t, ring) == "a round counts too much, or too little");
  wrong.deadlock.rounds->round = std::int64_t{1} << 60;
  CHECK(refuted(wrong, t, ring) == "a round counts too much, or too little");
  wrong = right;
  wrong.deadlock.rounds->ranks.front() = std::int64_t{1} << 61;
  CHECK(refuted(wrong, t, ring) == "a rank is too large");
  for (std::size_t p = 0; p < right.deadlock.rounds->ranks.size(); ++p) {
    wrong = right;
    wrong.deadlock.rounds->ranks[p] += 1'000;
    CHECK(refuted(wrong, t, ring).has_value());
  }
}

TEST_CASE("a proof by the order of waiting is confirmed, and not by another order") {
  const auto is_wanted = [](const DeadlockProof& proof) { return proof.order.size() > 2; };
  std::size_t rejected = 0;
  for_random_proofs(72, 20, is_wanted, [&](TermBuilder& t, ProcessId process, const Certificate& right) {
    const std::vector<std::uint32_t>& order = *right.deadlock.order;
    Certificate wrong = right;
    wrong.deadlock.order->push_back(order.front());
    CHECK(refuted(wrong, t, process) == "place " + std::to_string(order.front()) + " occurs twice in the order");
    for (std::size_t i = 0; i < order.size(); ++i) {
      wrong = right;
      wrong.deadlock.order->erase(wrong.deadlock.order->begin() + static_cast<std::ptrdiff_t>(i));
      CHECK(refuted(wrong, t, process).has_value());
    }
    wrong = right;
    std::ranges::reverse(*wrong.deadlock.order);
    rejected += refuted(wrong, t, process).has_value();  // unless nobody waits for anybody
  });
  CHECK(rejected > 5);
}

TEST_CASE("who waits for each other all round does not wait for somebody behind") {
  TermBuilder t;
  CHECK_FALSE(attempt_at(t, signal_ring(t, 6, true)).proof);
}

TEST_CASE("a proof by what is counted is confirmed, and not by other weights") {
  const auto is_wanted = [](const DeadlockProof& proof) { return !proof.sums.empty(); };
  for_random_proofs(71, 2, is_wanted, [](TermBuilder& t, ProcessId process, const Certificate& right) {
    Certificate wrong = right;
    for (Certificate::Sum& sum : wrong.deadlock.sums)
      for (std::size_t i = 1; i < sum.weights.size(); i += 2) sum.weights[i] = -sum.weights[i];
    CHECK(refuted(wrong, t, process).has_value());
    wrong = right;
    wrong.deadlock.sums.front().weights.pop_back();
    CHECK(refuted(wrong, t, process) == "a place has no weight");
    wrong = right;
    wrong.deadlock.sums.front().cuts.front().clear();
    CHECK(refuted(wrong, t, process) == "a deadlock may avoid a cut");
    wrong = right;
    wrong.deadlock.sums.front().weights.front() = 1'000;
    CHECK(refuted(wrong, t, process) == "a weight is of a place that there is not");
  });
}

TEST_CASE("a proof by what a few components can reach together is confirmed, and not by other places") {
  const auto is_wanted = [](const DeadlockProof& proof) { return !proof.tuples.empty(); };
  for_random_proofs(77, 4, is_wanted, [](TermBuilder& t, ProcessId process, const Certificate& right) {
    Certificate wrong = right;
    wrong.deadlock.tuples.clear();
    CHECK(refuted(wrong, t, process).has_value());
    for (std::size_t i = 0; i < right.deadlock.tuples.size(); ++i) {
      wrong = right;
      auto& tuple = wrong.deadlock.tuples[i];
      tuple.components.push_back(tuple.components.front());
      CHECK(refuted(wrong, t, process) == "a tuple has no components, one twice, or one that there is not");
      tuple.components = {1'000};
      CHECK(refuted(wrong, t, process) == "a tuple has no components, one twice, or one that there is not");
      wrong = right;
      tuple.places.push_back(1'000);
      CHECK(refuted(wrong, t, process) == "a tuple has a place of none of its components");
      for (std::size_t k = 0; k < right.deadlock.tuples[i].places.size(); ++k) {
        wrong = right;
        tuple.places.erase(tuple.places.begin() + static_cast<std::ptrdiff_t>(k));
        CHECK(refuted(wrong, t, process) == "the components of a tuple can be where none of its places is occupied");
      }
    }
  });
}

TEST_CASE("whatever candidate is excluded by a few components, deadlocks are not") {
  std::mt19937 random(78);
  std::size_t excluded = 0;
  for (int round = 0; round < 2'000; ++round) {
    TermBuilder t;
    const ProcessId process = parallel_of(t, random_automata(random), false);
    CompiledNetwork network(t.terms, t, process, nullptr);
    Budget budget;
    const auto net = PlaceNet::of(network, budget);
    std::vector<std::uint32_t> all(net->components());
    std::iota(all.begin(), all.end(), 0U);
    std::size_t states = 0;
    const auto deadlocks = stuck_together(*net, all, 100'000, states, budget);
    REQUIRE(deadlocks);
    std::vector<PlaceId> candidate;
    for (const std::uint32_t c : all)
      candidate.push_back(net->place(c, LocalId{static_cast<std::uint32_t>(random() % net->places_of(c))}));
    Tuples tuples(*net);
    for (const TupleCut& cut : tuples.find(candidate, budget)) {
      ++excluded;
      const auto is_in_cut = [&](PlaceId p) { return std::ranges::binary_search(cut.places, p); };
      CHECK(std::ranges::none_of(candidate, is_in_cut));
      for (std::size_t i = 0; i < deadlocks->size(); i += all.size())
        CHECK(std::any_of(deadlocks->begin() + static_cast<std::ptrdiff_t>(i),
                          deadlocks->begin() + static_cast<std::ptrdiff_t>(i + all.size()), is_in_cut));
    }
  }
  CHECK(excluded > 1'000);
}

TEST_CASE("a tuple that is too much to explore excludes nothing") {
  TermBuilder t;
  CompiledNetwork network(t.terms, t, token_ring(t, 12), nullptr);
  Budget budget;
  const auto net = PlaceNet::of(network, budget);
  std::vector<std::uint32_t> all(net->components());
  std::iota(all.begin(), all.end(), 0U);
  std::size_t states = 0;
  CHECK(stuck_together(*net, all, 12, states, budget) == std::vector<PlaceId>{});
  CHECK(states == 12);
  CHECK_FALSE(stuck_together(*net, all, 11, states, budget));
  std::vector<PlaceId> idle;  // nobody has the token, which only all of them together know to be impossible
  for (const std::uint32_t c : all) idle.push_back(net->place(c, LocalId{c == 0 ? 1U : 0U}));
  CHECK(Tuples(*net).find(idle, budget).empty());
  CHECK_FALSE(Tuples(*net, {.components_max = 12}).find(idle, budget).empty());
  CHECK(Tuples(*net, {.components_max = 12, .states_max = 11}).find(idle, budget).empty());
  CHECK(Tuples(*net, {.components_max = 12, .states_of_all_max = 20}).find(idle, budget).empty());
  CHECK(Tuples(*net, {.components_max = 12, .cuts_max = 0}).find(idle, budget).empty());
}

TEST_CASE("no certificate is accepted for a network with a deadlock") {
  std::mt19937 random(81);
  std::size_t tried = 0;
  for (int round = 0; round < 3'000; ++round) {
    TermBuilder t;
    const ProcessId process = parallel_of(t, random_automata(random), false);
    CompiledNetwork network(t.terms, t, process, nullptr);
    Budget budget;
    const auto net = PlaceNet::of(network, budget);
    const ProofAttempt attempt = prove_deadlock_free(*net, budget);
    if (attempt.proof || !find_deadlock(*net, attempt.candidate, budget)) continue;
    ++tried;
    Certificate certificate;
    certificate.components = net->components();
    certificate.places = net->places();
    certificate.rules = net->rules();
    certificate.deadlock.lemmas.emplace_back();
    for (int attempts = 0; attempts < 4; ++attempts) {
      certificate.deadlock.traps.resize(random() % 3);
      for (auto& trap : certificate.deadlock.traps) {
        trap.clear();
        for (std::uint32_t p = 0; p < net->places(); ++p)
          if (random() % 2 == 0) trap.push_back(p);
      }
      CHECK(refuted(certificate, t, process).has_value());
    }
    certificate.deadlock.traps.clear();
    for (int attempts = 0; attempts < 4; ++attempts) {
      certificate.deadlock.tuples.assign(1 + random() % 2, {});
      for (auto& tuple : certificate.deadlock.tuples) {
        for (std::uint32_t c = 0; c < net->components(); ++c)
          if (random() % 4 != 0) tuple.components.push_back(c);
        for (std::uint32_t p = 0; p < net->places(); ++p)
          if (random() % 2 == 0) tuple.places.push_back(p);
      }
      CHECK(refuted(certificate, t, process).has_value());
    }
    certificate.deadlock.tuples.clear();
    for (int attempts = 0; attempts < 4; ++attempts) {
      Certificate::Rounds& rounds = certificate.deadlock.rounds.emplace();
      rounds.round = 1 + random() % 20;
      for (std::uint32_t p = 0; p < net->places(); ++p)
        rounds.ranks.push_back(static_cast<std::int64_t>(random() % 40));
      for (std::uint32_t p = 0; p < net->places(); ++p)
        for (std::uint32_t q = 0; q < net->places(); ++q)
          if (random() % 3 == 0) rounds.turns.insert(rounds.turns.end(), {p, q});
      CHECK(refuted(certificate, t, process).has_value());
    }
    certificate.deadlock.rounds.reset();
    certificate.deadlock.order.emplace();
    for (std::uint32_t p = 0; p < net->places(); ++p) certificate.deadlock.order->push_back(p);
    for (int attempts = 0; attempts < 4; ++attempts) {
      std::ranges::shuffle(*certificate.deadlock.order, random);
      CHECK(refuted(certificate, t, process).has_value());
    }
  }
  CHECK(tried > 400);
}

TEST_CASE("random clauses: what follows by unit propagation follows, and a contradiction is one") {
  std::mt19937 random(82);
  constexpr int variables = 6;
  for (int round = 0; round < 20'000; ++round) {
    std::vector<std::vector<int>> clauses(3 + random() % 16);
    UnitPropagation propagation(variables);
    for (auto& clause : clauses) {
      for (std::size_t i = 0; i < 1 + random() % 3; ++i) {
        const int variable = 1 + static_cast<int>(random() % variables);
        clause.push_back(random() % 2 == 0 ? variable : -variable);
      }
      propagation.add(clause);
    }
    const auto is_true = [](int literal, unsigned model) {
      return ((model >> std::abs(literal) & 1) != 0) == (literal > 0);
    };
    const auto satisfies = [&](unsigned model, const std::vector<int>& clause) {
      return std::ranges::any_of(clause, [&](int literal) { return is_true(literal, model); });
    };
    const std::vector<int> goal{1, -2};
    bool has_model = false;
    bool implied = true;
    for (unsigned model = 0; model < 2U << variables; model += 2) {
      if (!std::ranges::all_of(clauses, [&](const auto& clause) { return satisfies(model, clause); })) continue;
      has_model = true;
      implied = implied && satisfies(model, goal);
    }
    if (propagation.is_contradictory()) CHECK_FALSE(has_model);
    if (propagation.follows(goal)) CHECK(implied);
    if (propagation.follows(goal)) CHECK(implied);  // nothing is left over from the question before
  }
}
