// A π-program as its tables say is the model: each construct, the models of this repository, and processes made at random;
// and what the executor does is what its processes can do.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "checker/comparison.hpp"
#include "checker/pi/data_deadlock.hpp"
#include "runtime/emitter/pi_model.hpp"
#include "runtime/emitter/pi_translate.hpp"
#include "runtime/pi_monitor.hpp"
#include "runtime/pi_replay.hpp"
#include "tests/pi/pi_fixture.hpp"
#include "tests/pi/samples.hpp"
#include "tests/runtime/pi_constructs.hpp"

using namespace tryst;
using namespace tryst::emitter;

namespace {

constexpr std::uint32_t states_max = 1500;

Lts lts_of(const runtime::pi::Graph& graph) {
  EventNames events;
  std::vector<EventId> ids;
  for (const std::string& label : graph.labels) ids.push_back(label.empty() ? tau : events.intern(label));
  std::vector<Lts::Edge> edges;
  for (const runtime::pi::Graph::Edge& e : graph.edges)
    edges.push_back({StateId{e.source}, ids[e.label], StateId{e.target}});
  return Lts(graph.states, StateId{0}, std::move(edges), std::move(events));
}

std::string text(const Lts& lts) {
  std::string out;
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (const Transition& t : lts.transitions(StateId{s}))
      out += std::to_string(s) + " " + std::string(lts.events().name(t.event)) + " " + std::to_string(index(t.target)) +
             "\n";
  return out.substr(0, 4000);
}

enum class Found { same, different, endless };

// The early transition system of the model and that of the program, by strong bisimilarity, where they end.
Found compare_program(PiText& script, pi::ProcId process) {
  Diagnostics diagnostics;
  const auto code = translate(script.script, script.sources, process, diagnostics);
  REQUIRE(code);
  pi::Terms terms;
  pi::Transitions transitions(terms);
  pi::Elaboration elaboration(script.script, terms, std::array{process});
  pi::PiSystem system(transitions, elaboration.process(process), pi::Semantics::early);
  std::vector<std::int64_t> integers;
  const std::vector<pi::Name> sample{terms.integers().integer(-1), terms.integers().integer(0),
                                     terms.integers().integer(1), terms.integers().integer(2)};
  for (const std::int64_t i : {-1, 0, 1, 2}) integers.push_back(i);
  if (script.script.mentions_data) system.set_integers(sample);
  const InterpretedProgram program(*code, integers);
  std::optional<runtime::pi::Graph> graph;
  try {
    graph = runtime::pi::explore(program.program(), states_max);
  } catch (const std::length_error&) {
  }
  Budget budget(Limits{.states_max = states_max});
  system.set_budget(&budget);
  std::optional<Lts> model;
  try {
    model = tryst::explore(system, budget);
  } catch (const LimitReached&) {
  }
  CHECK(graph.has_value() == model.has_value());
  if (!model || !graph) return Found::endless;
  const Lts found = lts_of(*graph);
  Budget unlimited;
  if (compare(found, *model, Relation::strong, unlimited).outcome == Outcome::holds) {
    const auto checked = runtime::pi::self_check(program.program(), 1);
    INFO(checked.objection);
    CHECK(checked.objection.empty());
    return Found::same;
  }
  UNSCOPED_INFO("program:\n" << text(found) << "model:\n" << text(*model));
  return Found::different;
}

Found compare_program(const std::string& definitions, const std::string& process) {
  PiText script(definitions);
  const pi::ProcId p = script.process(process);
  INFO(process << "\n" << script.messages());
  REQUIRE(p != no_id<pi::ProcId>);
  const Found found = compare_program(script, p);
  CHECK(found != Found::different);
  return found;
}

}  // namespace

TEST_CASE("a program of each construct of the π-calculus is its model") {
  for (const char* process : constructs) {
    INFO(process);
    CHECK(compare_program(construct_agents, process) == Found::same);
  }
}

TEST_CASE("a program of a process made at random is its model") {
  std::mt19937 random(7);
  std::size_t finite = 0;
  for (int i = 0; i < 400; ++i) {
    const naive_pi::Ptr p = naive_pi::random_process(random, 4 + i % 6);
    finite += compare_program("", naive_pi::text(p)) == Found::same;
  }
  CHECK(finite == 400);
}

