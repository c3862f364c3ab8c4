// Local deadlocks against the definition, on the automata that a network is made of: plain products, and nothing of
// networks, rules or graphs of strongly connected components.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/checker/deadlock_answers.hpp"
#include "tests/checker/random_automata.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

using State = std::vector<std::uint32_t>;

// All states, with the steps and who takes part.
class Product {
 public:
  explicit Product(const Automata& automata) : automata_(automata) {
    for (std::uint32_t c = 0; c < automata.size(); ++c)
      for (const auto& edges : automata[c].states)
        for (const Automaton::Edge& edge : edges) sharing_[edge.event].insert(c);
    std::vector<State> open{State(automata.size(), 0)};
    depth_[open[0]] = 0;
    for (std::size_t i = 0; i < open.size(); ++i)
      for (const auto& each : steps(open[i]))
        if (depth_.emplace(each.second, depth_[open[i]] + 1).second) open.push_back(each.second);
    states_ = open;
  }

  bool is_blocked(const State& state, std::uint32_t component) const {
    std::set<State> met{state};
    std::vector<State> open{state};
    for (std::size_t i = 0; i < open.size(); ++i)
      for (const auto& [event, target] : steps(State(open[i]))) {
        if (sharing_.at(event).contains(component)) return false;
        if (met.insert(target).second) open.push_back(target);
      }
    return true;
  }

  // Steps to the nearest state where somebody is blocked for ever; none: there is none.
  std::optional<std::size_t> nearest() const {
    for (const State& state : states_)
      for (std::uint32_t c = 0; c < automata_.size(); ++c)
        if (is_blocked(state, c)) return depth_.at(state);
    return std::nullopt;
  }

 private:
  std::vector<std::pair<std::uint32_t, State>> steps(const State& from) const {
    std::vector<std::pair<std::uint32_t, State>> all;
    for (const auto& [event, who] : sharing_) {
      std::vector<State> targets{from};
      for (const std::uint32_t c : who) {
        std::vector<State> next;
        for (const State& target : targets)
          for (const Automaton::Edge& edge : automata_[c].states[from[c]])
            if (edge.event == event) {
              next.push_back(target);
              next.back()[c] = edge.target;
            }
        targets = std::move(next);
      }
      for (State& target : targets) all.emplace_back(event, std::move(target));
    }
    return all;
  }

  const Automata& automata_;
  std::map<std::uint32_t, std::set<std::uint32_t>> sharing_;
  std::map<State, std::size_t> depth_;
  std::vector<State> states_;  // breadth first
};

Verdict answer(TermBuilder& t, ProcessId process, Prove prove, bool is_local = true) {
  Asking asking;
  asking.prove = prove;
  return deadlock_answer(t, process, Model::F, asking, is_local);
}

std::optional<std::string> refuted(const Certificate& certificate, TermBuilder& t, ProcessId process) {
  return csp::refuted(certificate, t, process, false);
}

// The certificate of what is proved is accepted, and says that nobody is blocked for ever.
void check_certificate(const Verdict& verdict, TermBuilder& t, ProcessId process) {
  if (verdict.outcome != Outcome::holds) return;
  REQUIRE(verdict.certificate);
  CHECK(verdict.certificate->local.has_value());
  CHECK(refuted(*verdict.certificate, t, process) == std::nullopt);
}

struct Tally {
  std::size_t holds = 0;
  std::size_t proved = 0;
  std::size_t local_only = 0;  // fail though there is no deadlock
};

Tally compare_with_definition(unsigned seed, int rounds) {
  std::mt19937 random(seed);
  Tally tally;
  for (int round = 0; round < rounds; ++round) {
    TermBuilder t;
    const Automata automata = random_automata(random);
    const ProcessId process = parallel_of(t, automata, round % 4 == 0);
    INFO("seed " << seed << ", round " << round);
    const auto expected = Product(automata).nearest();
    const Verdict found = answer(t, process, Prove::search);
    REQUIRE(found.outcome == (expected ? Outcome::fails : Outcome::holds));
    const Verdict structural = answer(t, process, Prove::structural);
    if (structural.outcome != Outcome::inconclusive) CHECK(structural.outcome == found.outcome);
    check_certificate(structural, t, process);
    tally.proved += structural.outcome == Outcome::holds;
    tally.holds += !expected;
    if (!expected) continue;
    REQUIRE(found.evidence.size() == 1);
    if (found.evidence[0].kind != EvidenceKind::blocked) continue;
    ++tally.local_only;
    CHECK(found.evidence[0].path.size() == *expected);
    CHECK(found.evidence[0].components == automata.size());
  }
  return tally;
}

}  // namespace

