// Local deadlocks against the definition, on the automata that a network is made of: plain products, and nothing of
// networks, rules or graphs of strongly connected components.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "checker/question.hpp"
#include "semantics/csp/reference_system.hpp"
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

Verdict answer(TermBuilder& t, ProcessId process, Prove prove) {
  ReferenceSystem system(t.terms, t, process);
  LazyLts rows(system);
  std::optional<CompiledNetwork> network;
  Question question{Property::deadlock_free, Model::F, &rows, nullptr, {}};
  question.local = true;
  question.network =
      NetworkImplementation{[&]() -> Network& { return network.emplace(t.terms, t, process, nullptr); },
                            [&](std::span<const LocalId> state) { return system.state(network->term(state)); }};
  Budget budget({.states_max = 100'000});
  Asking asking;
  asking.prove = prove;
  return check(question, budget, asking);
}

}  // namespace

TEST_CASE("random automata: somebody is blocked for ever where the definition says so") {
  std::mt19937 random(77);
  std::size_t holds = 0, proved = 0, local_only = 0;
  for (int round = 0; round < 1'500; ++round) {
    TermBuilder t;
    const Automata automata = random_automata(random);
    const ProcessId process = parallel_of(t, automata, round % 4 == 0);
    INFO("round " << round);
    const auto expected = Product(automata).nearest();
    const Verdict found = answer(t, process, Prove::search);
    REQUIRE(found.outcome == (expected ? Outcome::fails : Outcome::holds));
    const Verdict structural = answer(t, process, Prove::structural);
    if (structural.outcome != Outcome::inconclusive) CHECK(structural.outcome == found.outcome);
    proved += structural.outcome == Outcome::holds;
    holds += !expected;
    if (!expected) continue;
    REQUIRE(found.evidence.size() == 1);
    if (found.evidence[0].kind != EvidenceKind::blocked) continue;
    ++local_only;
    CHECK(found.evidence[0].path.size() == *expected);
    CHECK(found.evidence[0].components == automata.size());
  }
  INFO(holds << " hold, " << proved << " of them proved; " << local_only << " are only local");
  CHECK(holds > 300);
  CHECK(proved > 50);
  CHECK(local_only > 50);
}
