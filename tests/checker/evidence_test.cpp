// What a failure looks like: kinds, contents, order, several counterexamples, limits, and evidence that is not true.
#include <catch2/catch.hpp>

#include "checker/ensure.hpp"
#include "checker/replay.hpp"
#include "checker/trace_search.hpp"
#include "tests/checker/ask.hpp"
#include "tests/checker/naive.hpp"

using namespace tryst;

namespace {

constexpr EventId a{2}, b{3}, c{4};

StateId at(std::uint32_t s) { return static_cast<StateId>(s); }

Lts system(std::uint32_t states, std::vector<Lts::Edge> edges) {
  return Lts(states, at(0), std::move(edges), naive::letters(3));
}

const Lts a_or_b = system(2, {{at(0), a, at(1)}, {at(0), b, at(1)}});    // a -> STOP [] b -> STOP
const Lts a_then_b = system(3, {{at(0), a, at(1)}, {at(1), b, at(2)}});  // a -> b -> STOP
const Lts choice = system(4, {{at(0), tau, at(1)}, {at(0), tau, at(2)}, {at(1), a, at(3)}, {at(2), b, at(3)}});  // |~|

}  // namespace

TEST_CASE("a forbidden event is shown with what the specification could do instead") {
  const Verdict verdict = ask_refinement(a_or_b, a_then_b, Model::T);
  REQUIRE(verdict.outcome == Outcome::fails);
  const Evidence& evidence = verdict.evidence.front();
  CHECK(evidence.kind == EvidenceKind::trace);
  CHECK(visible_trace(evidence.path) == std::vector{a, b});
  CHECK(evidence.spec_events.empty());
  CHECK(verdict.model == "T");
  const Verdict other = ask_refinement(a_then_b, a_or_b, Model::T);
  REQUIRE(other.outcome == Outcome::fails);
  CHECK(visible_trace(other.evidence.front().path) == std::vector{b});
  CHECK(other.evidence.front().spec_events == std::vector{a});
}

TEST_CASE("a refusal is shown with what is offered and what the specification accepts") {
  CHECK(refines(a_or_b, choice, Model::T));
  const Verdict verdict = ask_refinement(a_or_b, choice, Model::F);
  REQUIRE(verdict.outcome == Outcome::fails);
  const Evidence& evidence = verdict.evidence.front();
  CHECK(evidence.kind == EvidenceKind::refusal);
  CHECK(evidence.path.size() == 1);
  CHECK(evidence.path.front().target == at(1));
  CHECK(evidence.accepted == std::vector{a});
  CHECK(evidence.refused == std::vector{b});
  CHECK(evidence.spec_acceptances == std::vector<std::vector<EventId>>{{a, b}});
  CHECK(refines(choice, a_or_b, Model::FD));
}

TEST_CASE("a divergence is shown with its shortest loop") {
  // 0 -a-> 1 -τ-> 2 -τ-> 1, and 2 -τ-> 3
  const Lts diverging = system(4, {{at(0), a, at(1)}, {at(1), tau, at(2)}, {at(2), tau, at(1)}, {at(2), tau, at(3)}});
  const Lts a_then_stop = system(2, {{at(0), a, at(1)}});
  CHECK(refines(a_then_stop, diverging, Model::F));
  const Verdict verdict = ask_refinement(a_then_stop, diverging, Model::FD);
  REQUIRE(verdict.outcome == Outcome::fails);
  const Evidence& evidence = verdict.evidence.front();
  CHECK(evidence.kind == EvidenceKind::divergence);
  CHECK(evidence.path.size() == 1);
  CHECK(evidence.loop.size() == 2);
  CHECK(evidence.loop.back().target == evidence.path.back().target);
}

TEST_CASE("revivals tell apart what failures cannot") {
  // (a -> STOP |~| STOP) and (a -> STOP [> STOP) have the same failures; only the first refuses b and then does a.
  const Lts stable_a = system(3, {{at(0), tau, at(1)}, {at(0), tau, at(2)}, {at(1), a, at(2)}});
  const Lts unstable_a = system(2, {{at(0), tau, at(1)}, {at(0), a, at(1)}});
  for (const Model m : {Model::T, Model::F, Model::FD}) {
    CHECK(refines(unstable_a, stable_a, m));
    CHECK(refines(stable_a, unstable_a, m));
  }
  CHECK(refines(stable_a, unstable_a, Model::V));
  const Verdict verdict = ask_refinement(unstable_a, stable_a, Model::V);
  REQUIRE(verdict.outcome == Outcome::fails);
  CHECK(verdict.evidence.front().kind == EvidenceKind::revival);
  CHECK(verdict.evidence.front().accepted == std::vector{a});
}

