// Input of any shape and size ends in a tree or a diagnostic, soon.
#include <catch2/catch.hpp>
#include <chrono>
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
    const bool two = op.starts_with("P [|A|]");
    CHECK(Parsed("x = " + repeated(op, two ? 450 : 990) + "a").codes() == "");
    CHECK(Parsed("x = " + repeated(op, depth_max + 1) + "a").codes() == "P0126");
    CHECK(Parsed("x = " + repeated(op, 100'000) + "a\ny = 1 1").codes() == "P0126 P0120");
  }
  CHECK(Parsed("x = a" + repeated("(b)", 100'000)).codes() == "P0126");
  CHECK(Parsed("f(" + repeated("x^", 100'000) + "x) = 1").codes() == "P0126");
  CHECK(Parsed("f :: " + repeated("a => ", 100'000) + "b").codes() == "P0126");
  CHECK(Parsed("f :: " + repeated("a.", 100'000) + "b").codes() == "P0126");
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
    const auto begin = std::chrono::steady_clock::now();
    REQUIRE(Parsed(text).codes() == "");
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
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
