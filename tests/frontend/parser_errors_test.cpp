// What the parser says about mistakes, to the letter, and that one mistake costs one declaration.
#include <catch2/catch.hpp>

#include "frontend/catalogue.hpp"
#include "tests/frontend/parsed.hpp"

namespace tryst::csp::test {

namespace {

std::string said(const std::string& text) { return Parsed(text).rendered(); }

}  // namespace

TEST_CASE("P0120: inside a sequence `>` is what closes it") {
  const auto expected = [](const std::string& text) { return Parsed(text).diagnostics.all().at(0).label; };
  CHECK(expected("x = <1]") == "expected an operator, `>`, `|`, `,` or `..`");
  CHECK(expected("x = <1, 2") == "expected an operator, `>`, `|` or `,`");
  CHECK(expected("x = <1..2 | y <- s]") == "expected an operator, `>` or `,`");
  CHECK(expected("x = <(1]") == "expected an operator, `)` or `,`");
  CHECK(expected("x = <if 1]") == "expected an operator or `then`");
  CHECK(expected("x = 1]") == "expected an operator or the end of the declaration");
}

TEST_CASE("P0120: habits of other notations are recognised") {
  const auto help = [](const std::string& text) { return Parsed(text).diagnostics.all().at(0).help; };
  const std::string parallel = "write `P [| A |] Q` for a set `A` of events that both do together, or `P [A || B] Q`";
  CHECK(help("P = Q || R") == parallel);
  CHECK(help("P = a -> (Q || R)") == parallel);
  CHECK(help("P = ?x:A -> P") == "a prefix begins with its channel: `c?x -> P`");
  CHECK(help("P = a -> Q;\nQ = P") == "a declaration ends with its line; `;` puts two processes in sequence");
  CHECK(help("nametype N = {1..3};") == "a declaration ends with its line; `;` puts two processes in sequence");
  const std::string assertion =
      "an assertion compares two processes, `P [T= Q`, or has a property, `P :[deadlock free]`";
  CHECK(help("assert 1 == 1") == assertion);
  CHECK(help("assert P deadlock free") == assertion);
  CHECK(help("// a comment") == "a comment begins with `--`");
  CHECK(help("P = Q [a] R").empty());
}

TEST_CASE("P0102: a character without meaning names the ASCII operator that it looks like") {
  CHECK(said("P = a → STOP") ==
        "error[P0102]: the character `→` has no meaning here\n"
        " --> test.csp:1:7\n"
        "  |\n"
        "1 | P = a → STOP\n"
        "  |       ^\n"
        "  = help: CSPM is written in ASCII: `->`\n");
  CHECK(said("P = a ~ b") ==
        "error[P0102]: the character `~` has no meaning here\n"
        " --> test.csp:1:7\n"
        "  |\n"
        "1 | P = a ~ b\n"
        "  |       ^\n");
  CHECK(Parsed("P = \x01").diagnostics.all().at(0).message == "the byte 0x01 has no meaning here");
}

TEST_CASE("P0103: a comment that is never closed points at its beginning") {
  CHECK(said("P = a\n{- b {- c -}") ==
        "error[P0103]: this comment is never closed\n"
        " --> test.csp:2:1\n"
        "  |\n"
        "2 | {- b {- c -}\n"
        "  | ^^ opened here\n"
        "  = help: a comment ends at `-}`; comments nest, and `--}` does not close one\n");
}

TEST_CASE("P0104: strings and characters that are not closed") {
  CHECK(said("x = \"abc\ny = 1") ==
        "error[P0104]: this string is not closed on its line\n"
        " --> test.csp:1:5\n"
        "  |\n"
        "1 | x = \"abc\n"
        "  |     ^ opened here\n");
  CHECK(said("x = 'ab ") ==
        "error[P0104]: this quote does not enclose one character\n"
        " --> test.csp:1:5\n"
        "  |\n"
        "1 | x = 'ab \n"
        "  |     ^\n"
        "  = help: a character is one byte between quotes, as in `'a'`; a name may only end in primes\n");
}

TEST_CASE("P0105: numbers beyond 64 bits") {
  CHECK(said("x = 9223372036854775808") ==
        "error[P0105]: this number does not fit into 64 bits\n"
        " --> test.csp:1:5\n"
        "  |\n"
        "1 | x = 9223372036854775808\n"
        "  |     ^^^^^^^^^^^^^^^^^^^\n"
        "  = help: the largest number is 9223372036854775807\n");
}

TEST_CASE("P0106: an include without quotes") {
  CHECK(said("include other.csp\nP = STOP") ==
        "error[P0106]: an `include` names a file in double quotes\n"
        " --> test.csp:1:1\n"
        "  |\n"
        "1 | include other.csp\n"
        "  | ^^^^^^^\n"
        "  = help: write `include \"other.csp\"`\n");
  CHECK(Parsed("include\n\nP = Q").codes() == "P0106");
}

TEST_CASE("P0110: unknown properties are compared with the known ones") {
  CHECK(said("assert P :[deadlok free]") ==
        "error[P0110]: `deadlok free` is no property or option of an assertion\n"
        " --> test.csp:1:12\n"
        "  |\n"
        "1 | assert P :[deadlok free]\n"
        "  |            ^^^^^^^^^^^^\n"
        "  = help: did you mean `deadlock free`?\n");
  CHECK(said("assert P [T= Q :[symmetry reduce]:") ==
        "error[P0110]: `symmetry reduce` is no property or option of an assertion\n"
        " --> test.csp:1:18\n"
        "  |\n"
        "1 | assert P [T= Q :[symmetry reduce]:\n"
        "  |                  ^^^^^^^^^^^^^^^\n");
  CHECK(said("assert P :[deterministic\nQ = R") ==
        "error[P0110]: this `:[` is not closed on its line\n"
        " --> test.csp:1:25\n"
        "  |\n"
        "1 | assert P :[deterministic\n"
        "  |                         ^ expected `]`\n");
}

TEST_CASE("P0111: rich text") {
  CHECK(said("{\\rtf1 P = STOP}") ==
        "error[P0111]: this file is rich text, not a CSPM script\n"
        " --> test.csp:1:1\n"
        "  |\n"
        "1 | {\\rtf1 P = STOP}\n"
        "  | ^^^^^\n"
        "  = help: save it as plain text\n");
}

TEST_CASE("P0120: what stands there, and what could") {
  CHECK(said("P = STOP STOP") ==
        "error[P0120]: unexpected name `STOP`\n"
        " --> test.csp:1:10\n"
        "  |\n"
        "1 | P = STOP STOP\n"
        "  |          ^^^^ expected an operator or the end of the declaration\n");
  SECTION("an unclosed bracket is shown") {
    CHECK(said("P = (a -> STOP\nQ = STOP") ==
          "error[P0120]: unexpected end of the line\n"
          " --> test.csp:1:15\n"
          "  |\n"
          "1 | P = (a -> STOP\n"
          "  |               ^ expected an operator, `)` or `,`\n"
          "note: `(` is opened here\n"
          " --> test.csp:1:5\n"
          "  |\n"
          "1 | P = (a -> STOP\n"
          "  |     ^\n");
  }
  SECTION("a module without an end is shown") {
    CHECK(said("module M\nx = 1\n") ==
          "error[P0120]: unexpected end of the file\n"
          " --> test.csp:2:6\n"
          "  |\n"
          "2 | x = 1\n"
          "  |      ^ expected an operator or `exports`\n"
          "note: the module begins here\n"
          " --> test.csp:1:8\n"
          "  |\n"
          "1 | module M\n"
          "  |        ^\n");
  }
  SECTION("common slips get help") {
    CHECK(said("x = if y = 1 then 2 else 3") ==
          "error[P0120]: unexpected `=`\n"
          " --> test.csp:1:10\n"
          "  |\n"
          "1 | x = if y = 1 then 2 else 3\n"
          "  |          ^ expected an operator or `then`\n"
          "  = help: equality is written `==`\n");
    CHECK(said("x = <y | y <- s, y > 3>") ==
          "error[P0120]: unexpected number `3`\n"
          " --> test.csp:1:22\n"
          "  |\n"
          "1 | x = <y | y <- s, y > 3>\n"
          "  |                      ^ expected an operator or the end of the declaration\n"
          "  = help: inside `<` and `>` a comparison with `>` needs parentheses\n");
  }
  SECTION("what is expected comes in words") {
    const auto label = [](const std::string& text) { return Parsed(text).diagnostics.all().at(0).label; };
    CHECK(label("P = ") == "expected an expression");
    CHECK(label("= 3") == "expected a declaration");
    CHECK(label("datatype T =") == "expected a name");
    CHECK(label("assert P") == "expected an operator, a refinement such as `[T=` or `:[`");
    CHECK(label("assert P :[ ]") == "expected a property");
    CHECK(label("assert P :[deterministic free]").empty());
    CHECK(label("assert P :[deterministic [F] [F]]") == "expected `]`");
    CHECK(label("assert P [T= Q :[deterministic]") == "expected an option");
    CHECK(label("f :: {") == "expected a type");
    CHECK(label("f x") == "expected an operator, `,`, ` ::` or `=`");
    CHECK(label("P = c?x y") == "expected an operator or `:`");
  }
}

TEST_CASE("P0121: operators that do not associate point at both") {
  CHECK(said("x = a == b < c") ==
        "error[P0121]: `==` and `<` cannot follow one another without parentheses\n"
        " --> test.csp:1:12\n"
        "  |\n"
        "1 | x = a == b < c\n"
        "  |            ^ the second operator\n"
        "  = help: say with parentheses which of them comes first\n"
        "note: the first operator\n"
        " --> test.csp:1:7\n"
        "  |\n"
        "1 | x = a == b < c\n"
        "  |       ^^\n");
}

TEST_CASE("P0122: a pattern where a value is expected") {
  CHECK(said("P = {0 | 0 <- _}") ==
        "error[P0122]: `_` is a pattern, not a value\n"
        " --> test.csp:1:15\n"
        "  |\n"
        "1 | P = {0 | 0 <- _}\n"
        "  |               ^ a value is expected here\n");
  CHECK(said("f(x@@y) = x @@ y") ==
        "error[P0122]: `@@` belongs into patterns\n"
        " --> test.csp:1:13\n"
        "  |\n"
        "1 | f(x@@y) = x @@ y\n"
        "  |             ^^ a value is expected here\n");
}

TEST_CASE("P0123: a value where a pattern is expected") {
  CHECK(said("P(-true) = 1") ==
        "error[P0123]: this is not a pattern\n"
        " --> test.csp:1:3\n"
        "  |\n"
        "1 | P(-true) = 1\n"
        "  |   ^^^^^ a pattern is expected here\n"
        "  = help: patterns are names, `_`, literals, and tuples, sequences, sets, dots, `^` and `@@` of patterns\n");
  CHECK(said("M::f(x) = 1") ==
        "error[P0123]: only a plain name can be defined with arguments\n"
        " --> test.csp:1:1\n"
        "  |\n"
        "1 | M::f(x) = 1\n"
        "  | ^^^^ a name is expected here\n");
}

TEST_CASE("P0124: declarations in the wrong place") {
  CHECK(said("P = let\n  channel c : {0..1}\n  within 2") ==
        "error[P0124]: `channel` cannot stand inside `let`\n"
        " --> test.csp:2:3\n"
        "  |\n"
        "2 |   channel c : {0..1}\n"
        "  |   ^^^^^^^^^^^^^^^^^^\n"
        "  = help: move it to the top level\n");
  for (const std::string decl : {"channel c", "datatype T = A", "subtype T = A", "nametype T = Int", "assert P [T= P",
                                 "print x", "instance I = M", "module M\nexports\nendmodule"}) {
    CAPTURE(decl);
    CHECK(Parsed("P = let\n" + decl + "\nwithin 1").codes() == "P0124");
    CHECK(Parsed("P = let\nTimed {\n" + decl + "\n}\nwithin 1").codes().starts_with("P0124"));
  }
  for (const std::string decl : {"assert P [T= P", "print x", "Timed {\nassert P [T= P\n}"}) {
    CAPTURE(decl);
    CHECK(Parsed("module M\n" + decl + "\nexports\nendmodule").codes() == "P0124");
    CHECK(Parsed("module M\nexports\n" + decl + "\nendmodule").codes() == "P0124");
  }
  CHECK(Parsed("Timed {\nprint 0\n}").codes() == "P0124");
  CHECK(Parsed("P = let\nexternal f\ntransparent g\nh :: Int\nh = 1\n(a, b) = c\nTimed { k = 1 }\nwithin 1").codes() ==
        "");
}

TEST_CASE("P0127: types that are none") {
  CHECK(said("f :: Foo a => a") ==
        "error[P0127]: `Foo` is not a constraint on types\n"
        " --> test.csp:1:6\n"
        "  |\n"
        "1 | f :: Foo a => a\n"
        "  |      ^^^\n"
        "  = help: the constraints are `Eq`, `Ord`, `Complete`, `Set` and `Yieldable`\n");
  CHECK(Parsed("f :: ()").diagnostics.all().at(0).message == "there is no type without values");
  CHECK(Parsed("f :: <a> =>* b").diagnostics.all().at(0).message == "only a type variable can stand before `=>*`");
}

TEST_CASE("P0128: an option given twice") {
  CHECK(said("assert P [T= Q :[tau priority]: {} :[tau priority over]: {}") ==
        "error[P0128]: this option is given twice\n"
        " --> test.csp:1:38\n"
        "  |\n"
        "1 | assert P [T= Q :[tau priority]: {} :[tau priority over]: {}\n"
        "  |                                      ^^^^^^^^^^^^^^^^^^^^^^ given again\n"
        "note: first given here\n"
        " --> test.csp:1:18\n"
        "  |\n"
        "1 | assert P [T= Q :[tau priority]: {} :[tau priority over]: {}\n"
        "  |                  ^^^^^^^^^^^^^^^^^\n");
  CHECK(Parsed("assert P [T= Q :[partial order reduce] :[partial order reduce [fast]]").codes() == "P0128");
}

TEST_CASE("P0129: channels declared together have one annotation") {
  CHECK(said("c :: Event\nd :: Event\nchannel c, d") ==
        "error[P0129]: channels declared together are annotated apart\n"
        " --> test.csp:3:12\n"
        "  |\n"
        "3 | channel c, d\n"
        "  |            ^\n"
        "  = help: annotate them together, or declare them apart\n"
        "note: one annotation\n"
        " --> test.csp:1:1\n"
        "  |\n"
        "1 | c :: Event\n"
        "  | ^^^^^^^^^^\n"
        "note: another annotation\n"
        " --> test.csp:2:1\n"
        "  |\n"
        "2 | d :: Event\n"
        "  | ^^^^^^^^^^\n");
  CHECK(Parsed("c, d :: Event\nchannel c, d").codes() == "");
}

TEST_CASE("one run finds several errors, one a declaration") {
  CHECK(Parsed("P = (\nchannel c\nQ = a b\nR = c -> R\nS = ]\n").codes() == "P0120 P0120 P0120");
  CHECK(Parsed("P = let\n      x = (1\n      y = 2\n    within x\nQ = 3 3\n").codes() == "P0120 P0120");
  CHECK(Parsed("module M\n  x = 1 1\n  y = 2 2\nexports\n  z = 3 3\nendmodule\nw = 4 4").codes() ==
        "P0120 P0120 P0120 P0120");
  CHECK(Parsed("Timed {\n  x = (\n}\ny = 2").codes() == "P0120");
  const Parsed parsed("P = STOP\nQ = a b\nR = STOP");
  CHECK(shapes(parsed.script) == "(function P =STOP)\n(function R =STOP)");
}

TEST_CASE("the examples of the catalogue provoke the codes that they explain") {
  for (const CatalogueEntry& entry : catalogue::syntax()) {
    if (entry.example.empty()) continue;
    CAPTURE(entry.code, entry.example);
    CHECK(Parsed(std::string(entry.example)).codes() == entry.code);
  }
}

}  // namespace tryst::csp::test
