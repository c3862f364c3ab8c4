// What types scripts get, and which scripts are well typed at all.
#include <fmt/format.h>

#include "tests/frontend/typed_script.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

// The type of `it`, declared as the last line of a script after the declarations that many rows share.
std::string inferred(const std::string& last_line) {
  const TypedScript script(
      "datatype T = A | B.Int.Bool | C.T\n"
      "datatype Q = Now.Proc\n"
      "channel a\n"
      "channel c : Int\n"
      "channel d : Int.Bool\n"
      "channel t : T.{0..3}\n" +
      last_line + "\n");
  if (!script.accepted()) return script.mistakes();
  return script.type_of("it");
}

bool accepted(const std::string& text) {
  const TypedScript script(text);
  INFO(script.mistakes());
  return script.accepted();
}

struct Row {
  std::string line;
  std::string type;
};

}  // namespace

TEST_CASE("Values have the types that they are written with", "[types]") {
  const Row rows[] = {
      {"it = 1", "Int"},
      {"it = true", "Bool"},
      {"it = 'x'", "Char"},
      {"it = \"text\"", "<Char>"},
      {"it = (1, true)", "(Int, Bool)"},
      {"it = <>", "<a>"},
      {"it = {}", "Set a => {a}"},
      {"it = {STOP}", "{Proc}"},
      {"it = <1..>", "<Int>"},
      {"it = {1..3}", "{Int}"},
      {"it = (| 1 => true |)", "(| Int => Bool |)"},
      {"it = {| c |}", "{Event}"},
      {"it = {| B |}", "{T}"},
      {"it = {x | x <- {0..3}, x > 1}", "{Int}"},
      {"it = <(x, y) | x <- <1>, y <- <true>>", "<(Int, Bool)>"},
      {"it = #<1> + -2", "Int"},
      {"it = <1>^<>", "<Int>"},
      {"it = if true then A else C.A", "T"},
      {"it = Events", "{Event}"},
      {"it = T", "{T}"},
      {"it = \\ x, y @ x + y", "(Int, Int) -> Int"},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    CHECK(inferred(row.line) == row.type);
  }
}

TEST_CASE("Functions are as general as their bodies allow", "[types]") {
  const Row rows[] = {
      {"it(x) = x", "(a) -> a"},
      {"it(x)(y) = x", "(a) -> (b) -> a"},
      {"it() = 1", "() -> Int"},
      {"it(x, y) = x == y", "Eq a => (a, a) -> Bool"},
      {"it(x, y) = x < y", "Ord a => (a, a) -> Bool"},
      {"it(x) = {x}", "Set a => (a) -> {a}"},
      {"it(x) = member(x, {x})", "Eq a => (a) -> Bool"},
      {"it(<>) = 0\nit(<x>^xs) = 1 + it(xs)", "(<a>) -> Int"},
      {"it(f, s) = <f(x) | x <- s>", "((a) -> b, <a>) -> <b>"},
      {"it(B.x) = x", "(T) -> Int.Bool"},
      {"it(B.x.y) = (x, y)", "(T) -> (Int, Bool)"},
      {"it(x.y) = (x, y)", "(a.b) -> (a, b)"},
      {"it(_) = error(\"\")", "(a) -> b"},
      {"it({x}) = x", "Eq a => ({a}) -> a"},
      {"it(x@@(y, z)) = (x, y)", "((a, b)) -> ((a, b), a)"},
      {"it(x) = {| x |}", "Yieldable a => (b=>*a) -> {a}"},
      {"it(e) = e -> STOP", "(Event) -> Proc"},
      {"it(e) = e?x -> STOP", "Complete a => (a=>Event) -> Proc"},
      {"it(e, x) = e!x -> STOP", "(a=>Event, a) -> Proc"},
      {"it(x, y) = STOP[[x <- y]]", "(a=>*Event, a=>*Event) -> Proc"},
      {"it(n) = d.n.true", "(Int) -> Event"},
      {"it(m) = mapUpdate(m, 1, m)", "infinite"},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    if (row.type == "infinite")
      CHECK(inferred(row.line).find("P0304") != std::string::npos);
    else
      CHECK(inferred(row.line) == row.type);
  }
}

TEST_CASE("Dots stay apart until a field is asked for", "[types]") {
  const Row rows[] = {
      {"it = c", "Int=>Event"},
      {"it = d", "Int=>Bool=>Event"},
      {"it = d.1", "Bool=>Event"},
      {"it = d.1.true", "Event"},
      {"it = t.C.A", "Int=>Event"},
      {"it = t.C.A.0", "Event"},
      {"it = B.1", "Bool=>T"},
      {"it = 1.true", "Int.Bool"},
      {"it = extensions(d.1)", "{Bool}"},
      {"it = productions(t)", "{Event}"},
      {"it = productions(C)", "{T}"},
      {"P(e) = e -> STOP\nit = P(d.1.false)", "Proc"},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    CHECK(inferred(row.line) == row.type);
  }
}

