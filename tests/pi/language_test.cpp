// The language: what parses, how it prints, and what is said about mistakes.
#include <catch2/catch.hpp>
#include <random>

#include "frontend/catalogue.hpp"
#include "frontend/pi/sorts.hpp"
#include "tests/pi/naive_pi.hpp"
#include "tests/pi/pi_fixture.hpp"
#include "tests/pi/samples.hpp"

using namespace tryst;

namespace {

std::string printed(const std::string& text) {
  PiText read(text);
  INFO(text << "\n" << read.messages());
  CHECK_FALSE(read.diagnostics.has_errors());
  return pi::print(read.script);
}

std::string messages(const std::string& text) { return PiText(text).messages(); }

}  // namespace

TEST_CASE("definitions and commands print as they are written") {
  const std::string text =
      "agent Cell(i,o) = i(x).'o<x>.Cell(i,o)\n"
      "agent Two = (^a,b)(Cell(a,b) | !t.[a=b][a#b]0)\n"
      "agent Mixed(a,b) = a.0 + 'b.0 + (a.0 | 'b.Two)\n"
      "eq Two Cell(i,o)\n"
      "eqd (i,o) 'i<o>.0 (^x)(Two | Two)\n"
      "weq Two 0\n"
      "weqd (i) Two 0\n"
      "deadlocks Two\n"
      "size Two\n"
      "sort Two\n"
      "step Two\n"
      "assert Two ~ Cell(a,b) weak late distinct a b\n"
      "assert not Two ~ Two strong open\n"
      "assert Two deadlock free\n";
  CHECK(printed(text) == text);
}

TEST_CASE("the words of commands are names elsewhere, and lines may be broken anywhere") {
  CHECK(printed("agent P(size,\n  sort, step) =\n  size.\n  'sort<step>.0\n") ==
        "agent P(size,sort,step) = size.'sort<step>.0\n");
}

TEST_CASE("square brackets and commas are allowed around the words of an assertion") {
  CHECK(printed("assert 0 ~ 0 [weak] [open] distinct a, b") == "assert 0 ~ 0 weak open distinct a b\n");
  CHECK(printed("assert 0 ~ 0") == "assert 0 ~ 0 strong early\n");
}

TEST_CASE("prefixes bind tightest, then |, then +") {
  PiModel model;
  const auto same = [&](const std::string& a, const std::string& b) { CHECK(model.term(a) == model.term(b)); };
  same("a.0 | b.0 + c.0", "(a.0 | b.0) + c.0");
  same("a.b.0 | c.0", "(a.b.0) | c.0");
  same("(^x)'a<x>.0 | 'b<x>.0", "((^x)'a<x>.0) | 'b<x>.0");
  same("[a=b]c.0 + a.0", "([a=b]c.0) + a.0");
  same("!a.0 | b.0", "(!a.0) | b.0");
}

TEST_CASE("what is printed reads back as the same") {
  std::mt19937 random(5);
  for (int i = 0; i < 500; ++i) {
    const std::string text = "size " + naive_pi::text(naive_pi::random_process(random, i % 20)) + "\n";
    PiText once(text);
    PiText twice(pi::print(once.script));
    CHECK(pi::same_tree(once.script, twice.script));
    CHECK(pi::print(once.script) == text);
  }
}

TEST_CASE("comments survive formatting") {
  const std::string text = "(* one (* inside *) *)\nagent P = 0\n-- two\ndeadlocks P\n(* three *)\n";
  PiText read(text);
  CHECK(pi::format(read.script, read.sources) == text);
}

TEST_CASE("the catalogue's examples provoke their codes") {
  for (const CatalogueEntry& entry : catalogue::pi()) {
    if (entry.example.empty()) continue;
    PiText read{std::string(entry.example)};
    INFO(entry.code << "\n" << entry.example << "\n" << read.messages());
    REQUIRE(read.diagnostics.all().size() == 1);
    CHECK(read.diagnostics.all()[0].code == entry.code);
  }
}

