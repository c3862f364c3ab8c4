// Timed sections, compared with what they stand for, written out by hand.
#include <map>

#include "tests/semantics/script_fixture.hpp"

using tryst::csp::ScriptFixture;

namespace {

// Whether two processes have the same traces up to a length, with the same offers in each state; enough for processes
// without hidden events.
void check_same(ScriptFixture& s, tryst::csp::ExprId left, const std::string& right) {
  INFO("against " << right);
  using namespace tryst;
  csp::ReferenceSystem a(s.evaluator().terms(), s.evaluator(), s.evaluator().process(left));
  csp::ReferenceSystem b(s.evaluator().terms(), s.evaluator(), s.evaluator().process(s.expression(right)));
  using States = std::set<StateId>;
  std::set<std::pair<States, States>> seen;
  std::vector<std::pair<States, States>> todo{{{a.initial()}, {b.initial()}}};
  const auto step = [](csp::ReferenceSystem& system, const States& states) {
    std::map<EventId, States> next;
    std::vector<Transition> out;
    for (StateId state : states) {
      system.successors(state, out);
      for (const Transition& t : out) next[t.event].insert(t.target);
    }
    return next;
  };
  while (!todo.empty()) {
    const auto pair = todo.back();
    todo.pop_back();
    if (!seen.insert(pair).second) continue;
    REQUIRE(seen.size() < 2000);
    const auto x = step(a, pair.first), y = step(b, pair.second);
    REQUIRE(x.size() == y.size());
    for (const auto& [event, states] : x) {
      REQUIRE(y.contains(event));
      todo.emplace_back(states, y.at(event));
    }
  }
}

void check_same(ScriptFixture& s, const std::string& left, const std::string& right) {
  INFO(left);
  check_same(s, s.expression(left), right);
}

const std::string script = R"(
channel tock, a, b
channel c : {0..1}
time(c.x) = x + 1
time(_) = 0
Timed {
  Stop = STOP
  Skip = SKIP
  One = a -> STOP
  Loop = a -> Loop
  Wait = WAIT(2)
  Choice = a -> STOP [] b -> STOP
  Guarded = false & a -> STOP
  Both = (a -> STOP) ||| (b -> STOP)
  Cut = (a -> STOP) /\ (b -> STOP)
  Nothing = [] x:{} @ a -> STOP
  Sync = (a -> STOP) [|{a}|] (a -> STOP)
  Urgent = timed_priority(a -> STOP)
}
Timed(time) {
  Quick = a -> STOP
  Slow = c?x -> STOP
}
outer(n) = let f(_) = n
               Timed(f) {
                 P = a -> P
               }
           within P
TStop = tock -> TStop
TSkip = tock -> TSkip [] SKIP
T(P) = tock -> T(P) [] a -> tock -> P
Wait2 = tock -> tock -> TSkip
TwoChoices = tock -> TwoChoices [] a -> tock -> TStop [] b -> tock -> TStop
)";

}  // namespace

TEST_CASE("in a Timed section time may pass before every event") {
  ScriptFixture s(script);
  check_same(s, "Stop", "TStop");
  check_same(s, "Skip", "TSkip");
  check_same(s, "One", "T(TStop)");
  check_same(s, "Loop", "let L = T(L) within L");
  check_same(s, "Wait", "Wait2");
  check_same(s, "Choice", "TwoChoices");
  check_same(s, "Guarded", "TStop");
  check_same(s, "Nothing", "TStop");
  check_same(s, "Sync", "T(TStop)");
  check_same(s, "Urgent", "T(TStop)");
  CHECK(s.initials("Both") == "a b tock");
  CHECK(s.initials("Cut") == "a b tock");
}

TEST_CASE("a Timed section's function says how long an event takes") {
  ScriptFixture s(script);
  check_same(s, "Quick", "let Q = tock -> Q [] a -> TStop within Q");
  check_same(s, "Slow", "let S = tock -> S [] c.0 -> tock -> TStop [] c.1 -> tock -> tock -> TStop within S");
  check_same(s, "outer(0)", "let L = tock -> L [] a -> L within L");
  check_same(s, "outer(2)", "let L = tock -> L [] a -> tock -> tock -> L within L");
}

TEST_CASE("durations are not negative") {
  ScriptFixture s("channel tock, a\nf(_) = 0 - 1\nTimed(f) {\n  P = a -> STOP\n  Q = WAIT(-1)\n}\n");
  CHECK_THROWS_AS(s.initials("P"), tryst::ScriptError);
  CHECK_THROWS_AS(s.initials("Q"), tryst::ScriptError);
}

TEST_CASE("in an assertion of a Timed section the timed names are the section's, and no operator is timed") {
  ScriptFixture s(R"(
channel tock, a, b
TStop = tock -> TStop
TSkip = tock -> TSkip [] SKIP
T(P) = tock -> T(P) [] a -> P
Timed {
  P = a -> STOP
  assert timed_priority(P) [T= P
  assert P ||| STOP [T= WAIT(1)
  Timed {
    assert SKIP :[deadlock free]
  }
}
assert STOP :[deadlock free]
)");
  const auto& assertions = s.typed().script.assertions;
  REQUIRE(assertions.size() == 4);
  const auto operands = [&](std::uint32_t i) { return assertions[static_cast<tryst::csp::AssertionId>(i)]; };
  check_same(s, operands(0).left, "T(tock -> TStop)");
  check_same(s, operands(0).right, "T(tock -> TStop)");
  check_same(s, operands(1).left, "T(tock -> TStop) ||| TStop");
  check_same(s, operands(1).right, "tock -> TSkip");
  check_same(s, operands(2).left, "TSkip");
  check_same(s, operands(3).left, "STOP");
}