TEST_CASE("every process that the models of this repository ask about is a program, and is its model") {
  std::size_t same = 0;
  for (const auto& file : std::filesystem::directory_iterator(TRYST_SOURCE_DIR "/models/pi")) {
    std::ifstream in(file.path());
    PiText script(std::string(std::istreambuf_iterator<char>(in), {}));
    std::set<std::string> asked;
    for (const pi::Command& command : script.script.commands)
      for (const pi::ProcId p : {command.left, command.right}) {
        if (p == no_id<pi::ProcId> || !asked.insert(pi::print(script.script, p)).second) continue;
        INFO(file.path().filename().string() << ": " << pi::print(script.script, p));
        const Found found = compare_program(script, p);
        CHECK(found != Found::different);
        same += found == Found::same;
        if (file.path().filename() != "account.pi") CHECK(found == Found::same);
      }
  }
  CHECK(same > 50);
}

namespace {

std::optional<PiCode> translated(PiText& script, const std::string& process, Diagnostics& diagnostics) {
  const pi::ProcId p = script.process(process);
  REQUIRE(p != no_id<pi::ProcId>);
  return translate(script.script, script.sources, p, diagnostics);
}

std::string code_of(const Diagnostics& diagnostics) {
  return diagnostics.all().empty() ? "" : std::string(diagnostics.all()[0].code);
}

}  // namespace

TEST_CASE("a program in which one thing is changed is found to be another") {
  PiText script(construct_agents);
  const auto graph_of = [](const PiCode& code) -> std::optional<Lts> {
    const InterpretedProgram program(code, {-1, 0, 1, 2});
    try {
      return lts_of(runtime::pi::explore(program.program(), states_max));
    } catch (const std::length_error&) {
      return std::nullopt;  // a counter without its guard
    }
  };
  const auto differ = [](const Lts& a, const std::optional<Lts>& b) {
    Budget budget;
    return !b || compare(a, *b, Relation::strong, budget).outcome == Outcome::fails;
  };
  std::size_t changed = 0, found = 0;
  for (const char* process :
       {"a(x,y).([x=y]'b.0 + [x#y]'c.0)", "'a<b,c>.'b<a>.0", "(^x)('a<x>.0 | x.'b.0)", "Pair(a,b)",
        "(a.0 | 'a.b.0) + c.0", "Made(a)", "Count(0,a,b)", "Flip(true,a)", "Max(a,b)"}) {
    Diagnostics diagnostics;
    const auto code = translated(script, process, diagnostics);
    REQUIRE(code);
    const Lts right = *graph_of(*code);
    for (std::size_t p = 0; p < code->points.size(); ++p)
      for (std::size_t b = 0; b < code->points[p].branches.size(); ++b)
        for (int change = 0; change < 4; ++change) {
          PiCode wrong = *code;
          std::vector<PiBranch>& branches = wrong.points[p].branches;
          if (change == 0) {
            branches.erase(branches.begin() + static_cast<std::ptrdiff_t>(b));
          } else if (change == 1) {
            branches[b].next.clear();
          } else if (change == 2) {
            if (branches[b].conditions.empty()) continue;
            branches[b].conditions.clear();
          } else {
            if (branches[b].objects.empty() || branches[b].objects[0].kind != pi::SortKind::integer) continue;
            ++branches[b].objects[0].constant;
          }
          ++changed;
          found += differ(right, graph_of(wrong));
        }
  }
  // Not all changes make a difference: what comes after may be nothing, and a condition may hold.
  INFO(found << " of " << changed);
  CHECK(changed > 40);
  CHECK(found > changed / 2);
}

