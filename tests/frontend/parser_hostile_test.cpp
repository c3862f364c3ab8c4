// Input of any shape and size ends in a tree or a diagnostic, soon.
#include <catch2/catch.hpp>
#include <ctime>
#include <random>

#include "frontend/csp/printer.hpp"
#include "tests/frontend/parsed.hpp"

namespace tryst::csp::test {

namespace {

std::string repeated(const std::string& piece, std::size_t count) {
  std::string out;
  out.reserve(piece.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

}  // namespace

TEST_CASE("nesting is allowed up to its limit and reported beyond, whatever the bracket") {
  struct Bracket {
    std::string open, inside, close;
  };
  const std::vector<Bracket> brackets{
      {"(", "x", ")"},
      {"{", "x", "}"},
      {"<", "x", ">"},
      {"{|", "x", "|}"},
      {"f(", "x", ")"},
      {"(| 1 => ", "x", " |)"},
      {"P[[a <- ", "x", "]]"},
      {"P [|", "x", "|] Q"},
      {"P [", "x", "||A] Q"},
      {"P [+", "x", "+] Q"},
      {"[] y <- ", "x", " @ P"},
      {"\\ ", "x", " @ 1"},
      {"if ", "b", " then 1 else 2"},
      {"let y = ", "x", " within y"},
      {"c!f(", "x", ") -> P"},
  };
  for (const Bracket& b : brackets) {
    CAPTURE(b.open);
    const auto nested = [&](std::size_t depth) {
      return Parsed("x = " + repeated(b.open, depth) + b.inside + repeated(b.close, depth)).codes();
    };
    if (b.open != "\\ ") CHECK(nested(nesting_max - 1) == "");
    CHECK(nested(nesting_max + 1).starts_with("P0125"));
    CHECK(nested(20'000).starts_with("P0125"));
  }
  CHECK(Parsed("x = " + repeated("(", 100'000)).codes() == "P0125");
  CHECK(Parsed("f :: " + repeated("{", 100'000)).codes() == "P0125");
  CHECK(Parsed("f :: " + repeated("(a) -> ", 100'000) + "b").codes() == "P0125");
  CHECK(Parsed(repeated("Timed {\n", 100'000)).codes().starts_with("P0125"));
  CHECK(Parsed(repeated("module M\n", 100'000)).codes().starts_with("P0125"));
}

TEST_CASE("P0125: the message about nesting") {
  const Parsed parsed("x = " + repeated("(", 201));
  REQUIRE(parsed.diagnostics.all().size() == 1);
  CHECK(parsed.diagnostics.all()[0].message == "this is nested too deeply");
  CHECK(parsed.diagnostics.all()[0].label == "more than 200 brackets inside one another");
  CHECK(parsed.diagnostics.all()[0].span == Span{204, 205});
}

TEST_CASE("P0126: chains of operators have a limit, since the tree is as deep as they are long") {
  for (const std::string op : {"a -> ", "a + ", "a.", "a ^ ", "not ", "- ", "if b then a else ", "\\ y @ ", "P ||| ",
                               "P [|A|] (Q) ||| ", "[] y:S @ ", "a \\ "}) {
    CAPTURE(op);
    const bool two = op.starts_with("P [|A|]") || op.starts_with("[] y");  // nodes
    CHECK(Parsed("x = " + repeated(op, two ? 450 : 990) + "a").codes() == "");
    CHECK(Parsed("x = " + repeated(op, depth_max + 1) + "a").codes() == "P0126");
    CHECK(Parsed("x = " + repeated(op, 100'000) + "a\ny = 1 1").codes() == "P0126 P0120");
  }
  CHECK(Parsed("x = a" + repeated("(b)", 100'000)).codes() == "P0126");
  CHECK(Parsed("f(" + repeated("x^", 100'000) + "x) = 1").codes() == "P0126");
  CHECK(Parsed("f :: " + repeated("a => ", 100'000) + "b").codes() == "P0126");
  CHECK(Parsed("f :: " + repeated("a.", 100'000) + "b").codes() == "P0126");
}

TEST_CASE("P0126: the depth of a declaration is that of all it holds, whatever the kinds of nodes on the way") {
  const std::string chain = repeated("- ", 20);
  struct Wrapping {
    std::string open, inside, close;  // at least 20 operators deeper
  };
  const std::vector<Wrapping> wrappings{
      {"let y = " + chain + "(", "1", ") within 1"},
      {"let (y, z) = " + chain + "(", "1", ") within 1"},
      {"let Timed {\n y = " + chain + "(", "1", ")\n}\nwithin 1"},
      {"{1 | y <- " + chain + "(", "1", ")}"},
      {"c!" + chain + "(", "1", ") -> P"},
      {"c?y:" + chain + "(", "1", ") -> P"},
      {chain + "f(", "1", ")"},
      {chain + "<(", "1", ")>"},
      {chain + "if ", "1", " then 1 else 1"},
      {"[] y <- " + chain + "(", "1", ") @ P"},
      {"P [[a <- b | y <- " + chain + "(", "1", ")]]"},
      {"[a <-> " + chain + "(", "1", ")] y <- s @ P"},
      {"|| y <- s @ [" + chain + "(", "1", ")] P"},
  };
  for (const Wrapping& w : wrappings) {
    CAPTURE(w.open);
    const auto nested = [&](std::size_t times) {
      return Parsed("x = " + repeated(w.open, times) + w.inside + repeated(w.close, times)).codes();
    };
    CHECK(nested(30) == "");
    CHECK(nested(60).starts_with("P0126"));
  }
  CHECK(Parsed("x = " + repeated("- ", 900) + "(\\ " + repeated("y^", 50) + "y @ 1)").codes() == "");
  CHECK(Parsed("x = " + repeated("- ", 900) + "(\\ " + repeated("y^", 150) + "y @ 1)").codes() == "P0126");
  for (const auto& [open, close] : {std::pair{"{1 | ", "}"}, {"<1 | ", ">"}, {"a[[a <- b | ", "]]"}, {"[] ", " @ P"}}) {
    CAPTURE(open);
    CHECK(Parsed("x = " + std::string(open) + repeated("y <- s, ", 990) + "y <- s" + close).codes() == "");
    CHECK(Parsed("x = " + std::string(open) + repeated("y <- s, ", 1000) + "y <- s" + close).codes() == "P0126");
    CHECK(Parsed("x = " + std::string(open) + repeated("y <- s, ", 100'000) + "y <- s" + close).codes() == "P0126");
  }
  const std::string dots = repeated("a.", 20);
  for (const auto& [open, close] : {std::pair{dots + "{", "}"},
                                    {dots + "(", ")"},
                                    {dots + "<", ">"},
                                    {dots + "(a) -> ", ""},
                                    {repeated("a => ", 20) + "(", ")"}}) {
    CAPTURE(open);
    const auto nested = [&](std::size_t times) {
      return Parsed("f :: " + repeated(open, times) + "a" + repeated(close, times)).codes();
    };
    CHECK(nested(30) == "");
    CHECK(nested(60).starts_with("P0126"));
  }
  const auto modules = [&](std::size_t operators) {
    return Parsed(repeated("module M\nexports\n", 90) + "x = " + repeated("1 + ", operators) + "1\n" +
                  repeated("endmodule\n", 90))
        .codes();
  };
  CHECK(modules(depth_max - 100) == "");
  CHECK(modules(depth_max - 50) == "P0126");
}

TEST_CASE("P0126: the message names what is too deep") {
  const auto message = [](const std::string& text) {
    const Parsed parsed(text);
    REQUIRE(parsed.diagnostics.all().size() == 1);
    CHECK(parsed.diagnostics.all()[0].label == "more than 1000 operators inside one another");
    return parsed.diagnostics.all()[0].message;
  };
  CHECK(message("x = " + repeated("1 + ", 1000) + "1") == "this expression is too deep");
  CHECK(message("x :: " + repeated("a.", 1000) + "b") == "this type is too deep");
  CHECK(message("x = " + repeated("1 + ", 999) + "1") == "this declaration is too deep");
}

TEST_CASE("long lists are no problem") {
  CHECK(Parsed("x = {" + repeated("1, ", 200'000) + "1}").codes() == "");
  CHECK(Parsed("f(" + repeated("_, ", 200'000) + "_) = 1").codes() == "");
  CHECK(Parsed("channel " + repeated("a, ", 200'000) + "a").codes() == "");
  CHECK(Parsed("datatype T = " + repeated("A | ", 200'000) + "A").codes() == "");
  CHECK(Parsed(repeated("x = 1\n", 200'000)).codes() == "");
  CHECK(Parsed("x = " + repeated("c", 10'000'000)).codes() == "");
}

TEST_CASE("a broken file of many lines reports as many errors as are kept, and ends") {
  const Parsed parsed(repeated("x = 1 1\n", 50'000));
  CHECK(parsed.diagnostics.all().size() == 100);
  CHECK(parsed.diagnostics.suppressed() > 1000);
  CHECK(Parsed(repeated("<", 100'000)).diagnostics.has_errors());
  CHECK(Parsed(repeated("\xFF ", 100'000)).diagnostics.has_errors());
  CHECK(Parsed(repeated("'", 100'001)).diagnostics.has_errors());
  CHECK(Parsed(repeated("{-", 100'000)).codes() == "P0103");
  CHECK(Parsed(repeated(":[", 100'000)).diagnostics.has_errors());
  CHECK(Parsed(repeated("exports\n", 100'000)).diagnostics.has_errors());
  CHECK(Parsed(repeated("}\n", 100'000)).diagnostics.has_errors());
  CHECK(Parsed(repeated("c?x", 100'000)).diagnostics.has_errors());
}

TEST_CASE("parsing is linear: doubled text takes about twice the time") {
  const auto seconds = [](std::size_t copies) {
    const std::string text =
        repeated("P(x) = c?y:{0..x} -> (if x > y then P(y) else STOP) [] (d!<x, (y)> -> SKIP ; P(x))\n", copies);
    const std::clock_t begin = std::clock();  // of this process: others do not count
    REQUIRE(Parsed(text).codes() == "");
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  seconds(100);
  CHECK(seconds(8000) < 10 * seconds(2000) + 0.5);
  SECTION("nested alternatives are not read twice") {
    const std::string deep = repeated("(1, {<(", 45) + "x" + repeated(")>})", 45);
    CHECK(Parsed("x = " + deep).codes() == "");
    CHECK(Parsed("x = " + deep + "]").codes() == "P0120");
  }
}

TEST_CASE("random token soup parses to the same tree after printing, or is reported") {
  const std::vector<std::string> words{"P",         "x",       "c'",        "1",       "'a'",      "\"s\"",
                                       "true",      "if",      "then",      "else",    "let",      "within",
                                       "and",       "or",      "not",       "channel", "datatype", "module",
                                       "M",         "exports", "endmodule", "assert",  "Timed",    "[]",
                                       "|~|",       "|||",     "/\\",       "->",      "[>",       "||",
                                       ";",         "&",       "\\",        "[T=",     "==",       "<",
                                       ">",         "+",       "-",         "*",       "^",        "#",
                                       "<>",        "(",       ")",         "{",       "}",        "{|",
                                       "|}",        "(| ",     "|)",        "[[",      "]]",       "[|",
                                       "|]",        "|>",      "[",         "]",       "|",        ",",
                                       "..",        ".",       "?",         "!",       "$",        "<-",
                                       "<->",       "::",      ":",         " :: ",    "=>",       "@@",
                                       "@",         "=",       "_",         "\n",      "\n",       ":[deadlock free]",
                                       "print x\n", "-- c\n",  "{- d -}"};
  std::mt19937 random(20240229);
  std::size_t accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = round % 2 == 0 ? "x = " : "";
    for (std::size_t length = random() % 12 + 1; length > 0; --length) text += words[random() % words.size()] + " ";
    const Parsed parsed(text);
    if (parsed.diagnostics.has_errors()) continue;
    ++accepted;
    const std::string printed = print(parsed.script);
    CAPTURE(text, printed);
    const Parsed again(printed);
    CHECK(again.codes() == "");
    CHECK(same_tree(parsed.script, again.script));
    CHECK(print(again.script) == printed);
  }
  CHECK(accepted > 100);
}

}  // namespace tryst::csp::test
