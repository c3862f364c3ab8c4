// What lint warns of, to the letter, and what it must not warn of.
#include "semantics/csp/lint.hpp"

#include <random>

#include "checker/solver.hpp"
#include "frontend/catalogue.hpp"
#include "tests/frontend/typed_script.hpp"
#include "tests/semantics/script_fixture.hpp"

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
  CHECK(warnings("channel a\nf(n) = n\nP(n) = f(n) < 0 and f(n+1) > 3 & a -> P(n)") == "");
  CHECK(warnings("channel a\nP(s) = (if elem(1, <x | x <- s>) then not elem(1, <x | x <- s>) & a -> P(s) else STOP)") ==
        "");
  CHECK(warnings("datatype D = A | B\nP(x, y) = if x == A then if y == A then STOP else SKIP else SKIP") == "");
  CHECK(warnings("channel a\nP(s) = member(1, s) & a -> P(s) [] not member(1, s) & a -> P(s)") == "");
  CHECK(warnings("channel a\nP(n) = if n == 0 then STOP else if n < 10 then a -> P(n+1) else STOP") == "");
}

TEST_CASE("conditions that are written alike are true together, and one value is not two") {
  CHECK(warnings("channel a\nf(n) = n\nP(n) = f(n) < 0 and f(n) > 3 & a -> P(n)") ==
        "3:8 P0901 this guard is never true\n");
  CHECK(warnings("channel a\nP(s) = if null(s) then (#s > 0 & a -> P(s)) else (s == <> & a -> P(s))") ==
        "2:25 P0901 this guard is never true\n2:51 P0901 this guard is never true\n");
  CHECK(warnings("datatype D = A | B | C\nP(x) = if x == A then STOP else if x == A then SKIP else STOP") ==
        "2:48 P0902 this branch is never taken\n");
  CHECK(warnings("datatype D = A | B | C\nchannel a\nP(x) = x == A & (x == B & a -> P(x))") ==
        "3:18 P0901 this guard is never true\n");
  CHECK(warnings("channel a\nP(x, s) = if member(x, s) then (not member(x, s) & a -> P(x, s)) else STOP") ==
        "2:33 P0901 this guard is never true\n");
  CHECK(warnings("channel a\nP(p, q) = p == q & (p != q & a -> P(p, q))\nQ = P((1, true), (2, false))") ==
        "2:21 P0901 this guard is never true\n");
}

TEST_CASE("equations that leave nothing together are found") {
  const auto at = [](int line) { return std::to_string(line) + ":1 P0903 this equation is never used\n"; };
  CHECK(warnings("datatype T = A | B.Int\nf(A) = 0\nf(B.n) = n\nf(_) = 2") == at(4));
  CHECK(warnings("f(true) = 0\nf(false) = 1\nf(x) = 2") == at(3));
  CHECK(warnings("f(true, x) = 0\nf(false, y) = 1\nf(x, 2) = 2") == at(3));
  CHECK(warnings("f(<>) = 0\nf(<x>^s) = 1\nf(s) = 2") == at(3));
  CHECK(warnings("f(<x>^s) = 0\nf(s^<x>) = 1\nf(<>) = 2") == at(2));
  CHECK(warnings("f(<x>^s) = 0\nf(<x,y>) = 1\nf(<>) = 2") == at(2));
  CHECK(warnings("f(<>) = 0\nf(<x>) = 1\nf(<x,y>^s) = 2\nf(x@@<y>^s) = 3") == at(4));
  CHECK(warnings("datatype T = A | B.Bool.Int\nf((A, _)) = 0\nf((B.true.n, x)) = 1\nf((B.false.n, true)) = 2\n"
                 "f((B.false.n, false)) = 3\nf(_) = 4") == at(6));
  CHECK(warnings("P(n) = let\n  g(true) = 1\n  g(false) = 2\n  g(x) = 3\nwithin g(n)") ==
        "4:3 P0903 this equation is never used\n");
  CHECK(warnings("f(0) = 1\nf(1) = 2\nf(_) = 3") == "");
  CHECK(warnings("f(<x>^s) = 0\nf(<0>^s) = 1\nf(s) = 2") == at(2));
  CHECK(warnings("f(s^<0>) = 0\nf(<x>^s) = 1\nf(<>) = 2") == "");
  CHECK(warnings("f(<0>^s) = 0\nf(s^<x>) = 1\nf(<>) = 2") == "");
  CHECK(warnings("f(true, true) = 0\nf(false, false) = 1\nf(x, y) = 2") == "");
}

TEST_CASE("random equations: those that are warned of are never used, and of most that are not, it is said") {
  std::mt19937 random(17);
  const auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  const std::vector<std::string> booleans{"true", "false", "_"}, data{"A", "B.true", "B.false", "B._", "_"};
  const std::vector<std::string> sequences{
      "<>",       "<_>", "<true>",       "<_>^_",           "<false>^_", "_^<_>",       "_^<true>",
      "<_,true>", "_",   "<_>^_^<true>", "<_>^_@@_^<true>", "<_,_>^_",   "<true>^_^<_>"};
  std::size_t unused = 0, warned = 0;
  for (int round = 0; round < 400; ++round) {
    std::string script = "datatype D = A | B.Bool\n";
    const std::size_t equations = 2 + random() % 5;
    for (std::size_t i = 0; i < equations; ++i)
      script += "f(" + pick(booleans) + ", " + pick(data) + ", " + pick(sequences) + ") = " + std::to_string(i) + "\n";
    script += "f(a, d, s) = " + std::to_string(equations) + "\n";
    const std::string found = warnings(script);
    ScriptFixture fixture(script);
    const std::string used = "," +
                             fixture.show(
                                 "<f(a, d, s) | a <- <true, false>, d <- <A, B.true, B.false>, s <- <<>> ^ "
                                 "<<x> | x <- <true, false>> ^ <<x, y> | x <- <true, false>, y <- <true, false>> ^ "
                                 "<<x, y, z> | x <- <true, false>, y <- <true, false>, z <- <true, false>>>") +
                             ",";
    INFO(script << found << used);
    for (std::size_t i = 0; i <= equations; ++i) {
      const std::string number = std::to_string(i);
      const bool is_used = used.find("," + number + ",") != std::string::npos ||
                           used.find("<" + number + ",") != std::string::npos ||
                           used.find("," + number + ">") != std::string::npos;
      const bool is_warned = ("\n" + found).find("\n" + std::to_string(i + 2) + ":1 P0903") != std::string::npos;
      CHECK_FALSE((is_used && is_warned));
      unused += !is_used;
      warned += is_warned;
    }
  }
  INFO(warned << " of " << unused);
  CHECK(unused > 100);
  CHECK(warned * 10 > unused * 8);
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
  CHECK(warnings(header + "R = P [ {| a |} || {| a, b |} ] Q") ==
        "4:12 P0904 `a` is synchronised, but only one side ever names it\n");
  CHECK(warnings(header + "R = P [ {| a |} || {| b |} ] Q") == "");
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
