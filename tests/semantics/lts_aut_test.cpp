// Aldebaran files: what is read, what is written, that one undoes the other, and every complaint to the letter.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <random>
#include <sstream>

#include "frontend/catalogue.hpp"
#include "semantics/aut_reader.hpp"
#include "semantics/lts_writer.hpp"

using namespace tryst;

namespace {

struct Reading {
  std::optional<Lts> lts;
  std::vector<std::string> complaints;  // "P0605 2:1-4 message / label / help"
};

Reading read(const std::string& text) {
  SourceSet sources;
  FileId file{};
  REQUIRE(sources.add("padding.csp", "x", file));  // offsets are not columns by chance
  Diagnostics diagnostics;
  std::istringstream in(text);
  Reading reading{read_aut(in, "test.aut", sources, diagnostics), {}};
  for (const Diagnostic& d : diagnostics.all()) {
    const Location from = sources.locate(d.span.begin);
    const Location to = sources.locate(d.span.end);
    reading.complaints.push_back(
        fmt::format("{} {}:{}-{} {} / {} / {}", d.code, from.line, from.column, to.column, d.message, d.label, d.help));
  }
  CHECK(reading.lts.has_value() == reading.complaints.empty());
  return reading;
}

std::string written(const Lts& lts, LtsFormat format = LtsFormat::aut, const LabelOptions& options = {}) {
  std::ostringstream out;
  write_lts(lts, format, options, out);
  return out.str();
}

std::vector<std::string> edges(const Lts& lts) {
  std::vector<std::string> all;
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (const Transition& t : lts.transitions(static_cast<StateId>(s)))
      all.push_back(fmt::format("{} {} {}", s, lts.events().name(t.event), index(t.target)));
  return all;
}

using Complaints = std::vector<std::string>;

}  // namespace

TEST_CASE("a plain file is read: quoted and bare labels, τ and ✓") {
  const auto reading =
      read("des (0,6,4)\n(0,\"a.1\",1)\n(1,\"tau\",2)\n(2,i,0)\n(2,\"c!1, x\",0)\n(2, bare label ,1)\n(1,tick,3)\n");
  REQUIRE(reading.complaints == Complaints{});
  const Lts& lts = *reading.lts;
  lts.check();
  CHECK(lts.state_count() == 4);
  CHECK(edges(lts) == std::vector<std::string>{"0 a.1 1", "1 τ 2", "1 ✓ 3", "2 τ 0", "2 c!1, x 0", "2 bare label 1"});
  CHECK(lts.is_terminated(StateId{3}));
  CHECK_FALSE(lts.is_terminated(StateId{2}));
}

TEST_CASE("blanks, empty lines, CR LF, a missing last line end and another initial state are accepted") {
  const auto reading = read("\r\n des ( 1 ,\t2 , 3 ) \r\n\r\n( 0 , \"a\" , 1 )\r\n  (1,b,2)");
  REQUIRE(reading.complaints == Complaints{});
  CHECK(reading.lts->initial() == StateId{1});
  CHECK(edges(*reading.lts) == std::vector<std::string>{"0 a 1", "1 b 2"});
}

TEST_CASE("a byte-order mark before the first line is skipped, and is no column") {
  const auto reading = read(
      "\xEF\xBB\xBF"
      "des (0,1,2)\n(0,\"\xEF\xBB\xBF\",1)\n");
  REQUIRE(reading.complaints == Complaints{});
  CHECK(edges(*reading.lts) == std::vector<std::string>{"0 \xEF\xBB\xBF 1"});
  CHECK(read("\xEF\xBB\xBF\r\ndes (0,0,1)").complaints == Complaints{});
  CHECK(read("\xEF\xBB\xBF"
             "des (0,0,0)\n")
            .complaints == Complaints{"P0602 1:10-11 a transition system has at least one state / no state / "});
}

TEST_CASE("a state that ✓ leads to is Ω only if it can do nothing") {
  const auto reading = read("des (0,2,2)\n(0,tick,1)\n(1,a,1)\n");
  REQUIRE(reading.lts);
  CHECK_FALSE(reading.lts->is_terminated(StateId{1}));
}

TEST_CASE("a state that not only ✓ leads to is a deadlock, not Ω") {
  const auto reading = read("des (0,3,3)\n(0,tick,1)\n(0,tau,1)\n(0,tick,2)\n");
  REQUIRE(reading.lts);
  CHECK_FALSE(reading.lts->is_terminated(StateId{1}));
  CHECK(reading.lts->is_terminated(StateId{2}));
  CHECK_FALSE(read("des (1,1,2)\n(0,tick,1)\n").lts->is_terminated(StateId{1}));
}

TEST_CASE("visible events may be called tau, i, tick, and contain quotes and backslashes") {
  EventNames names;
  std::vector<Lts::Edge> all;
  std::uint32_t next = 0;
  const auto edge = [&](EventId e) { all.push_back({StateId{0}, e, static_cast<StateId>(next++ % 3)}); };
  edge(tau);
  for (const char* name : {"tau", "i", "tick", "\\tau", "\\\\tick", "\\", "\\a", "a\\", "x\"y", "\"", "\\\"", "\"\\",
                           "", " a ", "a,b", "a)", "c.1.true", "'a<^x>", "exit"})
    edge(names.intern(name));
  all.push_back({StateId{1}, tick, StateId{3}});
  const Lts lts(4, StateId{0}, all, names, {StateId{3}});
  const std::string text = written(lts);
  CHECK(text.starts_with("des (0,21,4)\n(0,\"tau\",0)\n(0,\"\\tau\",1)\n(0,\"\\i\",2)\n"));
  CHECK(text.find("\"\\\\tau\"") != std::string::npos);
  const auto reading = read(text);
  REQUIRE(reading.complaints == Complaints{});
  auto expected = edges(lts);
  auto got = edges(*reading.lts);
  std::sort(expected.begin(), expected.end());
  std::sort(got.begin(), got.end());
  CHECK(got == expected);
  CHECK(reading.lts->is_terminated(StateId{3}));
}

