// Evidence that is not true must never be printed: each piece of it, changed in any way, fails its replay.
#include "cli/replay.hpp"

#include "checker/ensure.hpp"
#include "checker/question.hpp"
#include "tests/semantics/script_fixture.hpp"

namespace tryst::cli {

namespace {

// A question about a script, answered with `fails`, and its evidence.
class Asked {
 public:
  Asked(const std::string& script, Property property, Model model, const std::string& implementation,
        const std::string& specification = "")
      : fixture_(script),
        terms_(fixture_.evaluator().terms()),
        initial_(fixture_.evaluator().process(fixture_.expression(implementation))),
        system_(terms_, fixture_.evaluator(), initial_) {
    LazyLts rows(system_);
    Question question{property, model, &rows, nullptr, {}};
    std::optional<csp::ReferenceSystem> other;
    std::optional<LazyLts> other_rows;
    if (!specification.empty()) {
      const csp::ProcessId term = fixture_.evaluator().process(fixture_.expression(specification));
      question.specification = &other_rows.emplace(other.emplace(terms_, fixture_.evaluator(), term));
    }
    Budget budget;
    const Verdict verdict = check(question, budget);
    REQUIRE(verdict.outcome == Outcome::fails);
    evidence = verdict.evidence.front();
  }

  Replayed replayed() { return replay(evidence, system_, terms_, fixture_.evaluator(), initial_); }
  EventId event(std::string_view name) { return *terms_.events().find(name); }

  Evidence evidence;

 private:
  csp::ScriptFixture fixture_;
  csp::Terms& terms_;
  csp::ProcessId initial_;
  csp::ReferenceSystem system_;
};

const std::string script = R"(
channel a, b, c, d
SPEC = a -> b -> SPEC
WRONG = a -> b -> c -> STOP
REFUSING = a -> (b -> REFUSING |~| STOP)
SPINNING = a -> (SPIN \ {c, d})
SPIN = c -> d -> SPIN
CHOOSER = a -> (b -> CHOOSER |~| c -> CHOOSER)
)";

}  // namespace

TEST_CASE("true evidence replays, with who did what") {
  Asked asked(script, Property::refinement, Model::T, "WRONG ||| STOP", "SPEC");
  const Replayed replayed = asked.replayed();
  CHECK(replayed.components.size() == 2);
  REQUIRE(replayed.path.size() == 3);
  REQUIRE(replayed.path[2].components.size() == 1);
  CHECK(replayed.path[2].components[0].component == 0);
  CHECK(replayed.path[2].components[0].event == asked.event("c"));
}

TEST_CASE("a changed event, a changed target and a missing step do not replay") {
  Asked asked(script, Property::refinement, Model::T, "WRONG", "SPEC");
  const Evidence good = asked.evidence;
  for (std::size_t i = 0; i < good.path.size(); ++i) {
    for (const EventId event : {asked.event("d"), tau, tick}) {
      asked.evidence = good;
      asked.evidence.path[i].event = event;
      CHECK_THROWS_AS(asked.replayed(), InternalError);
    }
    asked.evidence = good;
    asked.evidence.path[i].target = StateId{0};
    CHECK_THROWS_AS(asked.replayed(), InternalError);
  }
  asked.evidence = good;
  asked.evidence.path.erase(asked.evidence.path.begin());
  CHECK_THROWS_AS(asked.replayed(), InternalError);
}

TEST_CASE("a refusal of what is offered, and one of an unstable state, do not replay") {
  Asked asked(script, Property::refinement, Model::F, "REFUSING", "SPEC");
  const Evidence good = asked.evidence;
  CHECK_NOTHROW(asked.replayed());
  asked.evidence.path.pop_back();  // the τ that chooses STOP
  CHECK_THROWS_AS(asked.replayed(), InternalError);
  asked.evidence.path.clear();
  asked.evidence.refused = {asked.event("a")};
  CHECK_THROWS_AS(asked.replayed(), InternalError);
}

TEST_CASE("a cycle that does not close, or shows an event, or is none, does not replay") {
  Asked asked(script, Property::divergence_free, Model::FD, "SPINNING");
  const Evidence good = asked.evidence;
  REQUIRE(good.loop.size() == 2);
  CHECK_NOTHROW(asked.replayed());
  asked.evidence.loop.pop_back();
  CHECK_THROWS_AS(asked.replayed(), InternalError);
  asked.evidence.loop.clear();
  CHECK_THROWS_AS(asked.replayed(), InternalError);
  asked.evidence = good;
  asked.evidence.loop[0].event = asked.event("a");
  CHECK_THROWS_AS(asked.replayed(), InternalError);
}

TEST_CASE("a deadlock where something is possible, or after the end, does not replay") {
  Asked asked(script, Property::deadlock_free, Model::F, "WRONG");
  CHECK_NOTHROW(asked.replayed());
  asked.evidence.path.pop_back();
  CHECK_THROWS_AS(asked.replayed(), InternalError);
  Asked ended(script, Property::refinement, Model::T, "SKIP", "STOP");
  ended.evidence.kind = EvidenceKind::deadlock;
  CHECK_THROWS_AS(ended.replayed(), InternalError);
}

TEST_CASE("nondeterminism whose second run does not refuse does not replay") {
  Asked asked(script, Property::deterministic, Model::F, "CHOOSER");
  CHECK_NOTHROW(asked.replayed());
  asked.evidence.other_path.pop_back();
  CHECK_THROWS_AS(asked.replayed(), InternalError);
}

}  // namespace tryst::cli
