// Process expressions: what they offer, how they recur, how large they are.
#include "tests/semantics/script_fixture.hpp"

using tryst::csp::ScriptFixture;
using Size = std::pair<std::size_t, std::size_t>;

TEST_CASE("every input pattern takes one field, the last one all that is left") {
  ScriptFixture s(R"(
datatype D = A | B.{0..1}
channel c : {0..1}.Bool
channel d : {0..1}.{0..1}.Bool
channel e : D.D
)");
  CHECK(s.initials("c?x -> STOP") == "c.0.false c.0.true c.1.false c.1.true");
  CHECK(s.initials("c?0?b -> STOP") == "c.0.false c.0.true");
  CHECK(s.initials("c?x!true -> STOP") == "c.0.true c.1.true");
  CHECK(s.initials("c.1?b:{false} -> STOP") == "c.1.false");
  CHECK(s.initials("c!1!true -> STOP") == "c.1.true");
  CHECK(s.initials("d?x.y!true -> STOP") == "d.0.0.true d.0.1.true d.1.0.true d.1.1.true");
  CHECK(s.initials("d?x?y:{x}?b:{b | b <- Bool, b == (x == 0)} -> STOP") == "d.0.0.true d.1.1.false");
  CHECK(s.initials("e?B.x?y -> STOP") == "e.B.0.A e.B.0.B.0 e.B.0.B.1 e.B.1.A e.B.1.B.0 e.B.1.B.1");
  CHECK(s.initials("e?A?B.1 -> STOP") == "e.A.B.1");
  CHECK(s.initials("e.B?x:{1}!A -> STOP") == "e.B.1.A");
  CHECK(s.initials("c?x:{}!true -> STOP").empty());
  CHECK(s.initials("c?2!true -> STOP").empty());
}

TEST_CASE("a variable of a field is in scope for later fields and the process") {
  ScriptFixture s("channel c : {0..2}.{0..2}\nchannel d : {0..4}\n");
  CHECK(s.size("c?x?y -> d!(x + y) -> STOP") == Size{1 + 5 + 1, 9 + 5});
  CHECK(s.initials("c?x!x -> STOP") == "c.0.0 c.1.1 c.2.2");
  CHECK(s.initials("c?x!(2 - x) -> STOP") == "c.0.2 c.1.1 c.2.0");
}

TEST_CASE("a nondeterministic field is an internal choice of its values") {
  ScriptFixture s("channel c : {0..2}.Bool\n");
  CHECK(s.initials("c$x?b -> STOP") == "τ");
  CHECK(s.size("c$x?b -> STOP") == Size{1 + 3 + 1, 3 + 6});
  CHECK(s.size("c$x$b -> STOP") == Size{1 + 6 + 1, 6 + 6});
  CHECK(s.initials("c$x:{1}!true -> STOP") == "c.1.true");
  CHECK(s.error("c$x:{}?b -> STOP") == "P0413 nothing to choose from");
}

TEST_CASE("replicated operators over nothing") {
  ScriptFixture s("channel a\nchannel c : {0..1}\n");
  CHECK(s.initials("[] x:{} @ c.x -> STOP").empty());
  CHECK(s.initials("||| x:{} @ c.x -> STOP") == "✓");
  CHECK(s.initials("[|{a}|] x:{} @ c.x -> STOP") == "✓");
  CHECK(s.initials("|| x:{} @ [{a}] c.x -> STOP") == "✓");
  CHECK(s.initials("; x:<> @ c.x -> STOP") == "✓");
  CHECK(s.initials("false & a -> STOP").empty());
  CHECK(s.initials("(a -> STOP) \\ {}") == "a");
  CHECK(s.initials("(a -> STOP)[[c.x <- c.x | x <- {}]]") == "a");
  CHECK(s.error("|~| x:{} @ c.x -> STOP") == "P0413 nothing to choose from");
  CHECK(s.error("[c <-> c] x:<> @ STOP") == "P0415 nothing to link");
}

TEST_CASE("recursion ties: equal calls are one state") {
  ScriptFixture s(R"(
channel a, b
channel c : {0..9}
P(n) = c.n -> P((n + 1) % 10)
Q = a -> Q'
Q' = b -> Q
R(s) = #s < 2 & a -> R(<1>^s) [] #s > 0 & b -> R(tail(s))
S(x, y) = a -> S(y, x)
T = let go(n) = if n == 0 then done else a -> go(n - 1)
        done = b -> T
    within go(3)
X(f) = a -> X(\ n @ f(n))
mutual(0) = STOP
mutual(n) = a -> mutual(n - 1) [] b -> mutual(n - 1)
)");
  CHECK(s.size("P(0)").second == 10);
  CHECK(s.size("Q").second == 2);
  CHECK(s.size("R(<>)").second == 4);
  CHECK(s.size("S(1, 2)").second <= 4);
  CHECK(s.size("T").second == 4);
  CHECK(s.size("mutual(15)").first <= 40);
}

