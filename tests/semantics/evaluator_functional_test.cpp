// The functional language: laziness, patterns, lets, and what goes wrong.
#include "tests/semantics/script_fixture.hpp"

using tryst::csp::ScriptFixture;

TEST_CASE("arithmetic rounds down, and the remainder has the divisor's sign") {
  ScriptFixture s("");
  CHECK(s.show("(-7) / 2") == "-4");
  CHECK(s.show("7 / (-2)") == "-4");
  CHECK(s.show("(-7) % 2") == "1");
  CHECK(s.show("7 % (-2)") == "-1");
  CHECK(s.show("-7 / 2") == "-3");
  CHECK(s.show("2 + 3 * 4 - 1") == "13");
  for (int a = -9; a <= 9; ++a)
    for (int b : {-4, -3, -1, 1, 2, 5}) {
      const std::string x = "(" + std::to_string(a) + ")", y = "(" + std::to_string(b) + ")";
      CHECK(s.show(x + " == (" + x + " / " + y + ") * " + y + " + " + x + " % " + y) == "true");
    }
}

TEST_CASE("integers are refused rather than wrapped") {
  ScriptFixture s("big = 9223372036854775807\npower(n) = if n == 0 then 1 else 2 * power(n-1)\n");
  CHECK(s.show("big") == "9223372036854775807");
  CHECK(s.show("big - 1 + 1 == big") == "true");
  CHECK(s.show("power(62)") == "4611686018427387904");
  CHECK(s.show("-power(62) - power(62)") == "-9223372036854775808");
  CHECK(s.error("power(63)") == "P0406 the result is outside the range of integers");
  CHECK(s.error("big + 1") == "P0406 the result is outside the range of integers");
  CHECK(s.error("(-big - 1) / (-1)") == "P0406 the result is outside the range of integers");
  CHECK(s.show("(-big - 1) % (-1)") == "0");
  CHECK(s.error("1 / 0") == "P0405 division by zero");
  CHECK(s.error("1 % 0") == "P0405 division by zero");
}

TEST_CASE("arguments, bindings and elements are evaluated on demand") {
  ScriptFixture s(R"(
loop = loop
first(x, _) = x
(s, t) = (1, error("never"))
ones = <1>^ones
take(0, _) = <>
take(n, <x>^xs) = <x>^take(n-1, xs)
)");
  CHECK(s.show("first(1, loop)") == "1");
  CHECK(s.show("s") == "1");
  CHECK(s.error("t") == "P0423 error: never");
  CHECK(s.show("head(<1..>)") == "1");
  CHECK(s.show("head(<1>^loop)") == "1");
  CHECK(s.show("head(<1, loop>)") == "1");
  CHECK(s.show("#<loop, loop>") == "2");
  CHECK(s.show("take(3, ones)") == "<1,1,1>");
  CHECK(s.show("take(3, <x*x | x <- <1..>, x % 2 == 0>)") == "<4,16,36>");
  CHECK(s.show("true or error(\"no\")") == "true");
  CHECK(s.show("false and error(\"no\")") == "false");
  CHECK(s.show("let x = error(\"no\") within 5") == "5");
  CHECK(s.show("let xs = <1>^xs within take(2, xs)") == "<1,1>");
  CHECK(s.error("loop") == "P0402 the value of `loop` depends on itself");
  CHECK(s.error("let x = x + 1 within x") == "P0402 this value depends on itself");
}

TEST_CASE("clauses are tried from top to bottom") {
  ScriptFixture s(R"(
datatype T = A | B.Int | C.T
channel ch : {0..3}.Bool
f(0) = "zero"
f(1) = "one"
f(_) = "many"
g(<>) = 0
g(<x>) = 1
g(<x,y>^_^<z>) = 3
g(_) = 2
h({}) = "empty"
h({x}) = "one"
h(_) = "more"
k(A) = 0
k(B.n) = n
k(C.t) = 1 + k(t)
d(ch.x.b) = (x, b)
both(x@@(y, _)) = (x, y)
last(_^<x>) = x
text("ab"^rest) = rest
text(_) = "other"
curried(a)(b, c)() = a + b * c
negative(-1) = true
negative(_) = false
)");
  CHECK(s.show("<f(0), f(1), f(2)>") == R"(<"zero","one","many">)");
  CHECK(s.show("<g(<>), g(<1>), g(<1,2>), g(<1,2,3>), g(<1..9>)>") == "<0,1,2,3,3>");
  CHECK(s.show("<h({}), h({1}), h({1,2})>") == R"(<"empty","one","more">)");
  CHECK(s.show("k(C.C.B.5)") == "7");
  CHECK(s.show("d(ch.1.true)") == "(1,true)");
  CHECK(s.show("both((1, 2))") == "((1,2),1)");
  CHECK(s.show("last(<1..5>)") == "5");
  CHECK(s.show("text(\"abc\")") == "\"c\"");
  CHECK(s.show("text(\"xbc\")") == "\"other\"");
  CHECK(s.show("curried(1)(2, 3)()") == "7");
  CHECK(s.show("let p = curried(1) within let q = p(2, 3) within q()") == "7");
  CHECK(s.show("<negative(-1), negative(1)>") == "<true,false>");
  CHECK(s.error("last(<>)") == "P0404 no clause of `last` matches (<>)");
  CHECK(s.error("(\\ <>, <y> @ y)(<0>, <1>)") == "P0404 the pattern does not match (<0>, <1>)");
  CHECK(s.error("let <x> = <1,2> within x") == "P0404 the pattern does not match <1, 2>");
}

