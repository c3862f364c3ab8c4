// The explicit system, its exploration, its other file formats and label styles.
#include "semantics/lts.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "semantics/lazy_lts.hpp"
#include "semantics/lts_writer.hpp"
#include "semantics/shared_events.hpp"

using namespace tryst;

namespace {

constexpr EventId a{2}, b{3};

StateId at(std::uint32_t s) { return static_cast<StateId>(s); }

EventNames names() {
  EventNames events;
  events.intern("c.1.<x.y>");
  events.intern("d");
  return events;
}

std::string written(const Lts& lts, LtsFormat format, const LabelOptions& options = {}) {
  std::ostringstream out;
  write_lts(lts, format, options, out);
  return out.str();
}

// Counts up to a bound by `a`, and can go on for ever if there is none: a system that is not explicit.
struct Counter {
  std::uint32_t bound;
  EventNames events_ = names();
  StateId initial() const { return at(0); }
  void successors(StateId s, std::vector<Transition>& out) const {
    out.clear();
    if (index(s) < bound) out.push_back({a, at(index(s) + 1)});
  }
  const EventNames& events() const { return events_; }
  bool is_terminated(StateId) const { return false; }
};

}  // namespace

TEST_CASE("rows are sorted and free of duplicates, whatever the order of the edges") {
  const Lts lts(3, at(1),
                {{at(2), b, at(0)}, {at(0), a, at(2)}, {at(2), a, at(1)}, {at(2), b, at(0)}, {at(0), a, at(1)}},
                names());
  lts.check();
  CHECK(lts.transition_count() == 4);
  CHECK(lts.transitions(at(0)).size() == 2);
  CHECK(lts.transitions(at(0))[0] == Transition{a, at(1)});
  CHECK(lts.transitions(at(1)).empty());
  CHECK(lts.transitions(at(2))[1] == Transition{b, at(0)});
}

TEST_CASE("copies of event names outlive the original") {
  auto original = std::make_unique<EventNames>(names());
  EventNames copy = *original;
  original.reset();
  CHECK(copy.name(a) == "c.1.<x.y>");
  CHECK(copy.intern("d") == b);
  CHECK(copy.find("nothing") == std::nullopt);
}

TEST_CASE("exploration keeps the reachable part, breadth first, and Ω") {
  // 3 -> 1 -> 2, 3 -> 2, 0 is not reachable
  const Lts lts(4, at(3), {{at(3), b, at(1)}, {at(3), a, at(2)}, {at(1), tick, at(2)}, {at(0), a, at(1)}}, names(),
                {at(2)});
  Budget budget;
  const Lts part = explore(lts, budget);
  part.check();
  CHECK(part.state_count() == 3);
  CHECK(part.initial() == at(0));
  CHECK(part.transitions(at(0))[0] == Transition{a, at(1)});
  CHECK(part.transitions(at(0))[1] == Transition{b, at(2)});
  CHECK(part.is_terminated(at(1)));
  CHECK(part.transitions(at(2))[0] == Transition{tick, at(1)});
}

TEST_CASE("exploration of an endless system ends at the limit") {
  Counter counter{0xffffffff};
  Budget budget({.seconds_max = 0, .states_max = 1000, .memory_bytes_max = 0});
  CHECK_THROWS_AS(explore(counter, budget), LimitReached);
  Counter bounded{40000};  // more than one block of rows
  Budget enough;
  CHECK(explore(bounded, enough).state_count() == 40001);
}

TEST_CASE("two systems with tables of their own share one") {
  EventNames other;
  other.intern("d");
  const Lts left(2, at(0), {{at(0), a, at(1)}}, names());
  const Lts right(2, at(0), {{at(0), EventId{2}, at(1)}}, other);
  EventNames shared;
  SharedEvents seen_left(left, shared);
  SharedEvents seen_right(right, shared);
  std::vector<Transition> row;
  seen_left.successors(at(0), row);
  CHECK(shared.name(row.front().event) == "c.1.<x.y>");
  seen_right.successors(at(0), row);
  CHECK(shared.name(row.front().event) == "d");
}

TEST_CASE("labels can be written in the styles of other tools") {
  const Lts lts(3, at(0), {{at(0), a, at(1)}, {at(0), tau, at(1)}, {at(0), b, at(1)}, {at(1), tick, at(2)}}, names(),
                {at(2)});
  CHECK(written(lts, LtsFormat::aut) ==
        "des (0,4,3)\n(0,\"tau\",1)\n(0,\"c.1.<x.y>\",1)\n(0,\"d\",1)\n(1,\"tick\",2)\n");
  CHECK(written(lts, LtsFormat::aut, {LabelStyle::mcrl2, ""}) ==
        "des (0,4,3)\n(0,\"tau\",1)\n(0,\"c(1,<x.y>)\",1)\n(0,\"d\",1)\n(1,\"tick\",2)\n");
  CHECK(written(lts, LtsFormat::aut, {LabelStyle::cadp, ""}) ==
        "des (0,4,3)\n(0,\"i\",1)\n(0,\"C !1 !<x.y>\",1)\n(0,\"D\",1)\n(1,\"exit\",2)\n");
  CHECK(written(lts, LtsFormat::aut, {LabelStyle::csp, "hidden"}).find("(0,\"hidden\",1)") != std::string::npos);
}

TEST_CASE("the initial state is written as state 0") {
  const Lts lts(2, at(1), {{at(1), a, at(0)}}, names());
  CHECK(written(lts, LtsFormat::aut) == "des (0,1,2)\n(0,\"c.1.<x.y>\",1)\n");
}

TEST_CASE("dot, fsm and JSON") {
  EventNames events;
  events.intern("say.\"hi\\\"");
  const Lts lts(3, at(0), {{at(0), a, at(1)}, {at(1), tick, at(2)}}, events, {at(2)});
  CHECK(written(lts, LtsFormat::dot) ==
        "digraph G {\n  rankdir=LR;\n  node [shape=circle, width=0.25, height=0.25, label=\"\"];\n"
        "  S0 [peripheries=2];\n  S1;\n  S2 [style=filled];\n"
        "  S0 -> S1 [label=\"say.\\\"hi\\\\\\\"\"];\n  S1 -> S2 [label=\"tick\"];\n}\n");
  CHECK(written(lts, LtsFormat::fsm) ==
        "s(3) Nat \"0\" \"1\" \"2\"\n---\n0\n1\n2\n---\n1 2 \"say.'hi\\'\"\n2 3 \"tick\"\n");
  const auto json = nlohmann::json::parse(written(lts, LtsFormat::json));
  CHECK(json == nlohmann::json{{"schema", 1},
                               {"states", 3},
                               {"initial", 0},
                               {"labels", {"tick", "say.\"hi\\\""}},
                               {"terminated", {2}},
                               {"transitions", {{0, 1, 1}, {1, 0, 2}}}});
}