TEST_CASE("what a let binds keeps its laziness behind an event") {
  ScriptFixture s(R"(
channel a : {0..5}
channel b
P(n) = let bad = error("never needed")
           big = {x | x <- {0..5}, x > n}
           (low, high) = (n, n + 1)
       within a?x:big -> (if x > 9 then a!bad -> STOP else a!high -> a!low -> P(n))
F(n) = let table = <0, 2, 1>
           nth(<x>^xs, i) = if i == 0 then x else nth(xs, i - 1)
           Run(i) = a!nth(table, i) -> Run((i + n) % 3)
       within Run(0)
(U, V) = (b -> V, a!0 -> U)
)");
  CHECK(s.initials("P(3)") == "a.4 a.5");
  CHECK(s.size("P(3)").second == 2 + 1 + 1);
  CHECK(s.size("F(1)").second == 3);
  CHECK(s.size("U").second == 2);
}

TEST_CASE("processes are values: in sets, in tuples, as arguments and results") {
  ScriptFixture s(R"(
channel a, b
channel c : {0..1}
both(P, Q) = P ||| Q
twice(f, x) = f(f(x))
fix(f) = f(fix(f))
choose(yes, p, q) = if yes then p else q
P = a -> choose(true, P, STOP)
)");
  CHECK(s.initials("both(a -> STOP, b -> STOP)") == "a b");
  CHECK(s.initials("twice(\\ P @ a -> P, STOP)") == "a");
  CHECK(s.size("twice(\\ P @ a -> P, STOP)") == Size{3, 2});
  CHECK(s.size("fix(\\ X @ a -> b -> X)").second == 2);
  CHECK(s.initials("[] P:{a -> STOP, b -> STOP} @ P") == "a b");
  CHECK(s.size("P").second == 1);
  CHECK(s.initials("let (p, q) = (a -> q, b -> p) within p") == "a");
  CHECK(s.size("let (p, q) = (a -> q, b -> p) within p").second == 2);
}

TEST_CASE("renaming and linking complete both sides of a tie") {
  ScriptFixture s("channel a, b\nchannel c, d : {0..1}.Bool\nchannel e : {0..2}.Bool\n");
  CHECK(s.initials("(c?x -> STOP)[[c <- d]]") == "d.0.false d.0.true d.1.false d.1.true");
  CHECK(s.initials("(c?x -> STOP)[[c.0 <- d.1]]") == "c.1.false c.1.true d.1.false d.1.true");
  CHECK(s.initials("(c.1.false -> STOP)[[c <- d]]") == "d.1.false");
  CHECK(s.initials("(c.0.false -> STOP [] c.0.true -> STOP)[[c.0 <- d.1, c <- c]]") ==
        "c.0.false c.0.true d.1.false d.1.true");
  CHECK(s.initials("(e.0.true -> STOP [] e.1.true -> STOP)[[e.0 <- d.1]]") == "d.1.true e.1.true");
  CHECK(s.initials("(a -> STOP)[[a <- b, a <- a]]") == "a b");
  CHECK(s.initials("(c.0.true -> STOP)[[c.x <- d.1 - x | x <- {0..1}]]") == "d.1.true");
  CHECK(s.initials("(c?x -> STOP) [c <-> d] (d?y -> STOP)") == "τ");
  CHECK(s.error("STOP [c.0.true <-> d.0.true, c.0.true <-> d.1.true] STOP") ==
        "P0414 `c.0.true` is linked to two events");
}

TEST_CASE("infinite channels: sets of their events are tests") {
  ScriptFixture s("channel c : Int\nchannel d : {0..1}\n");
  CHECK(s.initials("(c!5 -> STOP) [|{|c|}|] (c!5 -> STOP)") == "c.5");
  CHECK(s.initials("(c!5 -> STOP) \\ {|c|}") == "τ");
  CHECK(s.initials("(c!5 -> STOP) |\\ {|d|}") == "τ");
  CHECK(s.error("c?x -> STOP").substr(0, 5) == "P0408");
}

TEST_CASE("buffers keep order and capacity") {
  ScriptFixture s(R"(
channel in, out : {0..1}
channel full, empty
ties = {(in.x, out.x) | x <- {0..1}}
B(s) = #s < 2 & in?x -> B(s^<x>) [] #s > 0 & out!head(s) -> B(tail(s))
)");
  CHECK(s.size("BUFFER(2, ties)") == s.size("B(<>)"));
  CHECK(s.initials("BUFFER(1, ties)") == "in.0 in.1");
  CHECK(s.initials("SIGNAL_BUFFER(1, full, empty, ties)") == "empty in.0 in.1");
  CHECK(s.error("BUFFER(0, ties)") == "P0418 a buffer needs a capacity of at least 1");
  CHECK(s.error("BUFFER(1, {(in.x, out.0) | x <- {0..1}})") == "P0419 `out.0` is used twice in the pairs of a buffer");
}

TEST_CASE("suspended processes have the names that the script gives them") {
  ScriptFixture s("channel a\nP(n, A) = a -> P(n, A)\nL = let Q(x) = a -> Q(x) within Q(3)\nf(x)(y) = a -> f(y)(x)\n");
  const auto name = [&](const std::string& text) {
    const auto p = s.evaluator().process(s.expression(text));
    return s.evaluator().name(static_cast<tryst::csp::SuspensionId>(s.evaluator().terms()[p].payload));
  };
  CHECK(name("P(1, {a})") == "P(1,{a})");
  CHECK(name("L") == "L");
  CHECK(name("f(1)(2)") == "f(1)(2)");
}