TEST_CASE("each mistake has its code") {
  const auto code = [](const std::string& text) {
    PiText read(text);
    INFO(text << "\n" << read.messages());
    REQUIRE(read.diagnostics.all().size() == 1);
    return std::string(read.diagnostics.all()[0].code);
  };
  CHECK(code("agent P(a) = a.§") == "P0701");
  CHECK(code("agent P(a) = a.7x") == "P0701");
  CHECK(code("agent P = 0 (* (* *)") == "P0702");
  CHECK(code("deadlocks '_x.0") == "P0703");
  CHECK(code("agent P(a) = a.") == "P0704");
  CHECK(code("deadlocks " + std::string(300, '(')) == "P0705");
  CHECK(code("assert 0 ~ 0 wek") == "P0706");
  CHECK(code("assert 0 deadlock fre") == "P0706");
  CHECK(code("size Q") == "P0710");
  CHECK(code("agent P = 0\nagent P = 0") == "P0711");
  CHECK(code("agent P(a) = a.0\nsize P") == "P0712");
  CHECK(code("agent P(a) = b.0") == "P0713");
  CHECK(code("agent P(a,a) = 0") == "P0714");
  CHECK(code("size (^x,x)0") == "P0714");
  CHECK(code("agent P = t.0 + P") == "P0715");
  CHECK(code("size a.0 | b.0 + c.0") == "P0716");
  CHECK(code("size a(t).t.0") == "P0717");
  CHECK(code("size 'a<1000000001>.0") == "P0718");
  CHECK(code("agent P = 0\ntraces P") == "P0719");
  CHECK(code("agent P = 0\ncheck P TT") == "P0720");
  CHECK(code("size a.0 | 'a<b>.0") == "P0801");
  CHECK(code("size 'a<1>.0 | 'a<b>.0 | b.0") == "P0802");
  CHECK(code("size a(x).[x=y][x=true]0") == "P0803");
}

TEST_CASE("a session of the Workbench is read: continued lines, abstractions, commands that steer it") {
  PiText read(
      "set debug 1\nclear\nagent P(a) = \\ \n  a.\\\n  0\nagent Q = (\\x,y)(\\z)x.'y<z>.Q(x,y,z)\n"
      "agent R(set,show) = set.show(time).R(set,show) |\n  set.0\nenv\ntime eq P(b) b.0\n\ttime   size P(b)\n"
      "show all\nhelp eq\nquit\n");
  CHECK(read.messages().empty());
  REQUIRE(read.script.definitions.size() == 3);
  CHECK(read.script.commands.size() == 2);
  PiText plain(
      "agent P(a) = a.0\nagent Q(x,y,z) = x.'y<z>.Q(x,y,z)\nagent R(set,show) = set.show(time).R(set,show) | "
      "set.0\neq P(b) b.0\nsize P(b)\n");
  CHECK(same_tree(read.script, plain.script));
  CHECK(messages("agent Q = (\\x)x.0 | 0") ==
        "error[P0704]: unexpected `|`\n"
        " --> test.pi:1:19\n"
        "  |\n"
        "1 | agent Q = (\\x)x.0 | 0\n"
        "  |                   ^ expected a definition or a command\n");
  CHECK(messages("agent P(a) = a.0\ninput \"p.ag\"") ==
        "error[P0720]: `input` cannot be carried out\n"
        " --> test.pi:2:1\n"
        "  |\n"
        "2 | input \"p.ag\"\n"
        "  | ^^^^^ a command of the Workbench that is missing here\n"
        "  = help: put the definitions of that file into this one\n");
}

TEST_CASE("a syntax error says what could stand there, and costs one item") {
  PiText read("agent P(a) = a(x) + 0\nagent Q = \nagent R = 0\n");
  CHECK(read.script.definitions.size() == 1);
  CHECK(read.messages() ==
        "error[P0704]: unexpected `+`\n"
        " --> test.pi:1:19\n"
        "  |\n"
        "1 | agent P(a) = a(x) + 0\n"
        "  |                   ^ expected `.`\n"
        "  = help: a prefix is followed by `.` and a process, if only `.0`\n"
        "error[P0704]: unexpected `agent`\n"
        " --> test.pi:3:1\n"
        "  |\n"
        "3 | agent R = 0\n"
        "  | ^^^^^ expected a process\n");
}

TEST_CASE("scope: unknown agents, arguments, free names, recursion without a guard") {
  CHECK(messages("agent Server(a) = a.Sever(a)") ==
        "error[P0710]: agent `Sever` is not defined\n"
        " --> test.pi:1:21\n"
        "  |\n"
        "1 | agent Server(a) = a.Sever(a)\n"
        "  |                     ^^^^^ unknown agent\n"
        "  = help: did you mean `Server`?\n");
  CHECK(messages("agent P(a,b) = a.P(a)").find("error[P0712]: `P` takes 2 names, not 1") == 0);
  CHECK(messages("agent P(reply) = 'repli.0").find("did you mean `reply`?") != std::string::npos);
  CHECK(messages("agent P = Q\nagent Q = R | 0\nagent R = [a=a]P\n").find("P0713") != std::string::npos);
  const std::string cycle = messages("agent P = Q\nagent Q = t.0 | P");
  CHECK(cycle.find("error[P0715]: `P` calls itself before it does anything") == 0);
  CHECK(cycle.find("`P` calls `Q` here") != std::string::npos);
  CHECK(messages("agent P = t.P").empty());
}