TEST_CASE("writing and reading random systems gives them back") {
  std::mt19937 engine(1);
  const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
  for (int round = 0; round < 50; ++round) {
    const std::uint32_t states = 1 + random() % 20;
    EventNames names;
    for (int e = 0; e < 4; ++e) names.intern(fmt::format("e.{}", e));
    std::vector<Lts::Edge> all;
    for (std::uint32_t i = random() % 60; i > 0; --i) {
      const std::uint32_t e = random() % 5;
      all.push_back({static_cast<StateId>(random() % states), static_cast<EventId>(e == 1 ? 0 : e),
                     static_cast<StateId>(random() % states)});
    }
    const Lts lts(states, StateId{0}, all, names);
    const auto reading = read(written(lts));
    REQUIRE(reading.lts);
    auto got = edges(*reading.lts);  // events are numbered as they are met, so the order within a row may differ
    auto expected = edges(lts);
    std::sort(got.begin(), got.end());
    std::sort(expected.begin(), expected.end());
    CHECK(got == expected);
  }
}

TEST_CASE("every complaint points at its place") {
  CHECK(read("").complaints == Complaints{"P0601 1:1-1 the file has no header / nothing here / a header is written "
                                          "`des (initial,transitions,states)`"});
  CHECK(read("des (0,0)\n").complaints ==
        Complaints{"P0601 1:9-10 the file does not begin with a header / not as expected from here / "
                   "a header is written `des (initial,transitions,states)`"});
  CHECK(read("des (0,0,0)\n").complaints ==
        Complaints{"P0602 1:10-11 a transition system has at least one state / no state / "});
  CHECK(read("des (0,0,4000000000)").complaints ==
        Complaints{"P0603 1:10-20 the header announces more states than a file of this size can describe / too many / "
                   "at most 16777216 states, or one for each byte of the file"});
  CHECK(read("des (0,0,99999999999999999999999999)").complaints.size() == 1);
  CHECK(read("des (0,1,2)\n(0,\"a\",2)\n").complaints ==
        Complaints{"P0604 2:8-9 the state does not exist / the header announces 2 states, 0 to 1 / "});
  CHECK(read("des (5,0,2)\n").complaints ==
        Complaints{"P0604 1:6-7 the state does not exist / the header announces 2 states, 0 to 1 / "});
  CHECK(read("des (0,1,2)\n0,a,1\n").complaints ==
        Complaints{"P0605 2:1-6 this is not a transition / not as expected from here / a transition is written "
                   "`(source,\"label\",target)`"});
  CHECK(read("des (0,1,2)\n(0,\"a\",1\n").complaints ==
        Complaints{"P0605 2:8-9 this is not a transition / not as expected from here / a transition is written "
                   "`(source,\"label\",target)`"});
  CHECK(read("des (0,1,2)\n(0,\"a,1)\n").complaints ==
        Complaints{"P0606 2:4-9 the label has no closing quote / opened here / "});
  CHECK(read("des (0,1,2)\n(0,,1)\n").complaints ==
        Complaints{"P0606 2:4-7 the label is missing / expected a label / an empty label is written `\"\"`"});
  CHECK(read("des (0,2,2)\n(0,\"a\",1) (1,\"b\",0)\n(0,a,1)\n").complaints ==
        Complaints{
            "P0606 2:6-7 a quote within a label / not escaped / write `\\\"` for a quote, and one transition a line"});
  CHECK(read("des (0,2,2)\n(0,\"a\",1)\n").complaints ==
        Complaints{"P0607 1:8-9 the header announces 2 transitions, the file has 1 / wrong count / "});
}

TEST_CASE("several mistakes are reported in one go, and no more than a hundred") {
  CHECK(read("des (0,3,2)\n(0,a,7)\nnonsense\n(0,b,1)\n").complaints.size() == 2);
  std::string text = "des (0,1000,2)\n";
  for (int i = 0; i < 1000; ++i) text += "nonsense\n";
  CHECK(read(text).complaints.size() == 100);
}

TEST_CASE("hostile bytes do no harm") {
  const std::string seed = "des (0,3,3)\n(0,\"a.1\",1)\n(1,\"tau\",2)\r\n(2,b,0)\n";
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text = seed;
    for (std::uint32_t n = 1 + random() % 4; n > 0; --n) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0: text[at] = static_cast<char>(random()); break;
        case 1: text.erase(at, 1 + random() % 5); break;
        default: text.insert(at, 1, "\"\\(),\n\r0 9"[random() % 10]);
      }
      if (text.empty()) text = " ";
    }
    SourceSet sources;
    Diagnostics diagnostics;
    std::istringstream in(text);
    const auto lts = read_aut(in, "test.aut", sources, diagnostics);
    if (lts) lts->check();
    REQUIRE(lts.has_value() == !diagnostics.has_errors());
    for (const Diagnostic& d : diagnostics.all()) {
      REQUIRE(d.span.begin <= d.span.end);
      REQUIRE_NOTHROW(render(d, sources));
      REQUIRE(d.span.end <= sources.base(sources.file_of(d.span.begin)) + text.size());
    }
  }
}

TEST_CASE("the catalogue's examples provoke their codes") {
  for (const CatalogueEntry& entry : catalogue::lts_files()) {
    const auto reading = read(std::string(entry.example));
    REQUIRE_FALSE(reading.complaints.empty());
    CHECK(reading.complaints.front().starts_with(entry.code));
  }
}