TEST_CASE("the functions of a let see one another and what is around them") {
  ScriptFixture s(R"(
outer(n, step) = let
    down(0) = <>
    down(m) = <m * step>^up(m - 1)
    up(0) = <>
    up(m) = <m + base>^down(m - 1)
    base = n * 100
    (low, high) = (base + 1, base + 2)
  within (down(n), low + high)
make(n) = \ x @ let add(y) = x + y + n within add
)");
  CHECK(s.show("outer(3, 10)") == "(<30,302,10>,603)");
  CHECK(s.show("make(1)(10)(100)") == "111");
  CHECK(s.show("let f(x) = if x == 0 then 0 else g(x - 1)\n g(x) = f(x) within f(10)") == "0");
}

TEST_CASE("sequences are compared lazily and by prefix") {
  ScriptFixture s("loop = loop\n");
  CHECK(s.show("<1,2> < <1,2,3>") == "true");
  CHECK(s.show("<1..> == <2..>") == "false");
  CHECK(s.show("<1>^loop == <2>^loop") == "false");
  CHECK(s.show("<<1,2> < <1,3>, <1,2> >= <1,3>, <1> <= <1>>") == "<false,false,true>");
  CHECK(s.show("<> == <1..>") == "false");
  CHECK(s.show("(1, <2, 3>) == (1, <2, 1 + 2>)") == "true");
  CHECK(s.show("{1} < {1,2}") == "true");
}

TEST_CASE("built-in functions may be values") {
  ScriptFixture s(R"(
external relational_image
map(f, xs) = <f(x) | x <- xs>
r = relational_image({(1,2), (1,3), (2,4)})
)");
  CHECK(s.show("map(card, <{}, {1}, {1,2}>)") == "<0,1,2>");
  CHECK(s.show("map(head, <<1,2>, <3>>)") == "<1,3>");
  CHECK(s.show("map(r, <1,2,3>)") == "<{2,3},{4},{}>");
  CHECK(s.show("map(\\ f @ f(1, 2), <\\ x, y @ x + y, \\ x, y @ x * y>)") == "<3,2>");
}

TEST_CASE("long sequences and deep recursion are no trouble") {
  ScriptFixture s(R"(
sum(<>) = 0
sum(<x>^xs) = x + sum(xs)
fold(<>, acc) = acc
fold(<x>^xs, acc) = fold(xs, acc + x)
walk(s) = if s == <> then 0 else 1 + walk(tail(s))
count(n) = if n == 0 then 0 else 1 + count(n - 1)
forever(n) = 1 + forever(n + 1)
times(n) = if n == 0 then 0 else times(n - 1)
)");
  CHECK(s.show("sum(<1..100000>)") == "5000050000");
  CHECK(s.show("sum(seq({1..100000}))") == "5000050000");
  CHECK(s.show("fold(<1..1000000>, 0)") == "500000500000");
  CHECK(s.show("walk(seq({1..50000}))") == "50000");
  CHECK(s.show("count(100000)") == "100000");
  CHECK(s.show("times(1000000)") == "0");
  CHECK(s.show("#<x | x <- <1..1000000>>") == "1000000");
  CHECK(s.error("forever(0)") == "P0401 recursion too deep");
  CHECK(s.show("1 + 1") == "2");
}

TEST_CASE("a call stack leads to the mistake") {
  ScriptFixture s("f(x) = 1 + g(x, <x>)\ng(n, s) = if n == 0 then head(tail(s)) else 1 + g(n - 1, s)\n");
  const tryst::Diagnostic d = s.diagnostic("f(2)");
  CHECK(d.code == "P0421");
  CHECK(s.sources().text(d.span) == "head(tail(s))");
  REQUIRE(d.notes.size() == 4);
  CHECK(d.notes[0].text == "in `g(0, <2>)`");
  CHECK(s.sources().text(d.notes[0].span) == "g(n - 1, s)");
  CHECK(d.notes[2].text == "in `g(2, <2>)`");
  CHECK(d.notes[3].text == "in `f(2)`");
  const tryst::Diagnostic deep = s.diagnostic("f(1000)");
  CHECK(deep.notes.size() == 11);
  CHECK(deep.notes[5].text == "and 992 more calls");
}