TEST_CASE("names and processes that nobody can reach are used again") {
  PiText script(R"(
agent Client(open) = (^reply)'open<reply>.reply(x).Client(open)
agent Server(open) = open(reply).(^x,y)('reply<x>.Server(open) | x.'y.0 | y.'x.0)
)");
  Diagnostics diagnostics;
  const auto code = translated(script, "(^open)(Client(open) | Server(open))", diagnostics);
  REQUIRE(code);
  const InterpretedProgram program(*code, {});
  runtime::pi::Executor executor(program.program());
  runtime::pi::Environment environment;
  const runtime::pi::Run ran = run(executor, environment, {.steps_max = 20'000});
  CHECK(ran.outcome == runtime::pi::Outcome::step_limit);
  CHECK(executor.created() > 20'000);
  CHECK(executor.abandoned() > 15'000);
  CHECK(executor.slot_count() < 5'000);
  executor.check();
}

TEST_CASE("a written run is performed whatever numbers its new names have, if they are the same names") {
  PiText script("");
  const char* const processes[] = {"g(x).g(y).'x<y>.(^n)'g<n>.'n<x>.0", "g(x).g(y).'g<y>.0"};
  const auto performs = [&](std::size_t process, const std::vector<std::string>& labels, bool to_deadlock = false) {
    Diagnostics diagnostics;
    const auto code = translated(script, processes[process], diagnostics);
    REQUIRE(code);
    const InterpretedProgram program(*code, {});
    return runtime::pi::find_run(program.program(), labels, to_deadlock).has_value();
  };
  CHECK(performs(0, {"g(_0)", "g(_1)", "'_0<_1>"}));
  CHECK(performs(0, {"g<_5>", "g<_3>", "'_5<_3>", "'g<^_4>", "'_4<_5>"}, true));
  CHECK(performs(0, {"g(_5)", "g(_3)", "'_5<_3>", "'g<^_3>", "'_3<_5>"}));
  CHECK_FALSE(performs(0, {"g(_5)", "g(_3)", "'_3<_5>"}));
  CHECK_FALSE(performs(0, {"g(_5)", "g(_3)", "'_5<_3>", "'g<^_5>", "'_5<_5>"}));
  CHECK_FALSE(performs(0, {"g(_5)", "g(_3)", "'_5<_3>", "'g<_4>"}));
  CHECK(performs(0, {"g<_5>", "g<_5>", "'_5<_5>"}));
  CHECK_FALSE(performs(0, {"g(_5)", "g(_5)", "'_5<_5>"}));
  CHECK(performs(0, {"g<g>", "g<_1>", "'g<_1>"}));
  CHECK_FALSE(performs(0, {"g<g>", "g(_1)", "'g<g>"}));
  // The first name is forgotten at once: the second has its number in the program.
  CHECK(performs(1, {"g(_0)", "g(_1)", "'g<_1>"}, true));
  CHECK(performs(1, {"g(_0)", "g(_0)", "'g<_0>"}));
  CHECK_FALSE(performs(1, {"g(_0)", "g(_1)", "'g<_0>"}));
}

TEST_CASE("a deadlock names who waits on which name") {
  PiText script("agent P(a,b) = (^x)(a.x.'b.0 | [a=b]t.0)\n");
  Diagnostics diagnostics;
  const auto code = translated(script, "P(a,b) | (^y)(y(z).0 + 'y.0)", diagnostics);
  REQUIRE(code);
  const InterpretedProgram program(*code, {});
  runtime::pi::Executor executor(program.program());
  runtime::pi::Environment environment;
  CHECK(run(executor, environment).outcome == runtime::pi::Outcome::stuck);
  CHECK(waiting(executor) ==
        "P, step 4, test.pi:1 waits to receive on x~1\n"
        "P, step 2, test.pi:1 can do nothing: its names are not the same\n"
        "the process, step 1, operand:1 waits to receive on y~2 or send on y~2\n");
}

TEST_CASE(
    "what cannot be a program is refused: states that offer too much (P0671), calls too deep for a step (P0672)") {
  std::string many;
  for (int i = 0; i < 40; ++i) many += (i == 0 ? "" : " | ") + std::string(i % 2 == 0 ? "a.0" : "'b.0");
  for (int i = 0; i < 40; ++i) many += " | 'a.0";
  PiText wide("");
  Diagnostics too_wide;
  CHECK_FALSE(translated(wide, "(" + many + ") + c.0", too_wide));
  CHECK(code_of(too_wide) == "P0671");

  std::string chain;
  for (int i = 0; i < 1100; ++i)
    chain += "agent A" + std::to_string(i) + "(a) = a.0 + A" + std::to_string(i + 1) + "(a)\n";
  PiText deep(chain + "agent A1100(a) = a.0\n");
  Diagnostics too_deep;
  CHECK_FALSE(translated(deep, "A0(a)", too_deep));
  CHECK(code_of(too_deep) == "P0672");
}