TEST_CASE("sorts: clashes are shown at both places, recursive sorts are allowed") {
  CHECK(messages("agent P(a) = 'a<a>.P(a)").empty());
  CHECK(messages("agent P(a,b) = 'a<b>.b(x,y).0\nagent Q(c) = c(d).'d<c>.0\ndeadlocks (^a,b)(P(a,b) | Q(a))") ==
        "warning[P0801]: a name carries 1 name in one place and 2 names in another\n"
        " --> test.pi:1:22\n"
        "  |\n"
        "1 | agent P(a,b) = 'a<b>.b(x,y).0\n"
        "  |                      ^^^^^ 2 names here\n"
        "  = help: an input and an output of different lengths do not communicate\n"
        "note: 1 name here\n"
        " --> test.pi:2:20\n"
        "  |\n"
        "2 | agent Q(c) = c(d).'d<c>.0\n"
        "  |                    ^^^\n"
        "note: `a` makes them the same name\n"
        " --> test.pi:3:29\n"
        "  |\n"
        "3 | deadlocks (^a,b)(P(a,b) | Q(a))\n"
        "  |                             ^\n");
  PiText read("");
  const pi::ProcId p = read.process("a(x).'x<b>.0 | 'c<c>.0");
  CHECK(pi::sorts_of(read.script, p) ==
        "a : s1\nb : never used\nc : s2\n  s1 = (s3)\n  s2 = (s2)\n  s3 = (never used)\n");
}

TEST_CASE("numbers and Booleans stand where they are sent, passed on or compared") {
  PiText read(
      "agent P(a,b,n) = [n < 3]'a<n+1>.P(a,b,n+1) + [n >= 3]'b<-n,0,true>.0 + b(x,y,z).[x#y-2][z=false][x<=y][y > 0]0\n"
      "assert P<a,b,0> ~ 0 weak late\n");
  CHECK(read.messages().empty());
  CHECK(pi::print(read.script) ==
        "agent P(a,b,n) = [n < 3]'a<n+1>.P(a,b,n+1) + [n >= 3]'b<-n,0,true>.0 + "
        "b(x,y,z).[x#y-2][z=false][x <= y][y > 0]0\nassert P(a,b,0) ~ 0 weak late\n");
  PiText again(pi::print(read.script));
  CHECK(pi::same_tree(read.script, again.script));
  // Where they are bound, the words for truth are names; and a process that mentions no data has none.
  CHECK(messages("agent True(b) = b(true,false).'true.0").empty());
  CHECK(messages("agent P(a) = a(x).[x = a]0").empty());
  CHECK(
      messages("agent P(a) = a(x).[x = 0]'x.0").find("error[P0802]: the same is a channel in one place and a number") ==
      0);
  CHECK(messages("agent P(a) = (^x)'a<x+1>.0").find("error[P0802]") == 0);
  CHECK(messages("agent P(a,b) = 'a<1>.0 | a(x).'b<x>.0 | b(y).[y=true]0").find("error[P0802]") == 0);
  PiText sorted("");
  CHECK(pi::sorts_of(sorted.script, sorted.process("'a<1>.b(x).[x=true]0")) ==
        "a : s1\nb : s2\n  s1 = (a number)\n  s2 = (a Boolean)\n");
}

TEST_CASE("hostile input is refused, not suffered") {
  const auto survives = [](const std::string& text) { return PiText(text).diagnostics.has_errors(); };
  CHECK(survives("agent P = " + std::string(100'000, '(')));
  std::string prefixes = "agent P(a) = ";
  for (int i = 0; i < 100'000; ++i) prefixes += "a.";
  CHECK(survives(prefixes + "0"));
  CHECK(messages(prefixes + "0").find("P0705") != std::string::npos);
  CHECK(survives(std::string(100'000, '\'')));
  CHECK(survives("(*" + std::string(100'000, '(')));
  std::mt19937 random(3);
  const std::string alphabet = "aPQ0t.,'()<>[]=#^|+!~ \n*-_agent17";
  for (int i = 0; i < 3000; ++i) {
    std::string text = "agent P(a) = ";
    for (int length = static_cast<int>(random() % 40); length > 0; --length)
      text += alphabet[random() % alphabet.size()];
    PiText read(text);
    CHECK((read.diagnostics.has_errors() || !read.script.items.empty()));
  }
}
