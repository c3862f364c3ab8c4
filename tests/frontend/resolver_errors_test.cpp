// Every diagnostic about names, to the letter. Those about modules: modules_test.cpp.
#include <catch2/catch.hpp>

#include "frontend/catalogue.hpp"
#include "tests/frontend/resolved.hpp"

namespace tryst::csp {

TEST_CASE("an unknown name is shown with the nearest one in scope and its place") {
  CHECK(errors("SENDER = STOP\n\nSYSTEM = SENDR\n") == R"(error[P0203]: `SENDR` is not defined
 --> m.csp:3:10
  |
3 | SYSTEM = SENDR
  |          ^^^^^ unknown name
  = help: did you mean `SENDER`? (defined at m.csp:1:1)
)");
  CHECK(errors("x = unoin({}, {})\n") == R"(error[P0203]: `unoin` is not defined
 --> m.csp:1:5
  |
1 | x = unoin({}, {})
  |     ^^^^^ unknown name
  = help: did you mean `union`?
)");
}

TEST_CASE("a name that something would bring into scope comes with that advice") {
  const auto help = [](std::string script) {
    const Resolved r(std::move(script));
    REQUIRE(r.codes() == "P0203");
    return r.diagnostics.all().front().help;
  };
  CHECK(help("P = normal(STOP)\n") == "bring the built-in function into scope with `transparent normal`");
  CHECK(help("P = loop(STOP)\n") == "bring the built-in function into scope with `external loop`");
  CHECK(help("P = WAIT(3)\n") == "`WAIT` is in scope inside `Timed` sections only");
  CHECK(help("P = sbisin(STOP)\n") == "did you mean `sbisim`? (bring it into scope with `transparent sbisim`)");
  CHECK(help("module M\nexports\n  size = 1\nendmodule\nx = size\n") == "it is in a module: write `M::size`");
  CHECK(help("module M\n  size = 1\nexports\nendmodule\nx = size\n") ==
        "module `M` has a `size`, but does not export it");
  CHECK(help("module M(a)\nexports\n  size = 1\nendmodule\nx = size\n") ==
        "module `M` has a `size`, but only its instances can be used");
  CHECK(help("x = zzzzzz\n") == "");
}

TEST_CASE("a name is reported once a declaration") { CHECK(codes("P = Q [] Q\nR = Q\n") == "P0203 P0203"); }

TEST_CASE("a second definition points at the first") {
  CHECK(errors("channel c\nd = 1\nc(x) = x\n") == R"(error[P0201]: `c` is defined more than once
 --> m.csp:3:1
  |
3 | c(x) = x
  | ^ second definition
note: `c` is first defined here
 --> m.csp:1:9
  |
1 | channel c
  |         ^
)");
  CHECK(errors("f(0) = 0\ng = 1\nf(x) = x\n") == R"(error[P0201]: `f` is defined more than once
 --> m.csp:3:1
  |
3 | f(x) = x
  | ^ second definition
  = help: the equations of a function must follow one another, in one file
note: `f` is first defined here
 --> m.csp:1:1
  |
1 | f(0) = 0
  | ^
)");
  CHECK(codes("channel c : {0}\nchannel c : {0}\n") == "P0201");
  CHECK(codes("datatype A = B\ndatatype A = C\n") == "P0201");
  CHECK(codes("datatype A = B\ndatatype C = B\n") == "P0201");
  CHECK(codes("datatype A = A\n") == "P0201");
  CHECK(codes("(x, y) = (1, 2)\nx = 3\n") == "P0201");
  CHECK(codes("external loop\nloop = 1\n") == "P0201");
  CHECK(codes("x = let a = 1\n        b = 2\n        a = 3\n    within a\n") == "P0201");
  CHECK(codes("channel tock\nTimed { x = 1 }\nx = 2\n") == "P0201");
}

TEST_CASE("a variable is bound once by the patterns that bind together") {
  CHECK(errors("f(x, x) = x\n") == R"(error[P0202]: `x` is bound twice
 --> m.csp:1:6
  |
1 | f(x, x) = x
  |      ^ second time
  = help: a pattern cannot compare: bind two names and compare them with `==`
note: `x` is first bound here
 --> m.csp:1:3
  |
1 | f(x, x) = x
  |   ^
)");
  CHECK(codes("f(x)(x) = x\n") == "P0202");
  CHECK(codes("f = \\ x, x @ x\n") == "P0202");
  CHECK(codes("A = {x | x <- {1}, x <- {2}}\n") == "P0202");
  CHECK(codes("channel a : {0}.{0}\nP = a?x?x -> STOP\n") == "P0202");
  CHECK(codes("(x, x) = (1, 2)\n") == "P0202");
  CHECK(codes("f = let (x, x) = (1, 2) within x\n") == "P0202");
  CHECK(codes("A = {x | x <- {{x | x <- {1}}}}\n") == "");  // one in the other is not together
}

TEST_CASE("external and transparent name functions that exist") {
  CHECK(errors("transparent sbisin\n") == R"(error[P0207]: there is no transparent function `sbisin`
 --> m.csp:1:13
  |
1 | transparent sbisin
  |             ^^^^^^
  = help: did you mean `sbisim`?
)");
  const auto help = [](std::string script) { return Resolved(std::move(script)).diagnostics.all().at(0).help; };
  CHECK(help("external normal\n") == "it is transparent: write `transparent normal`");
  CHECK(help("transparent loop\n") == "it is external: write `external loop`");
  CHECK(help("external timed_priority\n") == "`timed_priority` is in scope inside `Timed` sections only");
  CHECK(help("external union\n") == "`union` is always in scope");
}

TEST_CASE("an annotation needs its definition beside it") {
  CHECK(errors("f :: Int\n") == R"(error[P0208]: the annotation of `f` has no definition beside it
 --> m.csp:1:1
  |
1 | f :: Int
  | ^ not defined in this list of declarations
)");
  CHECK(codes("f = 1\nx = let f :: Int\n        g = 1\n    within g\n") == "P0208");
  CHECK(codes("f :: Int\ninclude = 1\n") != "");
}

TEST_CASE("a name has one annotation, and an annotation may have several names") {
  CHECK(errors("f :: Int\nf :: Int\nf = 1\n") == R"(error[P0209]: `f` is annotated more than once
 --> m.csp:2:1
  |
2 | f :: Int
  | ^ second annotation
note: the first annotation is here
 --> m.csp:1:1
  |
1 | f :: Int
  | ^
)");
  CHECK(codes("c1, c2 :: Int => Event\nchannel c1, c2 : Int\n") == "");
}

TEST_CASE("constraints and `=>*` speak of type variables of the annotation") {
  CHECK(errors("f :: Eq b => (a) -> a\nf(x) = x\n") ==
        R"(error[P0210]: `b` is constrained but does not occur in the type
 --> m.csp:1:6
  |
1 | f :: Eq b => (a) -> a
  |      ^^^^ no such type variable
)");
  const auto message = [](std::string script) {
    const Resolved r(std::move(script));
    REQUIRE(r.codes() == "P0210");
    return r.diagnostics.all().front().message;
  };
  CHECK(message("f :: Set Event => Int\nf = 0\n") == "`Event` is a type; only type variables can be constrained");
  CHECK(message("f :: (a) -> a\nf(x) = let g :: Set a => (a) -> a\n           g(x) = x\n       within g(x)\n") ==
        "`a` belongs to another annotation and cannot be constrained here");
  CHECK(message("f :: (Event =>* b) -> b\nf(x) = x\n") == "the left side of `=>*` must be a type variable");
}

TEST_CASE("sequence patterns have one part of unknown length") {
  CHECK(errors("f(s^t) = s\n") == R"(error[P0211]: a sequence pattern can have only one part of unknown length
 --> m.csp:1:5
  |
1 | f(s^t) = s
  |     ^ second part of unknown length
  = help: write the other parts element by element: `<x>^s^<y, z>`
note: the first part of unknown length is here
 --> m.csp:1:3
  |
1 | f(s^t) = s
  |   ^
)");
  CHECK(codes("f(<x>^s^<y>) = s\ng(<x, y>^_^<u>) = x\nh(\"ab\"^s) = s\nk(<x>^(<y>^s)) = s\n") == "");
  CHECK(codes("f(<x>^(s^t)) = s\n") == "P0211");
  CHECK(codes("f(<s^t>^u) = s\n") == "P0211");
  CHECK(codes("x = let f(xs^ys) = true within f(<>)\n") == "P0211");
  CHECK(codes("A = <s | (s^t) <- <<1>>>\n") == "P0211");
}

TEST_CASE("set patterns match at most one element") {
  CHECK(errors("f({x, y}) = x\n") == R"(error[P0212]: a set pattern can match at most one element
 --> m.csp:1:3
  |
1 | f({x, y}) = x
  |   ^^^^^^ 2 elements
  = help: match `{}` or `{x}`; a larger set has no first element
)");
  CHECK(codes("f({}) = 1\nf({x}) = x\n") == "");
}

TEST_CASE("double patterns are not for prefixes") {
  CHECK(errors("channel c : {0}\nP = c?x@@y -> STOP\n") == R"(error[P0213]: `@@` cannot be used in the field of a prefix
 --> m.csp:2:7
  |
2 | P = c?x@@y -> STOP
  |       ^^^^ double pattern
  = help: bind the value with `?x` and take it apart in a function
)");
  CHECK(codes("f(x@@<y>) = x\n") == "");
}

TEST_CASE("a Timed section needs a channel tock") {
  CHECK(errors("Timed { P = STOP }\n") == R"(error[P0214]: a `Timed` section needs a channel `tock`
 --> m.csp:1:1
  |
1 | Timed { P = STOP }
  | ^^^^^^^^^^^^^^^^^^ `tock` is not defined
  = help: declare `channel tock`
)");
  CHECK(codes("tock = 1\nTimed { P = STOP }\n") == "P0214");
}

TEST_CASE("nondeterministic inputs come first") {
  CHECK(errors("channel c : {0}.{0}\nP = c?x$y -> STOP\n") == R"(error[P0215]: a `$` field cannot follow a `?` field
 --> m.csp:2:8
  |
2 | P = c?x$y -> STOP
  |        ^^ chosen before the fields on its left
  = help: write the `$` fields first, or choose with `|~| x:S @ ..`
note: this field comes first
 --> m.csp:2:6
  |
2 | P = c?x$y -> STOP
  |      ^^
)");
  CHECK(codes("channel c : {0}.{0}\nP = c!0$y -> STOP\nQ = c$x?y -> STOP\nR = c$x!0 -> STOP\nS = c.0$x -> STOP\n") ==
        "P0215");
}

TEST_CASE("some operators have no timed meaning") {
  CHECK(errors("channel tock, a, b\nTimed {\n  P = STOP [a <-> b] STOP\n}\n") ==
        R"(error[P0216]: linked parallel cannot be used in a `Timed` section
 --> m.csp:3:12
  |
3 |   P = STOP [a <-> b] STOP
  |            ^^^^^^^^^ has no timed meaning
)");
  CHECK(codes("channel tock, a, b\nTimed {\n  P = [a <-> b] x : <1> @ STOP\n}\n") == "P0216");
  CHECK(errors("channel tock\nchannel c : {0}\nTimed {\n  P = c$x -> STOP\n}\n") ==
        R"(error[P0216]: a nondeterministic input `$` cannot be used in a `Timed` section
 --> m.csp:4:8
  |
4 |   P = c$x -> STOP
  |        ^^ has no timed meaning
)");
}

TEST_CASE("a qualified name in a pattern is a constant") {
  CHECK(errors("module M\nexports\n  x = 1\nendmodule\nf(M::x) = 1\n") ==
        R"(error[P0217]: `M::x` is not a channel or constructor and cannot stand in a pattern
 --> m.csp:5:3
  |
5 | f(M::x) = 1
  |   ^^^^ a qualified name must be a constant here
note: it is defined here
 --> m.csp:3:3
  |
3 |   x = 1
  |   ^
)");
  CHECK(codes("f(M::x) = 1\n") == "P0203");
  CHECK(codes("f = let M::x = 1 within 2\n") == "P0203");
}

TEST_CASE("a subtype lists constructors") {
  CHECK(errors("f = 1\nsubtype S = f\n") == R"(error[P0206]: `f` is not a constructor
 --> m.csp:2:13
  |
2 | subtype S = f
  |             ^ used as a constructor
note: `f` is defined here
 --> m.csp:1:1
  |
1 | f = 1
  | ^
)");
  CHECK(codes("subtype S = A\n") == "P0203");
}

TEST_CASE("the example of every entry about names provokes that entry and nothing else") {
  for (const CatalogueEntry& entry : catalogue::scope()) {
    if (entry.example.empty()) continue;
    CAPTURE(entry.code, entry.example);
    CHECK(codes(std::string(entry.example)) == entry.code);
  }
}

}  // namespace tryst::csp
