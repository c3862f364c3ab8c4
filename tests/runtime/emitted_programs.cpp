#include "tests/runtime/emitted_programs.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "checker/comparison.hpp"
#include "semantics/aut_reader.hpp"
#include "semantics/lazy_lts.hpp"

namespace tryst::emitter {

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t states_max = 20'000;

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

Lts graph_of(const std::string& aut) {
  SourceSet sources;
  Diagnostics diagnostics;
  std::istringstream in(aut);
  auto graph = read_aut(in, "graph", sources, diagnostics);
  INFO(aut.substr(0, 400));
  REQUIRE(graph);
  return std::move(*graph);
}

// By the line "== PROGRAM PART" in front of each.
std::map<std::string, Lts> graphs_of(const std::string& output) {
  std::map<std::string, Lts> graphs;
  std::istringstream in(output);
  std::string name, aut, line;
  const auto finish = [&] {
    if (!name.empty()) graphs.emplace(name, graph_of(aut));
    aut.clear();
  };
  while (std::getline(in, line)) {
    if (line.starts_with("== ")) {
      finish();
      name = line.substr(3);
    } else {
      aut += line + '\n';
    }
  }
  finish();
  return graphs;
}

Lts graph_of(const LocalGraph& graph, EventNames events) {
  const EventId end_mark = events.intern("(ended)");
  std::vector<Lts::Edge> edges;
  for (std::uint32_t s = 0; s < graph.size(); ++s)
    for (const LocalGraph::Move& move : graph.row(LocalId{s})) {
      const EventId event = graph.labels()[index(move.label)].event;
      edges.push_back({StateId{s}, event == ended ? end_mark : event, StateId{index(move.target)}});
    }
  return Lts(graph.size(), StateId{0}, std::move(edges), std::move(events));
}

// The command line of each program, behind its name.
std::string runner(const std::vector<const Emission*>& programs) {
  std::string out = R"(
#include <memory>
#include <string_view>
#include "runtime/program.hpp"

int main(int argc, char** argv) {
  const std::string_view name = argc > 2 ? argv[1] : "";
  const auto environment = [](std::uint64_t seed) { return std::make_unique<Environment>(seed); };
)";
  for (const Emission* program : programs)
    out += "  if (name == \"" + program->identifier + "\") return program_main(" + program->name_space() +
           "::program, environment, argc - 1, argv + 1);\n";
  return out + "  return explore_all(argc, argv);\n}\n";
}

bool same(const Lts& a, const Lts& b) {
  Budget budget;
  return compare(a, b, Relation::strong, budget).outcome == Outcome::holds;
}

}  // namespace

TemporaryFolder::TemporaryFolder(const std::string& name)
    : path(fs::temp_directory_path() / (name + "-" + std::to_string(::getpid()))) {
  fs::remove_all(path);
  fs::create_directories(path);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

Ran run_shell(const std::string& command) {
  std::FILE* pipe = popen(("{ " + command + "; } 2>&1 </dev/null").c_str(), "r");
  REQUIRE(pipe != nullptr);
  Ran ran{0, {}};
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) ran.output.append(buffer, n);
  const int status = pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

void EmittedPrograms::add(const std::string& expression) {
  INFO(expression);
  csp::ScriptFixture& script = scripts_.back();
  Budget budget;
  const csp::ProcessId process = script.evaluator().process(script.expression(expression));
  Program program{script, expression, process, complete_network(script.evaluator(), process, budget), {}};
  program.emission.operand = expression;
  program.emission.identifier = "p" + std::to_string(programs_.size() + 1);
  collect(script.typed(), script.sources(), script.evaluator(), process, program.complete, program.emission);
  programs_.push_back(std::move(program));
}

bool EmittedPrograms::add_if_small(const std::string& expression) {
  csp::ScriptFixture& script = scripts_.back();
  try {
    csp::ReferenceSystem rules(script.evaluator().terms(), script.evaluator(),
                               script.evaluator().process(script.expression(expression)));
    Budget budget(Limits{.states_max = states_max});
    explore(rules, budget);
    add(expression);
  } catch (const LimitReached&) {
    return false;
  } catch (const ScriptError&) {
    return false;
  }
  return true;
}

std::vector<std::string> EmittedPrograms::table_reasons() const {
  std::vector<std::string> reasons;
  for (const Program& program : programs_)
    for (const Machine& machine : program.emission.machines)
      if (!machine.family) reasons.push_back(program.expression + ": " + machine.table_reason);
  return reasons;
}

std::string EmittedPrograms::differences() {
  std::vector<const Emission*> emissions;
  for (const Program& program : programs_) {
    emissions.push_back(&program.emission);
    const fs::path own = folder_.path / program.emission.identifier;
    write(own / "model.hpp", model_header(program.emission));
    write(own / "model.cpp", model_source(program.emission));
    write(own / "hooks.hpp", hooks_header(program.emission));
    write(own / "hooks.cpp", hooks_source(program.emission));
  }
  std::string source = explorer(emissions, true);
  for (const Program& program : programs_) source += "#include \"" + program.emission.identifier + "/hooks.cpp\"\n";
  if (!library_.empty()) source = "#define main explore_all\n" + source + "#undef main\n" + runner(emissions);
  write(folder_.path / "explorer.cpp", source);
  const std::string program = (folder_.path / "explorer").string();
  const Ran compiled = run_shell("c++ -std=c++20 -O0 " TRYST_RUNTIME_FLAGS
                                 " -Wall -Wextra -Wpedantic -Werror -I'" TRYST_SOURCE_DIR "' '" +
                                 (folder_.path / "explorer.cpp").string() + "'" + library_ + " -o '" + program + "'");
  if (compiled.status != 0) return compiled.output;
  const Ran explored = run_shell(program + " " + std::to_string(states_max));
  if (explored.status != 0) return explored.output;
  const auto graphs = graphs_of(explored.output);
  std::string text;
  for (Program& each : programs_)
    if (const std::string wrong = difference(each, graphs); !wrong.empty())
      text += each.expression + ": " + wrong + '\n';
  return text;
}

Ran EmittedPrograms::run(std::size_t program, const std::string& arguments) const {
  return run_shell("timeout 60 '" + (folder_.path / "explorer").string() + "' " +
                   programs_[program].emission.identifier + " " + arguments);
}

std::string EmittedPrograms::difference(Program& program, const std::map<std::string, Lts>& graphs) {
  const std::string name = program.emission.identifier + " ";
  for (std::size_t c = 0; c < program.emission.components.size(); ++c) {
    const auto part = graphs.find(name + std::to_string(c));
    if (part == graphs.end() || !program.complete.is_whole[c]) continue;  // starts like an earlier one, or has no end
    const csp::CompiledNetwork& network = *program.complete.network;
    if (!same(part->second, graph_of(network.graph(c), network.events())))
      return "component " + program.emission.components[c].name;
  }
  csp::ReferenceSystem rules(program.script.evaluator().terms(), program.script.evaluator(), program.process);
  Budget budget(Limits{.states_max = states_max});
  const Lts model = explore(rules, budget);
  const auto whole = graphs.find(name + "whole");
  if (whole == graphs.end()) return "the whole was not explored";
  return same(whole->second, model) ? "" : "the whole";
}

}  // namespace tryst::emitter
