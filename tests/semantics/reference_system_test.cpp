// States, names, errors and evidence of the reference engine.
#include <algorithm>
#include <catch2/catch.hpp>

#include "semantics/script_error.hpp"
#include "tests/semantics/small_graph.hpp"
#include "tests/semantics/term_builder.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

// The error of exploring a process; its code is empty if there is none.
Diagnostic error_of(TermBuilder& t, ProcessId p, std::size_t states_max = 100) {
  ReferenceSystem system(t.terms, t, p);
  try {
    explore(system, states_max);
  } catch (const ScriptError& error) {
    return error.diagnostic;
  }
  return {};
}

SmallGraph graph_of(TermBuilder& t, ProcessId p, std::size_t states_max = 10000) {
  ReferenceSystem system(t.terms, t, p);
  return explore(system, states_max);
}

}  // namespace

TEST_CASE("a name for a process adds no state") {
  TermBuilder t;
  const EventId a = t.event("a");
  t.define("P", [&] { return t.call("Q"); });
  t.define("Q", [&] { return t.call("R"); });
  t.define("R", [&] { return t.prefix(a, t.call("P")); });
  CHECK(graph_of(t, t.call("P")).rows.size() == 1);
  const ProcessId pair = t.apply(Operator::interleave, {t.call("P"), t.call("R")});
  CHECK(graph_of(t, pair).rows.size() == 1);
}

TEST_CASE("SKIP ||| SKIP has five states: each side ends by τ, then the whole by ✓") {
  TermBuilder t;
  const SmallGraph graph = graph_of(t, t.apply(Operator::interleave, {t.skip(), t.skip()}));
  CHECK(graph.rows.size() == 5);
  CHECK(graph.transitions() == 5);
  CHECK(std::count(graph.ended.begin(), graph.ended.end(), true) == 1);
}

TEST_CASE("successors are sorted, distinct, and the same when asked again") {
  TermBuilder t;
  const EventId a = t.event("a");
  const EventId b = t.event("b");
  const ProcessId p =
      t.apply(Operator::external_choice, {t.prefix(b, t.stop()), t.prefix(a, t.stop()), t.prefix(b, t.stop())});
  ReferenceSystem system(t.terms, t, p);
  std::vector<Transition> first;
  std::vector<Transition> again;
  system.successors(system.initial(), first);
  system.successors(system.initial(), again);
  CHECK(first == std::vector<Transition>{{a, StateId{1}}, {b, StateId{1}}});
  CHECK(first == again);
}

TEST_CASE("unguarded recursion is an error that names the process") {
  TermBuilder t;
  const EventId a = t.event("a");
  const ProcessId then = t.prefix(a, t.stop());
  t.define("CHOICE", [&] { return t.apply(Operator::external_choice, {t.call("CHOICE"), then}); });
  t.define("FIRST", [&] { return t.apply(Operator::sequential, {t.call("FIRST"), then}); });
  t.define("TWICE", [&] { return t.apply(Operator::interleave, {t.call("TWICE"), t.call("TWICE")}); });
  t.define("HIDDEN", [&] { return t.apply(Operator::hide, {t.call("HIDDEN")}, {a}); });
  t.define("CHASED", [&] { return t.apply(Operator::chase, {t.call("CHASED")}); });
  t.define("SELF", [&] { return t.call("SELF"); });
  for (const char* name : {"CHOICE", "FIRST", "TWICE", "HIDDEN", "CHASED", "SELF"}) {
    const Diagnostic error = error_of(t, t.call(name));
    CHECK(error.code == "P0450");
    CHECK(error.message == "`" + std::string(name) + "` calls itself without an event in between");
    CHECK(error.notes.empty());
    CHECK(error_of(t, t.call(name)).code == "P0450");  // and again
  }
  t.define("PING", [&] { return t.call("PONG"); });
  t.define("PONG", [&] { return t.apply(Operator::interrupt, {then, t.call("PING")}); });
  const Diagnostic error = error_of(t, t.call("PING"));
  CHECK(error.message == "`PING` calls itself without an event in between");
  REQUIRE(error.notes.size() == 2);
  CHECK(error.notes[0].text == "which calls `PONG`");
  CHECK(error.notes[1].text == "which calls `PING`");
}

