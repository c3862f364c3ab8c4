// Every form of expression, pattern, declaration and assertion, as the tree that it becomes.
#include <catch2/catch.hpp>

#include "tests/frontend/parsed.hpp"

namespace tryst::csp::test {

TEST_CASE("literals, tuples and lambdas") {
  CHECK(shape("(1, true, 'a', \"s\")") == "(tuple 1 true '97 \"s\")");
  CHECK(shape("((x))") == "(paren (paren x))");
  CHECK(shape("()") == "P0120");
  CHECK(shape("f()") == "(apply f)");
  CHECK(shape("\\ x, (y, _) @ x") == "(lambda x <tuple y _> x)");
}

TEST_CASE("sets, sequences and maps in all their forms") {
  CHECK(shape("{}") == "(set)");
  CHECK(shape("{1, 2}") == "(set 1 2)");
  CHECK(shape("{1..2}") == "(set_range 1 2)");
  CHECK(shape("{1..}") == "(set_range_open 1)");
  CHECK(shape("{x | x <- A, y : B, x != y}") == "(set x | x <- A, y <- B, (not_equal x y))");
  CHECK(shape("{x..y | x <- A}") == "(set_range x y | x <- A)");
  CHECK(shape("{x.. | x <- A}") == "(set_range_open x | x <- A)");
  CHECK(shape("{| c, d.1 |}") == "(set_enumerated c (dot d 1))");
  CHECK(shape("{| |}") == "(set_enumerated)");
  CHECK(shape("{| c.x | x <- A |}") == "(set_enumerated (dot c x) | x <- A)");
  CHECK(shape("<>") == "(sequence)");
  CHECK(shape("<1, 2>") == "(sequence 1 2)");
  CHECK(shape("<1..2>") == "(sequence_range 1 2)");
  CHECK(shape("<1..>") == "(sequence_range_open 1)");
  CHECK(shape("<x, y | x <- s>") == "(sequence x y | x <- s)");
  CHECK(shape("<x.. | x <- s>") == "(sequence_range_open x | x <- s)");
  CHECK(shape("(| 1 => 2, a => b |)") == "(map 1 2 a b)");
  CHECK(shape("(|  |)") == "(map)");
  CHECK(shape("(||)") == "P0120");
}

TEST_CASE("an unparenthesised `>` closes the sequence around it") {
  CHECK(shape("<2, 1> > <1, 2>") == "(greater (sequence 2 1) (sequence 1 2))");
  CHECK(shape("<2, 1> < <1, 2>") == "(less (sequence 2 1) (sequence 1 2))");
  CHECK(shape("<x | x <- s, (x > 3)>") == "(sequence x | x <- s, (paren (greater x 3)))");
  CHECK(shape("<(x > 1)>") == "(sequence (paren (greater x 1)))");
  CHECK(shape("<x | x <- s, x > 3>") == "P0120");
  CHECK(shape("<if (x > 1) then 2 else 3>") == "(sequence (if (paren (greater x 1)) 2 3))");
  CHECK(shape("<f(x > 1)>") == "(sequence (apply f (greater x 1)))");
  CHECK(shape("<{y > 1}, <z>>") == "(sequence (set (greater y 1)) (sequence z))");
  CHECK(shape("<x | x <- s, x < 3>") == "(sequence x | x <- s, (less x 3))");
  CHECK(shape("<x | x <- s, x >= 3>") == "(sequence x | x <- s, (greater_equal x 3))");
  CHECK(shape("<> > < >") == "(greater (sequence) (sequence))");
  SECTION("a bracket that never closes a `<` spoils its own declaration only") {
    CHECK(Parsed("x = <1, 2\ny = 3 > 2\n").codes() == "P0120");
  }
}

TEST_CASE("every process operator with brackets") {
  CHECK(shape("P [|A|] Q") == "(parallel P A Q)");
  CHECK(shape("P [A||B] Q") == "(alphabetised P A B Q)");
  CHECK(shape("P [|A|> Q") == "(exception P A Q)");
  CHECK(shape("P [+A+] Q") == "(sync_external P A Q)");
  CHECK(shape("P /+A+\\ Q") == "(sync_interrupt P A Q)");
  CHECK(shape("P [a<->b] Q") == "(link P Q a b)");
  CHECK(shape("P [a<->b, c.x<->d.x | x<-S] Q") == "(link P Q a b (dot c x) (dot d x) | x <- S)");
  CHECK(shape("P[[a<-b, c.x<-d.x | x<-S]]") == "(rename P a b (dot c x) (dot d x) | x <- S)");
}

TEST_CASE("every replicated form") {
  CHECK(shape("[] x:A, y <- B @ P") == "(rep_external P | x <- A, y <- B)");
  CHECK(shape("|~| x:A @ P") == "(rep_internal P | x <- A)");
  CHECK(shape("||| x:A @ P") == "(rep_interleave P | x <- A)");
  CHECK(shape("; x:<1,2> @ P") == "(rep_sequential P | x <- (sequence 1 2))");
  CHECK(shape("[|B|] x:A @ P") == "(rep_parallel B P | x <- A)");
  CHECK(shape("|| x:A @ [B] P") == "(rep_alphabetised B P | x <- A)");
  CHECK(shape("[+B+] x:A @ P") == "(rep_sync_external B P | x <- A)");
  CHECK(shape("[a<->b] x:s @ P") == "(rep_link P a b | x <- s)");
  CHECK(shape("[a<->b | y <- t] x:s @ P") == "(rep_link P a b | y <- t | x <- s)");
}

TEST_CASE("there is no parallel without an alphabet and no prefix without a channel") {
  CHECK(shape("P || Q") == "P0120");
  CHECK(shape("?x:A -> P") == "P0120");
}

TEST_CASE("definitions: constants, functions, patterns") {
  CHECK(shapes("P = STOP") == "(function P =STOP)");
  CHECK(shapes("f(x, <y>^_)(-1) = x") == "(function f (x,<concat <sequence y> _>)(-1)=x)");
  CHECK(shapes("f() = 1") == "(function f ()=1)");
  CHECK(shapes("(x, y) = e") == "(pattern <tuple x y> e)");
  CHECK(shapes("(x) = e") == "(pattern <paren x> e)");
  CHECK(shapes("_ = e") == "(pattern _ e)");
  CHECK(shapes("x@@<_> = e") == "(pattern <also x <sequence _>> e)");
  CHECK(shapes("M::c = e") == "(pattern M::c e)");
  CHECK(shapes("f({}, {x}, a.b.c, 'c', \"s\", true) = 1") ==
        "(function f (<set>,<set x>,<dot a <dot b c>>,'99,\"s\",true)=1)");
}

TEST_CASE("adjacent equations of a function are one declaration") {
  CHECK(shapes("f(0) = 1\nf(n) = 2\ng = 3\nf(1) = 4") ==
        "(function f (0)=1 (n)=2)\n(function g =3)\n(function f (1)=4)");
  SECTION("but two constants of one name are two") {
    CHECK(shapes("x = 1\nx = 2") == "(function x =1)\n(function x =2)");
  }
  SECTION("in a `let`, too") { CHECK(shape("let f(0) = 1\nf(n) = 2\nwithin f") == "(let (function f (0)=1 (n)=2) f)"); }
}

TEST_CASE("channels, types and external functions") {
  CHECK(shapes("channel a, b") == "(channel a b)");
  CHECK(shapes("channel c :\n {0}.Bool") == "(channel c (dot (set 0) Bool))");
  CHECK(shapes("datatype T = A | B.T.{0..1}\n | C.(Int, Bool)") ==
        "(datatype T A B.(dot T (set_range 0 1)) C.(tuple Int Bool))");
  CHECK(shapes("subtype S = A | B.S") == "(subtype S A B.S)");
  CHECK(shapes("nametype N = Int.(Bool, T)") == "(nametype N (dot Int (tuple Bool T)))");
  CHECK(shapes("external f, g\ntransparent h") == "(external f g)\n(transparent h)");
}

TEST_CASE("type annotations") {
  const auto type = [](const std::string& text) {
    const std::string all = shapes("f :: " + text);
    return all.starts_with("(annotation f ") ? all.substr(14, all.size() - 15) : all;
  };
  CHECK(shapes("a, b :: Int") == "(annotation a b Int)");
  CHECK(type("{<M::T>}") == "(set (sequence M::T))");
  CHECK(type("(a, b)") == "(tuple a b)");
  CHECK(type("(a)") == "(paren a)");
  CHECK(type("() -> a") == "(function a)");
  CHECK(type("(a) -> (b, c) -> d") == "(function a (function b c d))");
  CHECK(type("Int => Bool => Event") == "(dotable Int (dotable Bool Event))");
  CHECK(type("a =>* b") == "(extendable a b)");
  CHECK(type("a.b.c => d") == "(dotable (dot a (dot b c)) d)");
  CHECK(type("(| k => v |)") == "(map k v)");
  CHECK(type("(a) -> b => c") == "(function a (dotable b c))");
  CHECK(type("Eq a => (a, b) -> a") == "{Eq a} (function a b a)");
  CHECK(type("(Eq a, Ord b) => (a => b)") == "{Eq a} {Ord b} (paren (dotable a b))");
  CHECK(type("()") == "P0127");
  CHECK(type("{a} =>* b") == "P0127");
  CHECK(type("Foo a => a") == "P0127");
}

TEST_CASE("modules and instances") {
  CHECK(shapes("module M\nx = 1\nexports\ny = 2\nz = 3\nendmodule") ==
        "(module M (function x =1) exports (function y =2) (function z =3))");
  CHECK(shapes("module M(p, (q, _))\nexports\nendmodule") == "(module M p <tuple q _> exports)");
  CHECK(shapes("module M\nmodule N\nexports\ninstance I = K\nendmodule\nexports\nendmodule") ==
        "(module M (module N exports (instance I K)) exports)");
  CHECK(shapes("instance I = M::N(1, {2})") == "(instance I (apply M::N 1 (set 2)))");
  CHECK(shapes("instance I = M") == "(instance I M)");
  CHECK(shapes("instance I = M()") == "P0120");
  CHECK(shapes("module M()\nexports\nendmodule") == "P0120");
}

TEST_CASE("Timed sections") {
  CHECK(shapes("Timed { P = a -> P\nchannel c }") == "(timed (function P =(prefix a P)) (channel c))");
  CHECK(shapes("Timed (f) {\n  P = a\n\n  Timed(\\ _ @ 1) {\n    assert P [T= P\n  }\n}\nQ = b") ==
        "(timed f (function P =a) (timed (lambda _ 1) (assert refines[T] P P)))\n(function Q =b)");
  CHECK(shapes("Timed {\n}") == "(timed)");
}

TEST_CASE("assertions") {
  const auto claim = [](const std::string& text) {
    const std::string all = shapes("assert " + text);
    return all.starts_with("(assert ") ? all.substr(8, all.size() - 9) : all;
  };
  for (const std::string model : {"T", "F", "FD", "V", "VD", "R", "RD"})
    CHECK(claim("P [" + model + "= Q") == "refines[" + model + "] P Q");
  CHECK(claim("not P [T= Q") == "not refines[T] P Q");
  CHECK(claim("-- c\n not {- d -}\n P [T= Q") == "not refines[T] P Q");
  CHECK(claim("P :[deadlock free]") == "deadlock_free[] P");
  CHECK(claim("P ||| Q :[deadlock-free [F]]:") == "deadlock_free[F] (interleave P Q)");
  CHECK(claim("P :[livelock free [FD]]") == "divergence_free[FD] P");
  CHECK(claim("P :[deterministic [FD]]") == "deterministic[FD] P");
  CHECK(claim("P :[has trace]: <a, b.1>") == "has_trace[] P (sequence a (dot b 1))");
  CHECK(claim("P :[has trace [T]]: <>") == "P0120");
  CHECK(claim("P [T= Q :[tau priority]: {a}") == "refines[T] P Q tau (set a)");
  CHECK(claim("P :[deterministic] :[tau priority over]: {a} :[partial order reduce [hybrid]]") ==
        "deterministic[] P over (set a) reduce[hybrid]");
  CHECK(claim("P [T= Q :[partial order reduce]") == "refines[T] P Q reduce");
  CHECK(claim("P :[tau priority]: {a}") == "P0120");
  CHECK(claim("x == 1") == "P0120");
  CHECK(claim("P : [deadlock free]") == "P0120");
  CHECK(claim("P :[symmetry reduce]: [T= Q") == "P0110");
}

TEST_CASE("print is kept as it was written") {
  CHECK(shapes("print  f(x) + \nP = a") == "(print \"f(x) +\")\n(function P =a)");
}

TEST_CASE("a script may be empty") {
  CHECK(shapes("") == "");
  CHECK(shapes("\n -- nothing\n{- at all -}\n") == "");
}

TEST_CASE("a single expression is parsed into an existing tree") {
  Parsed parsed("P = STOP");
  const std::size_t before = parsed.script.exprs.size();
  const auto parse = [&](const std::string& text) {
    FileId file{};
    REQUIRE(parsed.sources.add("<operand>", text, file));
    return parse_expression(file, parsed.script, parsed.sources, parsed.diagnostics);
  };
  const auto expr = parse("  P [] a -> P \n");
  REQUIRE(expr);
  CHECK(parsed.script.exprs[*expr].kind == ExprKind::external_choice);
  CHECK(index(*expr) >= before);
  CHECK(parsed.script.top.size() == 1);
  CHECK(parsed.codes().empty());
  CHECK_FALSE(parse("P = STOP"));
  CHECK_FALSE(parse(""));
  CHECK_FALSE(parse("P Q"));
  CHECK_FALSE(parse("_"));
  CHECK_FALSE(parse("P ~ Q"));
  CHECK(parsed.codes() == "P0120 P0120 P0120 P0122 P0102");
}

TEST_CASE("children stand before their parents, and spans cover what was written") {
  const Parsed parsed("f(x) = let y = {x..} within (c!y?z:{z | z <- y} -> f(z)) \\ y\nf(y) = \\ w @ w.y");
  REQUIRE(parsed.codes().empty());
  const Script& script = parsed.script;
  for (std::size_t i = 0; i < script.exprs.size(); ++i) {
    const Expr& expr = script.exprs[static_cast<ExprId>(i)];
    for (const ExprId operand : script.expr_lists[expr.operands]) {
      CHECK(index(operand) < i);
      CHECK(script.exprs[operand].span.begin >= expr.span.begin);
      CHECK(script.exprs[operand].span.end <= expr.span.end);
    }
  }
  const Clause& second = script.decls[script.top[0]].clauses.at(1);
  CHECK(parsed.sources.text(second.span) == "f(y) = \\ w @ w.y");
  CHECK(parsed.sources.text(script.exprs[second.body].span) == "\\ w @ w.y");
}

}  // namespace tryst::csp::test
