// What lint warns of, to the letter, and what it must not warn of.
#include "semantics/csp/lint.hpp"

#include "checker/solver.hpp"
#include "frontend/catalogue.hpp"
#include "tests/frontend/typed_script.hpp"

namespace tryst::csp {

namespace {

// The warnings of a script: `2:9 P0901 message`, one a line.
std::string warnings(const std::string& text) {
  TypedScript script(text);
  REQUIRE_FALSE(script.diagnostics.has_errors());
  Expressions expressions;
  const auto impossible = [&](const std::vector<ExpressionId>& conditions) {
    Solver solver(expressions);
    for (const ExpressionId condition : conditions) solver.require(condition, 0);
    return solver.check(5) == Solver::Answer::no;
  };
  Diagnostics found;
  lint(script.typed, expressions, impossible, found);
  std::string all;
  for (const Diagnostic& d : found.all()) {
    CHECK(d.severity == Severity::warning);
    const Location at = script.sources.locate(d.span.begin);
    all +=
        std::to_string(at.line) + ":" + std::to_string(at.column) + " " + std::string(d.code) + " " + d.message + "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("guards and branches are refuted with the conditions around them") {
  CHECK(warnings("channel a\nP(n) = n < 3 and n > 5 & a -> P(n)") == "2:8 P0901 this guard is never true\n");
  CHECK(warnings("channel a\nP(n) = if n > 0 then (n == 0 & a -> P(n)) else STOP") ==
        "2:23 P0901 this guard is never true\n");
  CHECK(warnings("channel a\nP(n) = if n > 0 then STOP else if n <= 0 then a -> P(n) else a -> STOP") ==
        "2:62 P0902 this branch is never taken\n");
  CHECK(warnings("channel a\nP(s) = #s < 0 & a -> P(s)") == "2:8 P0901 this guard is never true\n");
  CHECK(warnings("channel a\nP(b, n) = if b then (not b & a -> P(b, n)) else STOP") ==
        "2:22 P0901 this guard is never true\n");
  CHECK(warnings("channel a : Int\nP = a?x -> (if x % 2 == 2 then STOP else P)") ==
        "2:32 P0902 this branch is never taken\n");
}

TEST_CASE("switches, configurations and what is not understood are left alone") {
  CHECK(warnings("channel a\nN = 3\nP = N > 5 & a -> P [] false & a -> STOP [] if 1 > 2 then STOP else P") == "");
  CHECK(warnings("channel a\nN = 3\nP(n) = n > N and n < 3 & a -> P(n)") == "");
  CHECK(warnings("channel a\nf(n) = n\nP(n) = f(n) < 0 and f(n) > 3 & a -> P(n)") == "");
  CHECK(warnings("channel a\nP(s) = member(1, s) & a -> P(s) [] not member(1, s) & a -> P(s)") == "");
  CHECK(warnings("channel a\nP(n) = if n == 0 then STOP else if n < 10 then a -> P(n+1) else STOP") == "");
}

TEST_CASE("an equation is never used behind one that accepts as much") {
  CHECK(warnings("f(n) = n\nf(0) = 1") == "2:1 P0903 this equation is never used\n");
  CHECK(warnings("f(<x>^s, _) = x\nf(<y>^<>, 1) = y\nf(<>, n) = n") == "2:1 P0903 this equation is never used\n");
  CHECK(warnings("datatype T = A | B.Int\nf(B.x) = x\nf(B.2) = 2\nf(A) = 0") ==
        "3:1 P0903 this equation is never used\n");
  CHECK(warnings("f(0) = 1\nf(n) = n") == "");
  CHECK(warnings("datatype T = A | B\nf(A, B) = 1\nf(B, A) = 2\nf(A, A) = 3\nf(_, _) = 4") == "");
  CHECK(warnings("f((x, 1)) = x\nf((1, y)) = y") == "");
}

TEST_CASE("a synchronisation needs both sides") {
  const std::string header = "channel a, b, c : {0..1}\nP = a?x -> P\nQ = b?x -> Q\n";
  CHECK(warnings(header + "R = P [| {| a |} |] Q") ==
        "4:13 P0904 `a` is synchronised, but only one side ever names it\n");
  CHECK(warnings(header + "R = P [| {| a |} |] STOP") == "");
  CHECK(warnings(header + "S = a.1 -> Q\nR = P [| {| a |} |] S") == "");
  CHECK(warnings(header + "R = P [| {| a |} |] (Q[[b <- a]])") == "");
  CHECK(warnings(header + "R = P [| {| a |} |] CHAOS(Events)") == "");
  CHECK(warnings(header + "R(X) = P [| {| a |} |] X") == "");
  CHECK(warnings(header + "R(e) = P [| {| a |} |] (e -> STOP)") == "");
  CHECK(warnings(header + "T(k) = k?x -> T(k)\nR = P [| {| a |} |] T(a)") == "");
  CHECK(warnings(header + "R = P [| {| c |} |] Q") == "");
  const std::string timed = header + "channel tock\nnone(x) = 0\nTimed(none) {\nT = a?x -> T\n}\n";
  CHECK(warnings(timed + "S = tock -> S\nR = S [| {tock} |] T") == "");
  CHECK(warnings(timed + "R = P [| {tock} |] T") ==
        "9:11 P0904 `tock` is synchronised, but only one side ever names it\n");
}

TEST_CASE("the examples of the catalogue are warned of") {
  for (const CatalogueEntry& entry : catalogue::lint()) {
    INFO(entry.code);
    CHECK(warnings(std::string(entry.example)).find(entry.code) != std::string::npos);
  }
}

}  // namespace tryst::csp
