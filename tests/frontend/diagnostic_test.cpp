// Diagnostics are tested to the letter: what is compared here is what a user reads.
#include "frontend/diagnostic.hpp"

#include <catch2/catch.hpp>

#include "frontend/printable.hpp"

namespace tryst {

namespace {

// A source under the name m.csp, and the diagnostic P0203 whose span is the first occurrence of `marked` in it.
struct Scene {
  SourceSet sources;
  Diagnostic diagnostic{"P0203", Severity::error, "`x` is not defined", {}, "", {}, ""};

  explicit Scene(std::string text, std::string_view marked = "") {
    FileId id{};
    REQUIRE(sources.add("m.csp", std::move(text), id));
    diagnostic.span = find(marked);
  }
  Span find(std::string_view marked) const {
    const auto at = static_cast<std::uint32_t>(sources.text(FileId{0}).find(marked));
    return {at, at + static_cast<std::uint32_t>(marked.size())};
  }
  std::string shown() const { return render(diagnostic, sources); }
};

}  // namespace

TEST_CASE("a diagnostic names code, message, place, excerpt, label and help") {
  Scene s(std::string(37, '\n') + "SYSTEM = (SENDR [|{|send|}|] CHANNEL) \\ {|send|}\n", "SENDR");
  s.diagnostic.message = "`SENDR` is not defined";
  s.diagnostic.label = "unknown name";
  s.diagnostic.help = "did you mean `SENDER`? (defined at abp.csp:11:1)";
  CHECK(s.shown() == R"(error[P0203]: `SENDR` is not defined
  --> m.csp:38:11
   |
38 | SYSTEM = (SENDR [|{|send|}|] CHANNEL) \ {|send|}
   |           ^^^^^ unknown name
   = help: did you mean `SENDER`? (defined at abp.csp:11:1)
)");
}

TEST_CASE("a warning is called so, and without a place there is no excerpt") {
  Scene s("P = STOP\n");
  s.diagnostic.severity = Severity::warning;
  s.diagnostic.span = {};
  s.diagnostic.notes = {{{}, "text only"}};
  CHECK(s.shown() == "warning[P0203]: `x` is not defined\n  = note: text only\n");
}

TEST_CASE("notes with a place follow as blocks, those without stand below the primary excerpt") {
  Scene s("a = 1\n\n\n\n\n\n\n\n\na = b\n", "a = b");
  s.diagnostic.notes = {{s.find("a = 1"), "first defined here"}, {{}, "a name has one definition"}};
  s.diagnostic.help = "rename one";
  CHECK(s.shown() == R"(error[P0203]: `x` is not defined
  --> m.csp:10:1
   |
10 | a = b
   | ^^^^^
   = note: a name has one definition
   = help: rename one
note: first defined here
  --> m.csp:1:1
   |
 1 | a = 1
   | ^^^^^
)");
}

TEST_CASE("a span of a few lines is underlined on each, without the indentation") {
  Scene s("P = a ->\n  b ->\n    STOP\n", "a ->\n  b ->\n    STOP");
  s.diagnostic.label = "here";
  CHECK(s.shown() == R"(error[P0203]: `x` is not defined
 --> m.csp:1:5
  |
1 | P = a ->
  |     ^^^^
2 |   b ->
  |   ^^^^
3 |     STOP
  |     ^^^^ here
)");
}

TEST_CASE("a span of many lines is shown by its first and last") {
  Scene s("P = a ->\n b -> \n c ->\n d ->\n STOP\n", "a ->\n b -> \n c ->\n d ->\n STOP\n");
  CHECK(s.shown() == R"(error[P0203]: `x` is not defined
 --> m.csp:1:5
  |
1 | P = a ->
  |     ^^^^
...
5 |  STOP
  |  ^^^^
)");
}

TEST_CASE("the end of the file has a caret, also in an empty file") {
  Scene empty("");
  empty.diagnostic.span = {0, 0};
  CHECK(empty.shown() == "error[P0203]: `x` is not defined\n --> m.csp:1:1\n  |\n1 |\n  | ^\n");
  Scene s("P =");
  s.diagnostic.span = {3, 3};
  CHECK(s.shown() == "error[P0203]: `x` is not defined\n --> m.csp:1:4\n  |\n1 | P =\n  |    ^\n");
}

TEST_CASE("tabs take four columns, and carets stand below wide and accented characters") {
  Scene tab("\tx = y", "y");
  CHECK(tab.shown() == "error[P0203]: `x` is not defined\n --> m.csp:1:6\n  |\n1 |     x = y\n  |         ^\n");
  Scene accent("-- é 漢 x", "x");
  CHECK(accent.shown() == "error[P0203]: `x` is not defined\n --> m.csp:1:11\n  |\n1 | -- é 漢 x\n  |         ^\n");
}

TEST_CASE("nothing in a source, a name or a message can steer the terminal") {
  SourceSet sources;
  FileId id{};
  REQUIRE(sources.add("a\033[2J\n.csp", "x\033[31m\x80\xff y\xe2\x80\xae\r\n", id));
  const Diagnostic d{"P0101", Severity::error, "bad `\a\n`", {0, 1}, "l\033", {{{0, 1}, "n\r"}}, "h\x9b"};
  CHECK(render(d, sources) == R"(error[P0101]: bad `??`
 --> a?[2J?.csp:1:1
  |
1 | x?[31m?? y?
  | ^ l?
  = help: h?
note: n?
 --> a?[2J?.csp:1:1
  |
1 | x?[31m?? y?
  | ^
)");
}

TEST_CASE("a line longer than a terminal is shown around the caret") {
  Scene s(std::string(300, 'a') + "X" + std::string(300, 'b'), "X");
  CHECK(s.shown() == "error[P0203]: `x` is not defined\n --> m.csp:1:301\n  |\n1 | ..." + std::string(40, 'a') + "X" +
                         std::string(79, 'b') + "...\n  |    " + std::string(40, ' ') + "^\n");
}

TEST_CASE("a span that runs out of the window is underlined to its edge") {
  Scene s(std::string(100, 'a') + std::string(10'000'000, 'X'), "X");
  s.diagnostic.span.end = 10'000'100;
  CHECK(s.shown() == "error[P0203]: `x` is not defined\n --> m.csp:1:101\n  |\n1 | ..." + std::string(40, 'a') +
                         std::string(80, 'X') + "...\n  |    " + std::string(40, ' ') + std::string(80, '^') + "\n");
}

TEST_CASE("colour adds escapes and changes nothing else") {
  Scene s("P = x\n", "x");
  s.diagnostic.help = "define it";
  std::string coloured = render(s.diagnostic, s.sources, true);
  CHECK(coloured.find("\033[1;31merror[P0203]\033[0m") == 0);
  for (std::size_t at; (at = coloured.find('\033')) != std::string::npos;)
    coloured.erase(at, coloured.find('m', at) - at + 1);
  CHECK(coloured == s.shown());
}

TEST_CASE("diagnostics beyond the bound are counted, not kept") {
  Diagnostics diagnostics(2);
  for (int i = 0; i < 5; ++i) diagnostics.report({"P0101", Severity::error, "m", {}, "", {}, ""});
  CHECK(diagnostics.all().size() == 2);
  CHECK(diagnostics.error_count() == 5);
  CHECK(diagnostics.suppressed() == 3);
  CHECK_FALSE(diagnostics.has_warnings());
  diagnostics.report({"P0101", Severity::warning, "m", {}, "", {}, ""});
  CHECK(diagnostics.has_warnings());
  CHECK(diagnostics.all().size() == 3);
}

TEST_CASE("the closest name is suggested, the earlier one of two") {
  CHECK(did_you_mean("SENDR", {"RECEIVER", "SENDER", "SEND"}) == "SENDER");
  CHECK(did_you_mean("chekc", {"check", "equiv"}) == "check");
  CHECK(did_you_mean("sender", {"SENDER"}) == "SENDER");
  CHECK(did_you_mean("ab", {"ax", "ay"}) == "ax");
}

TEST_CASE("a distant name is not suggested") {
  CHECK(did_you_mean("abcdef", {"abxyef"}) == "abxyef");
  CHECK(did_you_mean("abcdef", {"xbxyef"}).empty());
  CHECK(did_you_mean("x", {"y", "zz"}).empty());
  CHECK(did_you_mean("x", {"xs"}) == "xs");
  CHECK(did_you_mean("", {"a"}).empty());
  CHECK(did_you_mean("a", {}).empty());
  CHECK(did_you_mean(std::string(10'000'000, 'a'), {std::string_view("a")}).empty());
}

TEST_CASE("only well-formed UTF-8 passes") {
  CHECK(printable("\xc0\xaf") == "??");            // overlong
  CHECK(printable("\xed\xa0\x80") == "???");       // surrogate
  CHECK(printable("\xf4\x90\x80\x80") == "????");  // above U+10FFFF
  CHECK(printable("\xe6\xbc") == "??");            // cut off
  CHECK(printable("τ ✓ é") == "τ ✓ é");
  CHECK(display_width("τ✓é") == 3);
  CHECK(display_width("e\xcc\x81") == 1);
  CHECK(character_start("a\xe6\xbc\xa2", 3) == 1);
  CHECK(character_start("ab", 9) == 2);
}

}  // namespace tryst
