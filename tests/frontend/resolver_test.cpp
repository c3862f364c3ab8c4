// What names mean, and what is said when they mean nothing. Modules: modules_test.cpp.
#include "frontend/csp/resolver.hpp"

#include <catch2/catch.hpp>

#include "tests/frontend/resolved.hpp"

namespace tryst::csp {

TEST_CASE("the declarations of a list see one another whatever their order") {
  CHECK(refers("P = Q\nQ = P\n", "Q", 0) == 1);
  CHECK(refers("P = Q\nQ = P\n", "P", 1) == 0);
  CHECK(codes("P = let f(x) = g(x)\n        g(x) = f(x)\n    within f(1)\n") == "");
}

TEST_CASE("built-in names are visible everywhere and may be redeclared") {
  CHECK(refers("x = union({}, {})\n", "union", 0) == Resolved::builtin_name);
  CHECK(refers("union = 2\nx = union\n", "union", 1) == 0);
  CHECK(refers("channel STOP\nP = STOP -> SKIP\n", "STOP", 1) == 0);
  CHECK(refers("P = {union | union <- {1}}\n", "union", 0) == 1);
  CHECK(codes("channel STOP, union\ndatatype Int = head | Events\n") == "");
}

TEST_CASE("an inner definition hides an outer one") {
  CHECK(refers("x = 1\nf(x) = let x = x within \\ x @ x\n", "x", 5) == 4);
  CHECK(refers("x = 1\nf(x) = let x = x within \\ x @ x\n", "x", 3) == 2);  // a let sees itself
  CHECK(refers("x = 1\nf(x) = x\ny = x\n", "x", 3) == 0);
}

TEST_CASE("a generator binds over what follows it and over the replicated expression") {
  CHECK(refers("x = 1\nA = {x | x <- {x}, y <- {x}}\n", "x", 1) == 2);
  CHECK(refers("x = 1\nA = {x | x <- {x}, y <- {x}}\n", "x", 3) == 0);
  CHECK(refers("x = 1\nA = {x | x <- {x}, y <- {x}}\n", "x", 4) == 2);
  CHECK(refers("x = 1\nA = <x..x | x <- <x>, x == x>\n", "x", 2) == 3);
  CHECK(refers("x = 1\nA = <x..x | x <- <x>, x == x>\n", "x", 5) == 3);
  CHECK(refers("x = 1\nP = [] x : {x} @ x\n", "x", 3) == 1);
}

TEST_CASE("what stands before the generators of a replicated operator is outside of their scope") {
  CHECK(refers("A = {}\nx = 1\nP = [|{x}|] x : A @ x\n", "x", 1) == 0);
  CHECK(refers("A = {}\nx = 1\nP = [|{x}|] x : A @ x\n", "x", 3) == 2);
  CHECK(refers("A = {}\nx = 1\nP = [+{x}+] x : A @ x\n", "x", 1) == 0);
  CHECK(refers("A = {}\nx = 1\nP = || x : A @ [x] x\n", "x", 2) == 1);
}

TEST_CASE("the generators of a renaming or link bind its ties, not its processes") {
  CHECK(refers("channel a, b : {0}\nx = 0\nP = Q(x)[[a.x <- b.x | x <- {0}]]\nQ(y) = STOP\n", "x", 1) == 0);
  CHECK(refers("channel a, b : {0}\nx = 0\nP = Q(x)[[a.x <- b.x | x <- {0}]]\nQ(y) = STOP\n", "x", 2) == 4);
  CHECK(refers("channel a, b : {0}\nx = 0\nP = x [a.x <-> b.x | x <- <0>] x\n", "x", 1) == 0);
  CHECK(refers("channel a, b : {0}\nx = 0\nP = x [a.x <-> b.x | x <- <0>] x\n", "x", 3) == 4);
  CHECK(refers("channel a, b : {0}\nx = 0\nP = x [a.x <-> b.x | x <- <0>] x\n", "x", 5) == 0);
}

TEST_CASE("in a replicated link the ties see both lists of generators and the process only the second") {
  const char* script = "channel a, b : {0}\nx = 0\nP = [a.x <-> b.y | x <- <y>] y : <x> @ Q(x, y)\nQ(u, v) = STOP\n";
  CHECK(refers(script, "x", 1) == 2);
  CHECK(refers(script, "x", 3) == 0);
  CHECK(refers(script, "x", 4) == 0);
  CHECK(refers(script, "y", 0) == 2);
  CHECK(refers(script, "y", 1) == 2);
  CHECK(refers(script, "y", 3) == 2);
}

TEST_CASE("a prefix field binds over later fields and the process") {
  CHECK(refers("channel c : {0}.{0}\nx = 0\nP = c?x!x -> Q(x)\nQ(y) = STOP\n", "x", 2) == 1);
  CHECK(refers("channel c : {0}.{0}\nx = 0\nP = c?x!x -> Q(x)\nQ(y) = STOP\n", "x", 3) == 1);
  CHECK(refers("channel c : {0}.{0}\nx = 0\nP = c!x?x:{x} -> Q(x)\nQ(y) = STOP\n", "x", 1) == 0);
  CHECK(refers("channel c : {0}.{0}\nx = 0\nP = c!x?x:{x} -> Q(x)\nQ(y) = STOP\n", "x", 3) == 0);
  CHECK(refers("channel c : {0}.{0}\nx = 0\nP = c$x?y -> Q(x)\nQ(z) = STOP\n", "x", 2) == 1);
}

TEST_CASE("a name in a pattern is a constant if it is a channel or constructor in scope, else it binds") {
  CHECK(refers("datatype T = A | B\nf(A) = B\n", "A", 1) == 0);
  CHECK(refers("channel c\nf(c) = 1\n", "c", 1) == 0);
  CHECK(refers("T = 1\nf(T) = T\n", "T", 2) == 1);
  CHECK(refers("datatype T = A\nf(T) = T\n", "T", 2) == 1);  // the type's own name is no constant
  CHECK(refers("channel c : {0}\n(c.x, y) = (c.0, 1)\nz = x\n", "c", 1) == 0);
  CHECK(refers("channel c : {0}\n(c.x, y) = (c.0, 1)\nz = x\n", "x", 1) == 0);
}

TEST_CASE("type names are built-in types, datatypes or variables, in a name space of their own") {
  CHECK(refers("f :: (a) -> Int\nf(x) = 1\n", "a", 0) == 0);
  CHECK(refers("f :: (a) -> a\nf(x) = x\n", "a", 1) == 0);
  CHECK(refers("f :: (Int) -> T\nf(x) = A\ndatatype T = A\n", "T", 0) == 1);
  CHECK(refers("f :: (Event) -> Int\nf(x) = 1\n", "Event", 0) == Resolved::builtin_name);
  CHECK(refers("T = {}\nf :: (T) -> T\nf(x) = x\n", "T", 2) == 1);  // a set is no type
  // a type variable is visible in the annotations inside
  CHECK(refers("f :: (a) -> a\nf(x) = let g :: (a) -> a\n           g(y) = y\n       within g(x)\n", "a", 2) == 0);
}

TEST_CASE("external and transparent bring built-in functions into scope, in a let as well") {
  CHECK(refers("transparent normal\nP = normal(STOP)\n", "normal", 1) == Resolved::builtin_name);
  CHECK(codes("external prioritise, chase\nP = prioritise(chase(STOP), <>)\n") == "");
  CHECK(codes("P = let transparent sbisim within sbisim(STOP)\nQ = sbisim(STOP)\n") == "P0203");
}

TEST_CASE("WAIT and timed_priority are in scope in Timed sections only") {
  CHECK(codes("channel tock\nTimed { P = timed_priority(WAIT(1)) }\n") == "");
  CHECK(codes("channel tock\nTimed { P = STOP }\nQ = WAIT(1)\n") == "P0203");
  // there they come before a definition outside, but not before one of the section itself
  CHECK(refers("channel tock\nWAIT(n) = STOP\nTimed { P = WAIT(1) }\n", "WAIT", 1) == Resolved::builtin_name);
  CHECK(refers("channel tock\nTimed {\n  WAIT(n) = STOP\n  P = WAIT(1)\n}\n", "WAIT", 1) == 0);
}

TEST_CASE("a Timed section belongs to the list it stands in and knows its tock") {
  const Resolved r("Q = P\nTimed {\n  P = let R = STOP within R\n  channel tock\n}\n");
  REQUIRE(r.codes() == "");
  REQUIRE(r.typed.timed_sections.size() == 1);
  CHECK(r.typed.bindings[r.typed.timed_sections[TimedId{0}].tock].qualified == "tock");
  for (const auto& [name, timed] : {std::pair{"P", true}, {"Q", false}, {"tock", true}})
    CHECK(r.typed.in_timed_section(r.typed.bindings[r.named(name).at(0)].decl) == timed);
  const BindingId local = r.binding_ending_at(r.occurrences("R").at(1) + 1);
  CHECK(r.typed.in_timed_section(r.typed.bindings[local].decl));
}

TEST_CASE("a declaration's names and constructors have consecutive bindings") {
  const Resolved r("channel a, b\ndatatype T = A | B.{0}\n");
  const auto first = [&](std::size_t d) { return index(r.typed.decl_bindings_first[index(r.typed.script.top[d])]); };
  CHECK(r.typed.bindings[BindingId{first(0) + 1}].qualified == "b");
  CHECK(r.typed.bindings[BindingId{first(1)}].kind == BindingKind::datatype);
  CHECK(r.typed.bindings[BindingId{first(1) + 2}].qualified == "B");
  CHECK(r.typed.bindings[BindingId{first(1) + 2}].ordinal == 1);
}

TEST_CASE("annotations and subtypes know what they speak of") {
  const Resolved r("f, g :: (Eq a) => (a) -> a\nf(x) = x\ng(x) = x\ndatatype T = A | B\nsubtype S = B | A\n");
  REQUIRE(r.codes() == "");
  const auto& annotation = r.typed.decl_uses[index(r.typed.script.top[0])];
  REQUIRE(annotation.size() == 3);
  CHECK(r.typed.bindings[annotation[1]].qualified == "g");
  CHECK(r.typed.bindings[annotation[2]].kind == BindingKind::type_variable);
  const auto& subtype = r.typed.decl_uses[index(r.typed.script.top[4])];
  REQUIRE(subtype.size() == 2);
  CHECK(r.typed.bindings[subtype[0]].qualified == "B");
}

TEST_CASE("an expression can be resolved after the script, in its top-level scope") {
  Resolved r("external loop\nP = STOP\nmodule M\n  p = 1\nexports\n  c = 1\nendmodule\n");
  REQUIRE(r.codes() == "");
  const auto resolves = [&](std::string text) {
    FileId file{};
    r.sources.add("<argument>", std::move(text), file);
    const auto e = parse_expression(file, r.typed.script, r.sources, r.diagnostics);
    REQUIRE(e);
    return resolve_expression(*e, r.typed, r.sources, r.diagnostics);
  };
  CHECK(resolves("loop(P ; let Q = P within Q)"));
  CHECK(resolves("M::c + 1"));
  CHECK_FALSE(resolves("M::p"));
  CHECK_FALSE(resolves("Q"));
}

}  // namespace tryst::csp
