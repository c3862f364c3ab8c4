// The mistakes that show when a script is evaluated: their words, their places, and the examples of the catalogue.
#include <algorithm>

#include "frontend/catalogue.hpp"
#include "semantics/budget.hpp"
#include "tests/semantics/script_fixture.hpp"

using namespace tryst;
using tryst::csp::ScriptFixture;

TEST_CASE("the examples of the catalogue provoke their codes") {
  for (const CatalogueEntry& entry : catalogue::evaluation()) {
    INFO(entry.code);
    ScriptFixture s{std::string(entry.example)};
    std::string code = "none";
    try {
      for (const csp::Assertion& assertion : s.typed().script.assertions)
        s.explore(s.evaluator().process(assertion.left), 2000);
    } catch (const ScriptError& error) {
      code = error.diagnostic.code;
    }
    CHECK(code == entry.code);
  }
}

TEST_CASE("a mistake names the values, the place and the way there") {
  ScriptFixture s(
      "datatype T = A | B.{0..2}\nchannel c : {0..2}.T\nf(n) = c.n.(B.(n + 1))\nP(n) = c!n?t -> P(n + 1)\n");
  const Diagnostic d = s.diagnostic("f(2)");
  CHECK(render(d, s.sources()) ==
        R"(error[P0409]: `3` is not a value of field 1 of `B`
 --> test.csp:3:13
  |
3 | f(n) = c.n.(B.(n + 1))
  |             ^^^^^^^^^ the field holds {0,1,2}
note: in `f(2)`
 --> expression:1:1
  |
1 | f(2)
  | ^^^^
)");
  try {
    s.size("P(0)");
    FAIL("no error");
  } catch (const ScriptError& error) {
    CHECK(error.diagnostic.message == "`3` is not a value of field 1 of `c`");
    REQUIRE_FALSE(error.diagnostic.notes.empty());
    CHECK(error.diagnostic.notes[0].text == "in `P(3)`");
  }
}

TEST_CASE("what is not evaluated is not shown, and long values are cut") {
  ScriptFixture s("f(x, y, z) = head(y)\n");
  CHECK(s.diagnostic("f(error(\"no\"), <>, {1..3})").notes[0].text == "in `f(_, <>, _)`");
}

TEST_CASE("after an error or a limit, evaluation can be asked again") {
  ScriptFixture s(R"(
lazy = <10 / d | d <- <5, 0>>
d(n) = if n == 0 then error("stop") else 1 + d(n - 1)
long = #<x | x <- <1..100000000>>
channel a
P = a -> STOP
)");
  CHECK(s.error("lazy == <1, 2>") == "no error: false");
  CHECK(s.error("lazy == <2, 2>") == "P0405 division by zero");
  CHECK(s.error("lazy == <2, 2>") == "P0405 division by zero");
  CHECK(s.error("d(3)") == "P0423 error: stop");
  Budget budget({.seconds_max = 0.05});
  s.evaluator().set_budget(&budget);
  CHECK_THROWS_AS(s.show("long"), LimitReached);
  s.evaluator().set_budget(nullptr);
  CHECK(s.show("head(lazy)") == "2");
  CHECK(s.initials("P") == "a");
}

TEST_CASE("an endless evaluation is stopped by the budget") {
  ScriptFixture s("spin(n) = spin(n + 1)\nsets(n) = card({spin(x) | x <- {0..n}})\n");
  Budget budget({.seconds_max = 0.05});
  s.evaluator().set_budget(&budget);
  CHECK_THROWS_AS(s.show("spin(0)"), LimitReached);
  CHECK_THROWS_AS(s.show("sets(1)"), LimitReached);
  CHECK_THROWS_AS(s.show("<x | x <- <1..>, x < 0>"), LimitReached);
  CHECK_THROWS_AS(s.show("<1..> == <1..>"), LimitReached);
}

TEST_CASE("messages to the letter") {
  ScriptFixture s(R"(
external prioritise, prioritisepo
channel a, b, c
channel tock
channel odd : {x | x <- {0..3}, member(odd.x, {|odd|})}
channel diagonal : {0.0, 1.1}
datatype T = F.{0..1}
Timed { W(n) = WAIT(n) }
slow(_) = -1
Timed(slow) { Late = a -> STOP }
)");
  CHECK(s.error("card({|odd|})") == "P0403 the fields of `odd` are needed to compute themselves");
  CHECK(s.error("#<1..>") == "P0407 the length of an infinite sequence is asked for");
  CHECK(s.error("card({<1..>})") == "P0407 a sequence of more than 4194304 elements has to be evaluated");
  CHECK(s.error("card({0..})") == "P0408 the set `{0..}` is infinite, and its elements have to be listed");
  CHECK(s.error("F.2") == "P0409 `2` is not a value of field 1 of `F`");
  CHECK(s.error("card({|diagonal|})") == "P0410 the fields of `diagonal` are not a product of sets");
  CHECK(s.error("prioritise(a -> STOP, <>)") == "P0416 `prioritise` needs at least one set of events");
  CHECK(s.error("prioritisepo(STOP, {a, b}, {(a, b), (b, a)}, {})") == "P0417 the order is cyclic");
  CHECK(s.error("prioritisepo(STOP, {a}, {(a, b)}, {})") ==
        "P0417 `b` is ordered but not among the prioritised events");
  CHECK(s.error("prioritisepo(STOP, {a, b}, {(a, b)}, {b})") == "P0417 `b` is said to be maximal, but is below `a`");
  CHECK(s.error("mapLookup((| 1 => 2 |), 3)") == "P0422 the map has no key 3");
  const auto thrown = [&](const std::string& process) {
    try {
      s.initials(process);
    } catch (const ScriptError& error) {
      return std::string(error.diagnostic.code) + " " + error.diagnostic.message;
    }
    return std::string("no error");
  };
  CHECK(thrown("W(-1)") == "P0420 WAIT(-1) cannot wait");
  CHECK(thrown("Late") == "P0420 `a` would take -1 tocks");
}