TEST_CASE("recursion behind a prefix, |~|, the second of ; and [> is guarded") {
  TermBuilder t;
  const EventId a = t.event("a");
  t.define("P", [&] { return t.apply(Operator::internal_choice, {t.call("P"), t.prefix(a, t.stop())}); });
  t.define("Q", [&] { return t.apply(Operator::sequential, {t.skip(), t.call("Q")}); });
  t.define("R", [&] { return t.apply(Operator::sliding_choice, {t.prefix(a, t.stop()), t.call("R")}); });
  for (const char* name : {"P", "Q", "R"}) CHECK(error_of(t, t.call(name)).code.empty());
}

TEST_CASE("an endless chain of calls is an error, a long one is not") {
  TermBuilder t;
  for (int i = 0; i <= 150'000; ++i)
    t.define("P" + std::to_string(i), [&t, i] { return t.call("P" + std::to_string(i + 1)); });
  const Diagnostic error = error_of(t, t.call("P0"));
  CHECK(error.code == "P0450");
  CHECK(error.message == "`P0` calls further processes without end and without an event");
  t.define("P99000", [&] { return t.stop(); });
  CHECK(error_of(t, t.call("P0")).code.empty());
}

TEST_CASE("terms may be deep") {
  TermBuilder t;
  const EventId a = t.event("a");
  for (const Operator op :
       {Operator::sequential, Operator::interrupt, Operator::external_choice, Operator::interleave}) {
    ProcessId deep = t.prefix(a, t.skip());
    for (int i = 0; i < 100'000; ++i) deep = t.apply(op, {deep, t.stop()});
    ReferenceSystem system(t.terms, t, deep);
    std::vector<Transition> out;
    system.successors(system.initial(), out);
    REQUIRE(out.size() == 1);
    CHECK(out[0].event == a);
    CHECK(system.derivation(system.initial(), out[0]).size() == 1);
    CHECK(!system.components().empty());
  }
}

TEST_CASE("a state space without end obeys the budget") {
  TermBuilder t;
  const EventId a = t.event("a");
  t.define("P", [&] { return t.prefix(a, t.apply(Operator::interleave, {t.call("P"), t.prefix(a, t.stop())})); });
  CHECK(!graph_of(t, t.call("P"), 300).complete);

  // One question that never comes to an end: chase along τs that never repeat.
  t.define("Q", [&] { return t.prefix(a, t.apply(Operator::interleave, {t.call("Q"), t.stop()})); });
  Budget budget({.seconds_max = 0.05});
  ReferenceSystem system(t.terms, t, t.apply(Operator::chase, {t.apply(Operator::hide, {t.call("Q")}, {a})}));
  system.set_budget(&budget);
  CHECK_THROWS_AS(system.initial(), LimitReached);
}

TEST_CASE("RUN and CHAOS of an infinite set are errors") {
  TermBuilder t;
  const EventSetId all = t.terms.event_set(1, [](EventId) { return true; });
  CHECK(error_of(t, t.term({.op = Operator::run, .sets = {all}})).message == "`RUN` of an infinite set of events");
  const ProcessId chaos = t.term({.op = Operator::chaos, .sets = {all}});
  CHECK(error_of(t, chaos).code == "P0451");
  // Hiding and synchronising on an infinite set are not.
  CHECK(error_of(t, t.term({.op = Operator::hide, .operands = {t.prefix(t.event("a"), t.skip())}, .sets = {all}}))
            .code.empty());
}

TEST_CASE("functions of processes inside each other are limited") {
  TermBuilder t;
  const EventId a = t.event("a");
  for (int i = 0; i < 1000; ++i)
    t.define("P" + std::to_string(i), [&t, a, i] {
      const ProcessId hidden = t.apply(Operator::hide, {t.prefix(a, t.call("P" + std::to_string(i + 1)))}, {a});
      return t.apply(Operator::chase, {hidden});
    });
  t.define("P1000", [&] { return t.stop(); });
  CHECK(error_of(t, t.call("P0")).code == "P0452");
  CHECK(error_of(t, t.call("P900")).code.empty());
}

TEST_CASE("after an error the system answers again") {
  TermBuilder t;
  const EventId a = t.event("a");
  const EventId b = t.event("b");
  t.define("BAD", [&] { return t.apply(Operator::external_choice, {t.call("BAD"), t.stop()}); });
  ReferenceSystem system(t.terms, t,
                         t.apply(Operator::external_choice, {t.prefix(a, t.call("BAD")), t.prefix(b, t.stop())}));
  std::vector<Transition> out;
  CHECK_THROWS_AS(system.successors(system.initial(), out), ScriptError);
  CHECK_THROWS_AS(system.successors(system.initial(), out), ScriptError);
  CHECK(system.standing(system.initial()).at(0).offers == std::vector<EventId>{a, b});
}

TEST_CASE("components are the leaves of the static parallel structure, named as they were composed") {
  TermBuilder t;
  const EventId a = t.event("a");
  const EventId b = t.event("b");
  t.define("SENDER", [&] { return t.call("S(0)"); });
  t.define("S(0)", [&] { return t.prefix(a, t.call("S(0)"), {10, 11}); });
  t.define("MEDIUM", [&] {
    return t.apply(Operator::sequential, {t.prefix(a, t.skip(), {20, 21}), t.call("MEDIUM")});
  });
  t.define("RECEIVERS", [&] { return t.apply(Operator::interleave, {t.call("R"), t.call("R")}); });
  t.define("R", [&] { return t.prefix(b, t.call("R"), {30, 31}); });
  t.define("SYSTEM", [&] {
    const ProcessId left = t.apply(Operator::parallel, {t.call("SENDER"), t.call("MEDIUM")}, {a});
    return t.apply(Operator::interleave,
                   {t.apply(Operator::hide, {left}, {a}), t.call("RECEIVERS"), t.prefix(b, t.stop())});
  });
  ReferenceSystem system(t.terms, t, t.call("SYSTEM"));
  CHECK(system.components() == std::vector<std::string>{"SENDER", "MEDIUM", "R", "R #2", "b -> ..."});

  std::vector<Transition> out;
  const StateId start = system.initial();
  system.successors(start, out);
  REQUIRE(out.size() == 3);
  REQUIRE(out[0].event == tau);
  const auto steps = system.derivation(start, out[0]);
  REQUIRE(steps.size() == 2);
  CHECK((steps[0].component == 0 && steps[0].event == a && steps[0].span == Span{10, 11}));
  CHECK((steps[1].component == 1 && steps[1].event == a && steps[1].span == Span{20, 21}));

  CHECK(system.derivation(start, {b, out[0].target}).empty());
  CHECK(system.derivation(start, {a, out[0].target}).empty());
  CHECK(system.derivation(start, {tau, start}).empty());
  CHECK(system.derivation(start, {b, StateId{12345}}).empty());

  const auto standing = system.standing(out[0].target);
  REQUIRE(standing.size() == 5);
  CHECK(standing[0].offers == std::vector<EventId>{a});
  CHECK(standing[1].offers == std::vector<EventId>{tau});
  CHECK(standing[2].span == Span{30, 31});
}

TEST_CASE("every component takes part in the ✓ of a parallel") {
  TermBuilder t;
  ReferenceSystem system(t.terms, t, t.apply(Operator::interleave, {t.skip(), t.skip()}));
  const SmallGraph graph = explore(system);
  for (std::uint32_t s = 0; s < graph.rows.size(); ++s)
    for (const Transition& x : graph.rows[s])
      CHECK(system.derivation(StateId{s}, x).size() == (x.event == tick ? 2 : 1));
}