TEST_CASE("refusal testing tells apart what revivals cannot") {
  // After refusing b the implementation does a and then c; the specification does c only where it offered b as well.
  const Lts spec = system(8, {{at(0), tau, at(1)},
                              {at(0), tau, at(2)},
                              {at(1), a, at(3)},
                              {at(1), b, at(7)},
                              {at(3), c, at(7)},
                              {at(2), a, at(4)},
                              {at(4), b, at(7)}});
  const Lts impl = system(8, {{at(0), tau, at(1)},
                              {at(0), tau, at(2)},
                              {at(1), a, at(3)},
                              {at(1), b, at(7)},
                              {at(3), b, at(7)},
                              {at(2), a, at(4)},
                              {at(4), c, at(7)}});
  CHECK(refines(spec, impl, Model::V));
  const Verdict verdict = ask_refinement(spec, impl, Model::R);
  REQUIRE(verdict.outcome == Outcome::fails);
  const Evidence& evidence = verdict.evidence.front();
  CHECK(evidence.kind == EvidenceKind::refusal_trace);
  REQUIRE(evidence.refusals.size() == visible_trace(evidence.path).size() + 1);
  CHECK(evidence.refusals.front() == std::vector{b});
}

TEST_CASE("several counterexamples differ, the shortest first") {
  std::vector<Lts::Edge> edges;
  for (std::uint32_t s = 0; s < 6; ++s) {
    edges.push_back({at(s), a, at(s + 1)});
    edges.push_back({at(s), b, at(s + 1)});
  }
  const Lts impl = system(7, edges);
  const Lts only_a = system(1, {{at(0), a, at(0)}});
  const Verdict verdict = ask_refinement(only_a, impl, Model::F, 4);
  REQUIRE(verdict.evidence.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto trace = visible_trace(verdict.evidence[i].path);
    REQUIRE(trace.size() == i + 1);
    CHECK(trace.back() == b);
  }
  CHECK(ask_refinement(only_a, impl, Model::F, 100).evidence.size() == 7);  // and the refusal of a in the last state
}

TEST_CASE("a limit makes the answer inconclusive, an interrupt passes through") {
  std::vector<Lts::Edge> edges;
  for (std::uint32_t s = 0; s < 5000; ++s) edges.push_back({at(s), a, at((s + 1) % 5000)});
  const Lts ring = system(5000, edges);
  LazyLts lazy(ring);
  const Question question{Property::deadlock_free, Model::FD, &lazy, nullptr, {}};
  Budget enough({.seconds_max = 0, .states_max = 5000, .memory_bytes_max = 0});
  CHECK(check(question, enough).outcome == Outcome::holds);
  Budget small({.seconds_max = 0, .states_max = 4999, .memory_bytes_max = 0});
  const Verdict verdict = check(question, small);
  CHECK(verdict.outcome == Outcome::inconclusive);
  CHECK(verdict.reason == "the limit of 4999 states was reached");
  Budget::interrupted = true;
  Budget budget;
  CHECK_THROWS_AS(check(question, budget), LimitReached);
  Budget::interrupted = false;
}

TEST_CASE("evidence that is not true does not get past the replay") {
  EventNames names;
  SharedEvents left(a_or_b, names);
  SharedEvents right(choice, names);
  LazyLts lazy_left(left);
  LazyLts lazy_right(right);
  Budget budget;
  const Question question{Property::refinement, Model::F, &lazy_right, &lazy_left, {}};
  const Evidence good = check(question, budget).evidence.front();
  CHECK_NOTHROW(replay(question, good, budget));
  const auto refuted = [&](auto mutate) {
    Evidence evidence = good;
    mutate(evidence);
    CHECK_THROWS_AS(replay(question, evidence, budget), InternalError);
  };
  refuted([](Evidence& e) { e.path.front().event = a; });
  refuted([](Evidence& e) { e.path.front().target = at(3); });
  refuted([](Evidence& e) { e.path.clear(); });
  refuted([](Evidence& e) { e.refused = {a}; });
  refuted([](Evidence& e) { e.refused.clear(); });
  refuted([](Evidence& e) { e.kind = EvidenceKind::trace; });
  refuted([](Evidence& e) { e.kind = EvidenceKind::divergence; });
  refuted([](Evidence& e) { e.kind = EvidenceKind::deadlock; });
  refuted([](Evidence& e) { e.kind = EvidenceKind::nondeterminism; });
  refuted([](Evidence& e) { e.kind = EvidenceKind::revival; });
  refuted([](Evidence& e) { e.kind = EvidenceKind::refusal_trace; });
  refuted([](Evidence& e) {
    e.kind = EvidenceKind::has_trace;
    e.path = {{tau, at(1)}, {a, at(3)}};
  });
}
