// Certificates: those that were tampered with are rejected, and none is ever accepted for a network that has a
// deadlock.
#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "checker/structural/certify.hpp"
#include "checker/structural/deadlock_proof.hpp"
#include "checker/structural/directed_search.hpp"
#include "checker/structural/unit_propagation.hpp"
#include "tests/checker/random_automata.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

// Stations 0 ... n-1 pass a token on, each after it has used it: a proof needs a trap.
ProcessId token_ring(TermBuilder& t, int n) {
  std::vector<ProcessId> stations;
  std::vector<TermBuilder::Events> alphabets;
  for (int i = 0; i < n; ++i) {
    const EventId get = t.event("pass." + std::to_string(i));
    const EventId put = t.event("pass." + std::to_string((i + 1) % n));
    const std::string idle = "IDLE" + std::to_string(i);
    const std::string holder = "HOLDER" + std::to_string(i);
    t.define(idle, [&t, get, holder] { return t.prefix(get, t.call(holder)); });
    t.define(holder, [&t, put, idle] { return t.prefix(put, t.call(idle)); });
    stations.push_back(t.call(i == 0 ? holder : idle));
    alphabets.push_back({get, put});
  }
  return t.alphabetised(stations, alphabets);
}

std::optional<std::string> refuted(const Certificate& certificate, TermBuilder& t, ProcessId process) {
  CompiledNetwork network(t.terms, t, process, nullptr);
  Budget budget;
  return refute_certificate(certificate, network, true, budget);
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

}  // namespace

TEST_CASE("a certificate is read back as it was written") {
  TermBuilder t;
  Certificate certificate = *certificate_for(t, token_ring(t, 12));
  certificate.assertion = "RING :[deadlock free]";
  certificate.model = "FD";
  certificate.deadlock.ladders.push_back({25, {0, 1}});
  certificate.deadlock.cuts.push_back({{3, -1, 4, 2}, {3, 4}});
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

TEST_CASE("a proof by what is counted is confirmed, and not by other weights") {
  std::mt19937 random(71);
  std::size_t met = 0;
  for (int round = 0; round < 20'000 && met < 2; ++round) {
    TermBuilder t;
    const ProcessId process = parallel_of(t, random_automata(random), false);
    const ProofAttempt attempt = attempt_at(t, process);
    if (!attempt.proof || attempt.proof->cuts.empty()) continue;
    const Certificate right = *certificate_for(t, process);
    ++met;
    CHECK(refuted(right, t, process) == std::nullopt);
    Certificate wrong = right;
    for (Certificate::Cut& cut : wrong.deadlock.cuts)
      for (std::size_t i = 1; i < cut.weights.size(); i += 2) cut.weights[i] = -cut.weights[i];
    CHECK(refuted(wrong, t, process).has_value());
    wrong = right;
    wrong.deadlock.cuts.front().weights.pop_back();
    CHECK(refuted(wrong, t, process) == "a place has no weight");
    wrong = right;
    wrong.deadlock.cuts.front().places.clear();
    CHECK(refuted(wrong, t, process) == "a deadlock may avoid a cut");
    wrong = right;
    wrong.deadlock.cuts.front().weights.front() = 1'000;
    CHECK(refuted(wrong, t, process) == "a weight is of a place that there is not");
  }
  CHECK(met > 0);
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
