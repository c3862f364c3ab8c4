// Printing: the same tree comes back, tokens never run together, and lines break where the lexer swallows newlines.
#include "frontend/csp/printer.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "frontend/csp/printer_layout.hpp"
#include "tests/frontend/parsed.hpp"

namespace tryst::csp::test {

namespace {

// Prints a script and checks that the result means the same and prints alike.
std::string printed(const std::string& text) {
  const Parsed parsed(text);
  REQUIRE(parsed.rendered() == "");
  const std::string once = print(parsed.script);
  const Parsed again(once);
  CAPTURE(text, once);
  CHECK(again.rendered() == "");
  CHECK(same_tree(parsed.script, again.script));
  CHECK(shapes(parsed.script) == shapes(again.script));
  CHECK(print(again.script) == once);
  return once;
}

std::string formatted(const std::string& text) {
  const Parsed parsed(text);
  REQUIRE(parsed.rendered() == "");
  const std::string once = format(parsed.script, parsed.sources, FileId{0});
  const Parsed again(once);
  CAPTURE(text, once);
  CHECK(same_tree(parsed.script, again.script));
  CHECK(again.script.comments.size() == parsed.script.comments.size());
  CHECK(format(again.script, again.sources, FileId{0}) == once);
  return once;
}

}  // namespace

TEST_CASE("every form prints canonically") {
  const std::string script =
      "channel c, d : {0..9}.Bool\n"
      "datatype T = A | B.Int.(T, Bool)\n"
      "subtype S = A\n"
      "nametype N = {0..1}.Bool\n"
      "external f, g\n"
      "transparent h\n"
      "f, g :: (Eq a, Ord b) => (a, {<b>}) -> a.b => (| a => b |)\n"
      "h :: a =>* b\n"
      "(x, _) = (1, 'c')\n"
      "y@@<z> = <> ^ <1..2>\n"
      "f(0, \"s\\n\\\"\") = -x + #s * 2\n"
      "f(n, {a}) = \\ p, (q, r) @ f(n)(p, M::N::q)\n"
      "P = c!1?x:{0..3}$y -> x == 1 and not b & Q\n"
      "Q = P [] P |~| P /\\ P [> P ; P \\ {|c, d.1 | x <- {1..}, x != 2|}\n"
      "R = (P [| A |] P) ||| (P [A || B] P) |\\ A\n"
      "S = (P [| A |> P) ||| (P [+ A +] P) /+ A +\\ P\n"
      "U = (P[[c <- d, c.1 <- d.x | x <- A]]) [c <-> d | x <- s] P\n"
      "V = [] x <- A, x > 1 @ |~| y <- A @ ||| z <- A @ ; w <- s @ P\n"
      "W = [| A |] x <- B @ || y <- B @ [C] [+ A +] z <- B @ [c <-> d | x <- s] w <- s @ P\n"
      "X = if b then {x.. | x <- A} else if c then (| 1 => 2 |) else let v = 1 within v\n"
      "print f(x) +\n"
      "assert not P [FD= Q :[tau priority over]: {a} :[partial order reduce [fast]]\n"
      "assert P :[deadlock free [F]]\n"
      "assert P :[has trace]: <a, b>\n"
      "instance I = M(1, {2})\n"
      "\n"
      "module M(p, (q, r))\n"
      "  x = 1\n"
      "exports\n"
      "  y = 2\n"
      "\n"
      "  Timed(\\ _ @ 1) {\n"
      "    z = 3\n"
      "  }\n"
      "endmodule\n";
  CHECK(printed(script) == script);
}

TEST_CASE("tokens that would run together are kept apart") {
  CHECK(printed("x = { -1}") == "x = { -1}\n");
  CHECK(printed("x = { -1..2}") == "x = { -1..2}\n");
  CHECK(printed("x = < -1, 2>") == "x = < -1, 2>\n");
  CHECK(printed("x = - - 1") == "x = - -1\n");
  CHECK(printed("x = a - -1") == "x = a - -1\n");
  CHECK(printed("f(-1,< -2>,{ -3}) = 1") == "f(-1, < -2>, { -3}) = 1\n");
  CHECK(printed("x = { ||| y:A @ P}") == "x = { ||| y <- A @ P}\n");
  CHECK(printed("x = (||| y:A @ P)") == "x = (||| y <- A @ P)\n");
  CHECK(printed("x = P [ [] y:A @ B||C] Q") == "x = P [ [] y <- A @ B || C] Q\n");
  CHECK(printed("x = P [|{|a|}|] Q") == "x = P [| {|a|} |] Q\n");
  CHECK(printed("x = (|  |)") == "x = (|  |)\n");
  CHECK(printed("x = P[[a<-b[[c<-d]]]]") == "x = P[[a <- b[[c <- d]]]]\n");
  CHECK(printed("x = 'a'.'\\''.'\\\\'.'\\n'") == "x = 'a'.'\\''.'\\\\'.'\\n'\n");
  CHECK(printed("x = <<1>, <>>") == "x = <<1>, <>>\n");
}

TEST_CASE("no blank stands behind the name `print`, which would make a directive of it") {
  const std::string script =
      "channel print\n"
      "print:: Event\n"
      "print, x :: Eq print=> print=> T\n"
      "datatype T = print| A.print\n"
      "print= 3 - blueprint - x\n"
      "print(x) = M::print+ x < print- y\n"
      "P = print-> P [] c?print:print!print-> P \\ print||| P\n"
      "x = {print| print<- print, print< print} ^ \\ print@ \"print \"\n"
      "print x print\n";
  CHECK(printed(script) == script);
  CHECK(printed("x = print\nand print\nor if print\nthen let print= 1\nwithin print\nelse 1") ==
        "x = print\n"
        "    and print\n"
        "  or if print\n"
        "    then let print= 1 within print\n"
        "  else 1\n");
  CHECK(formatted("x = print-- it\ny = {print{- it -}}\n") == "x = print-- it\ny = {print{- it -}}\n");
}

TEST_CASE("parentheses are those that were written") {
  CHECK(printed("x = ((1)) + (2 * 3)") == "x = ((1)) + (2 * 3)\n");
  CHECK(printed("x = (a.b).c") == "x = a.b.c\n");
  CHECK(printed("x = (a).b") == "x = (a).b\n");
  CHECK(printed("x = P \\ A ||| Q") == "x = P \\ A ||| Q\n");
}

TEST_CASE("long lines break before operators, behind arrows and commas, and inside brackets") {
  const std::string name(30, 'n');
  CHECK(printed("P = " + name + " [] " + name + " [] " + name + " [] " + name) ==
        "P =\n  " + name + "\n  [] " + name + "\n  [] " + name + "\n  [] " + name + "\n");
  CHECK(printed("P = " + name + " -> " + name + " -> " + name + " -> " + name) ==
        "P =\n  " + name + " ->\n    " + name + " ->\n    " + name + " ->\n    " + name + "\n");
  CHECK(printed("x = f(" + name + ", " + name + ", " + name + ", " + name + ")") ==
        "x =\n  f(" + name + ",\n    " + name + ",\n    " + name + ",\n    " + name + ")\n");
  CHECK(printed("x = " + name + " - " + name + " - " + name + " - " + name) ==
        "x =\n  " + name + " -\n  " + name + " -\n  " + name + " -\n  " + name + "\n");
  CHECK(printed("x = if " + name + " then " + name + " else if " + name + " then " + name + " else 1") ==
        "x =\n  if " + name + " then " + name + "\n  else if " + name + " then " + name + "\n  else 1\n");
  CHECK(printed("x = let a = 1\nb = 2\nwithin a") == "x =\n  let\n    a = 1\n    b = 2\n  within a\n");
}

TEST_CASE("a formatted file keeps its comments, single empty lines and the order of things") {
  CHECK(formatted("\n\n-- head  \n\n\n\nchannel   a,b   -- two\n{- block\n  of text -}\nP=a->P--loop\n\n\n--tail") ==
        "-- head\n\nchannel a, b  -- two\n{- block\n  of text -}\nP = a -> P  --loop\n\n--tail\n");
  CHECK(formatted("{- one -}   x=1\ny=2{- two -}\n") == "{- one -} x = 1\ny = 2  {- two -}\n");
  CHECK(formatted(
            "module M(p, -- odd\n q)  -- after head\n  -- inner\nx = 1\n  -- before exports\nexports -- ex\n\ny = 2\n"
            "-- last\nendmodule -- end\n") ==
        "-- odd\nmodule M(p, q)  -- after head\n  -- inner\n  x = 1\n  -- before exports\nexports  -- ex\n\n  y = 2\n"
        "  -- last\nendmodule  -- end\n");
  CHECK(formatted("Timed(f) { -- t\n P = a\n\n -- exports\n}") == "Timed(f) {  -- t\n  P = a\n\n  -- exports\n}\n");
  CHECK(formatted("") == "");
  CHECK(formatted("\n \n") == "");
  CHECK(formatted("-- only") == "-- only\n");
}

TEST_CASE("what has a comment inside stays as it was written") {
  CHECK(formatted("f(x) =\n  x   -- the \n   +  1\ny = \"-- no comment {-\"  ^\"\"\n") ==
        "f(x) =\n  x   -- the\n   +  1\ny = \"-- no comment {-\" ^ \"\"\n");
  CHECK(formatted("f(0)=1 -- zero\n-- between\nf(n) = n *\n -- inside\n 2\nf(m)=3") ==
        "f(0) = 1  -- zero\n-- between\nf(n) = n *\n -- inside\n 2\nf(m) = 3\n");
  CHECK(formatted("Q={- in -}SKIP\r\nR=STOP\r\n") == "Q={- in -}SKIP\nR = STOP\n");
}

TEST_CASE("trees that differ anywhere are not the same") {
  const std::vector<std::string> scripts{"x = 1",
                                         "x = 2",
                                         "y = 1",
                                         "x = (1)",
                                         "x() = 1",
                                         "x(a) = 1",
                                         "x(_) = 1",
                                         "x = a.b",
                                         "x = M::a",
                                         "x = {1}",
                                         "x = <1>",
                                         "x = {1 | y}",
                                         "x = {1 | y <- z}",
                                         "x = c!1 -> P",
                                         "x = c?y -> P",
                                         "x = c$y -> P",
                                         "x = c?y:S -> P",
                                         "x = let x = 1 within x",
                                         "channel x",
                                         "channel x : S",
                                         "datatype x = A",
                                         "datatype x = A.S",
                                         "subtype x = A",
                                         "x :: a",
                                         "x :: Eq a => a",
                                         "x :: {a}",
                                         "assert x [T= x",
                                         "assert x [F= x",
                                         "assert not x [T= x",
                                         "assert x :[deterministic]",
                                         "print x",
                                         "print y",
                                         "module x\nexports\nendmodule",
                                         "module x\ny = 1\nexports\nendmodule",
                                         "module x\nexports\ny = 1\nendmodule",
                                         "instance x = y",
                                         "Timed { }",
                                         "Timed(f) { }",
                                         "external x",
                                         "transparent x",
                                         "x = 1\nx = 1"};
  for (std::size_t i = 0; i < scripts.size(); ++i)
    for (std::size_t j = 0; j < scripts.size(); ++j) {
      CAPTURE(scripts[i], scripts[j]);
      CHECK(same_tree(Parsed(scripts[i]).script, Parsed(scripts[j]).script) == (i == j));
    }
}

TEST_CASE("the models print to themselves and keep their comments") {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(TRYST_SOURCE_DIR "/models")) {
    if (entry.path().extension() != ".csp") continue;
    CAPTURE(entry.path());
    SourceSet sources;
    Diagnostics diagnostics;
    const Script script = parse_file(entry.path().string(), sources, diagnostics);
    REQUIRE_FALSE(diagnostics.has_errors());
    const Parsed again(print(script));
    CHECK(same_tree(script, again.script));
    const Parsed formatted(format(script, sources, FileId{0}));
    CHECK(same_tree(script, formatted.script));
    CHECK(formatted.script.comments.size() == script.comments.size());
  }
}

TEST_CASE("a document breaks a group only when it does not fit") {
  Layout layout(10);
  const auto words = [&](const std::string& a, const std::string& b) {
    return layout.group(layout.concat({layout.text(a), layout.nest(layout.concat({layout.line(), layout.text(b)}))}));
  };
  CHECK(layout.render(words("12345", "7890")) == "12345 7890");
  CHECK(layout.render(words("12345", "78901")) == "12345\n  78901");
  SECTION("what follows up to the next line counts") {
    CHECK(layout.render(layout.concat({words("12345", "789"), layout.text("01")})) == "12345\n  78901");
    CHECK(layout.render(layout.concat({words("12345", "789"), layout.line(), layout.text("01")})) == "12345 789\n01");
  }
  SECTION("a hard line breaks the groups around it") {
    CHECK(layout.render(layout.group(layout.concat({words("1", "2"), layout.line(), layout.hard()}))) == "1 2\n\n");
  }
}

}  // namespace tryst::csp::test