TEST_CASE("random automata: somebody is blocked for ever where the definition says so") {
  const Tally tally = compare_with_definition(77, 1'500);
  CHECK(tally.holds > 300);
  CHECK(tally.proved > tally.holds * 4 / 5);
  CHECK(tally.local_only > 50);
}

TEST_CASE("many more random automata: somebody is blocked for ever where the definition says so", "[.long]") {
  CHECK(compare_with_definition(79, 40'000).proved > 10'000);
}

TEST_CASE("random processes of all operators: nobody is blocked for ever where that is proved without enumeration") {
  std::mt19937 random(78);
  std::size_t proved = 0, fails = 0;
  for (int round = 0; round < 1'500; ++round) {
    TermBuilder t;
    const ProcessId whole = random_parallel(t, random);
    INFO("round " << round);
    const Verdict found = answer(t, whole, Prove::search);
    const Verdict structural = answer(t, whole, Prove::structural);
    fails += found.outcome == Outcome::fails;
    proved += structural.outcome == Outcome::holds;
    if (structural.outcome != Outcome::inconclusive && found.outcome != Outcome::inconclusive)
      CHECK(structural.outcome == found.outcome);
    check_certificate(structural, t, whole);
  }
  INFO(proved << " proved, " << fails << " fail");
  CHECK(proved > 100);
  CHECK(fails > 100);
}

TEST_CASE("no certificate is accepted that says of a network that nobody is blocked for ever where somebody is") {
  std::mt19937 random(83);
  std::size_t tried = 0;
  std::optional<Certificate> other;  // of another network
  for (int round = 0; round < 1'500; ++round) {
    TermBuilder t;
    const Automata automata = random_automata(random);
    const ProcessId process = parallel_of(t, automata, false);
    Verdict global = answer(t, process, Prove::structural, false);
    if (global.outcome != Outcome::holds) continue;
    REQUIRE(refuted(*global.certificate, t, process) == std::nullopt);
    if (!Product(automata).nearest()) {
      const Verdict local = answer(t, process, Prove::structural);
      if (local.outcome == Outcome::holds) other = local.certificate;
      continue;
    }
    ++tried;
    Certificate& certificate = *global.certificate;
    const auto places = static_cast<std::uint32_t>(certificate.places);
    if (other) {
      certificate.local = other->local;
      CHECK(refuted(certificate, t, process).has_value());
    }
    for (int attempts = 0; attempts < 4; ++attempts) {
      certificate.local.emplace();
      certificate.local->lemmas.emplace_back();
      certificate.local->traps.resize(random() % 3);
      for (auto& trap : certificate.local->traps)
        for (std::uint32_t p = 0; p < places; ++p)
          if (random() % 2 == 0) trap.push_back(p);
      CHECK(refuted(certificate, t, process).has_value());
    }
    for (int attempts = 0; attempts < 4; ++attempts) {
      certificate.local.emplace();
      Certificate::Rounds& rounds = certificate.local->rounds.emplace();
      rounds.round = 1 + random() % 20;
      for (std::uint32_t p = 0; p < places; ++p) rounds.ranks.push_back(static_cast<std::int64_t>(random() % 40));
      for (std::uint32_t p = 0; p < places; ++p)
        for (std::uint32_t q = 0; q < places; ++q)
          if (random() % 3 == 0) rounds.turns.insert(rounds.turns.end(), {p, q});
      CHECK(refuted(certificate, t, process).has_value());
    }
    certificate.local.emplace();
    certificate.local->order = certificate.deadlock.order.value_or(std::vector<std::uint32_t>{});
    CHECK(refuted(certificate, t, process).has_value());
    for (int attempts = 0; attempts < 4; ++attempts) {
      certificate.local->order.emplace();
      for (std::uint32_t p = 0; p < places; ++p) certificate.local->order->push_back(p);
      std::ranges::shuffle(*certificate.local->order, random);
      CHECK(refuted(certificate, t, process).has_value());
    }
  }
  CHECK(tried > 100);
}

TEST_CASE("of a proof that nobody is blocked for ever no part can be left out or changed") {
  std::mt19937 random(84);
  std::size_t with_traps = 0, with_lemmas = 0;
  for (int round = 0; round < 1'500; ++round) {
    TermBuilder t;
    const ProcessId process = parallel_of(t, random_automata(random), false);
    const Verdict verdict = answer(t, process, Prove::structural);
    if (verdict.outcome != Outcome::holds || verdict.certificate->local->order || verdict.certificate->local->rounds)
      continue;
    const Certificate& right = *verdict.certificate;
    Certificate wrong = right;
    wrong.local->lemmas = {{1'000}};
    CHECK(refuted(wrong, t, process) == "a lemma has an unknown variable");
    wrong = right;
    ++wrong.local->ladders.emplace_back().first_variable;
    CHECK(refuted(wrong, t, process) == "a ladder has other variables");
    if (right.local->lemmas.size() > 1) {
      ++with_lemmas;
      wrong = right;
      wrong.local->lemmas.pop_back();
      if (const auto complaint = refuted(wrong, t, process))  // the last but one may be a contradiction already
        CHECK(*complaint == "the lemmas end without a contradiction");
    }
    if (right.local->traps.empty()) continue;
    ++with_traps;
    wrong = right;
    wrong.local->traps.clear();
    CHECK(refuted(wrong, t, process).has_value());
    wrong = right;
    wrong.local->traps.front() = {1'000};
    CHECK(refuted(wrong, t, process) == "a trap has a place that there is not");
  }
  CHECK(with_traps > 2);
  CHECK(with_lemmas > 10);
}

TEST_CASE("nobody is blocked for ever in a ring where all go round, and not by other rounds or ranks") {
  TermBuilder t;
  const ProcessId ring = signal_ring(t, 6, false);
  const Verdict verdict = answer(t, ring, Prove::structural);
  REQUIRE(verdict.outcome == Outcome::holds);
  CHECK(verdict.argument.find("comes round again") != std::string::npos);
  const Certificate& right = *verdict.certificate;
  REQUIRE(right.local->rounds);
  CHECK(refuted(right, t, ring) == std::nullopt);
  Certificate wrong = right;
  wrong.local->rounds->turns.clear();
  CHECK(refuted(wrong, t, ring).has_value());
  wrong = right;
  wrong.local->rounds->round = 0;
  CHECK(refuted(wrong, t, ring).has_value());
  for (std::size_t p = 0; p < right.local->rounds->ranks.size(); ++p) {
    wrong = right;
    wrong.local->rounds->ranks[p] += 1'000;
    CHECK(refuted(wrong, t, ring).has_value());
  }
}

TEST_CASE("nobody is blocked for ever by an order, and not by another one") {
  std::mt19937 random(85);
  std::size_t met = 0, rejected = 0;
  for (int round = 0; round < 3'000 && met < 12; ++round) {
    TermBuilder t;
    const ProcessId process = parallel_of(t, random_automata(random), false);
    const Verdict verdict = answer(t, process, Prove::structural);
    if (verdict.outcome != Outcome::holds || !verdict.certificate->local->order) continue;
    const std::vector<std::uint32_t>& order = *verdict.certificate->local->order;
    if (order.size() < 2) continue;
    ++met;
    Certificate wrong = *verdict.certificate;
    wrong.local->order->pop_back();
    CHECK(refuted(wrong, t, process).has_value());
    wrong = *verdict.certificate;
    std::ranges::reverse(*wrong.local->order);
    rejected += refuted(wrong, t, process).has_value();
  }
  CHECK(met > 3);
  CHECK(rejected > 1);
}