TEST_CASE("Mutually recursive declarations have one type each inside their group", "[types]") {
  CHECK(inferred("even(n) = n == 0 or odd(n - 1)\nodd(n) = n != 0 and even(n - 1)\nit = (even, odd)") ==
        "((Int) -> Bool, (Int) -> Bool)");
  CHECK(accepted("id(x) = x\ny = (id(1), id(true))"));
  CHECK_FALSE(accepted("f(x) = (g(1), g(true))\ng(x) = if true then x else let y = f(x) within x"));
}

TEST_CASE("A ring of 50,000 names has a type", "[types]") {
  constexpr int names = 50'000;
  std::string text = "channel a\n";
  for (int i = 0; i < names; ++i) text += fmt::format("X{} = X{}\n", i, i + 1);
  CHECK(TypedScript(text + fmt::format("X{} = a -> X0\n", names)).type_of("X0") == "Proc");
  CHECK(TypedScript(text + fmt::format("X{} = X0\n", names)).accepted());
}

TEST_CASE("A let is general only where it is annotated", "[types]") {
  CHECK_FALSE(accepted("x = let f(y) = y within (f(1), f(true))"));
  CHECK(accepted("x = let f :: (a) -> a\n f(y) = y within (f(1), f(true))"));
  CHECK(accepted("f(y) = let z = y within z\nx = (f(1), f(true))"));
}

TEST_CASE("A type variable of an annotation reaches into what is annotated", "[types]") {
  CHECK(accepted("f :: (a) -> a\nf(x) = let g :: (a) -> a\n g(y) = x within g(x)"));
  CHECK_FALSE(accepted("f :: (a) -> a\nf(x) = let g :: (a) -> a\n g(y) = y within g(1)"));
  CHECK(inferred("it :: Eq x => (x, y) -> Bool\nit(a1, b1) = a1 == a1") == "Eq x => (x, y) -> Bool");
}

TEST_CASE("Dots are applied before a rigid variable is compared with them", "[types]") {
  CHECK(accepted("f :: Yieldable a => (Int=>a) -> ({Int}, a)\nf(x) = (extensions(x), x.1)"));
  CHECK_FALSE(accepted("f :: Yieldable a => (Int=>a) -> ({Int}, a)\nf(x) = (extensions(x), x)"));
}

TEST_CASE("Whether a datatype can be compared follows from its fields", "[types]") {
  CHECK(inferred("it = A == A") == "Bool");
  CHECK_FALSE(accepted("datatype Q = Now.Proc\nx = Now.STOP == Now.STOP"));
  CHECK(accepted("datatype L = Nil | Cons.Int.L\nx = Nil == Nil"));
  CHECK_FALSE(accepted("datatype L = Nil | Cons.M\ndatatype M = N.L | P.Proc\nx = Nil == Nil"));
  CHECK_FALSE(accepted("datatype Q = Now.Proc\nchannel c : Q"));
}

TEST_CASE("Instances of a module have datatypes of their own", "[types]") {
  const std::string module = "module M(x)\nexports\ndatatype D = K\nf(y) = y == K and x == x\nendmodule\n";
  CHECK(accepted(module + "instance I = M(1)\nv = I::f(I::K)"));
  CHECK_FALSE(accepted(module + "instance I = M(1)\ninstance J = M(1)\nv = I::f(J::K)"));
  CHECK_FALSE(accepted(module + "instance I = M(STOP)"));
}

TEST_CASE("What is declared in any order is typed in the order of its uses", "[types]") {
  CHECK(accepted("x = f(1)\nchannel c : N\nnametype N = {0..k}\nk = f(3)\nf(y) = y\nP = c!x -> STOP"));
  CHECK(accepted("Timed {\nP = a -> Q\n}\nchannel a, tock\nQ = P"));
}

TEST_CASE("An expression can be typed after its script", "[types]") {
  TypedScript script("channel c : Int\nf(x) = (x, x)\n");
  const auto typed = [&](const std::string& text) {
    FileId file;
    REQUIRE(script.sources.add("<expression>", text, file));
    Diagnostics diagnostics;
    const auto e = parse_expression(file, script.typed.script, script.sources, diagnostics);
    REQUIRE(e);
    if (!check_expression(*e, script.typed, script.sources, diagnostics)) return std::string("wrong");
    return print(script.typed, script.typed.expr_types[index(*e)]);
  };
  CHECK(typed("f(true)") == "(Bool, Bool)");
  CHECK(typed("c!1 -> STOP") == "Proc");
  CHECK(typed("c!true -> STOP") == "wrong");
  CHECK(typed("f(f(1))") == "((Int, Int), (Int, Int))");
}

TEST_CASE("Types that grow exponentially are refused in time", "[types]") {
  std::string text = "f0(x) = (x, x)\n";
  for (int i = 1; i < 12; ++i)
    text += "f" + std::to_string(i) + "(x) = f" + std::to_string(i - 1) + "(f" + std::to_string(i - 1) + "(x))\n";
  const TypedScript script(text + "y = f11(1) == f11(1)\n");
  CHECK_FALSE(script.accepted());
}
