#include "tests/runtime/written_pi_programs.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "checker/comparison.hpp"
#include "runtime/emitter/pi_model.hpp"
#include "runtime/emitter/pi_project.hpp"
#include "runtime/emitter/pi_translate.hpp"
#include "semantics/aut_reader.hpp"

namespace tryst::emitter {

namespace fs = std::filesystem;

namespace {

Lts graph_of(const std::string& aut) {
  SourceSet sources;
  Diagnostics diagnostics;
  std::istringstream in(aut);
  auto graph = read_aut(in, "graph", sources, diagnostics);
  REQUIRE(graph);
  return std::move(*graph);
}

}  // namespace

void WrittenPiPrograms::add(PiText& script, pi::ProcId process) {
  Diagnostics diagnostics;
  auto code = translate(script.script, script.sources, process, diagnostics);
  REQUIRE(code);
  PiEmission emission;
  emission.tool = "tryst";
  emission.operand = pi::print(script.script, process);
  emission.identifier = "p" + std::to_string(expected_.size());
  emission.code = std::move(*code);
  if (script.script.mentions_data) emission.integers = {-1, 0, 1, 2};
  const fs::path own = folder_.path / emission.identifier;
  fs::create_directories(own);
  std::ofstream(own / "model.hpp") << model_header(emission);
  std::ofstream(own / "model.cpp") << model_source(emission);
  std::ofstream(own / "hooks.hpp") << hooks_header(emission);
  std::ofstream(own / "hooks.cpp") << hooks_source(emission);
  sources_ +=
      "#include \"" + emission.identifier + "/model.cpp\"\n#include \"" + emission.identifier + "/hooks.cpp\"\n";
  const std::string program = emission.name_space() + "::program";
  explorations_ += "  write_aut(explore_to(" + program + ", " + std::to_string(depth) + "), std::cout);\n";
  mains_ += "  if (name == \"" + emission.identifier + "\") return program_main(" + program +
            ", environment, argc - 1, argv + 1);\n";
  const InterpretedProgram interpreted(emission.code, emission.integers);
  std::ostringstream graph;
  write_aut(runtime::pi::explore_to(interpreted.program(), depth), graph);
  expected_.push_back(graph.str());
  operands_.push_back(emission.operand);
}

void WrittenPiPrograms::check() {
  std::ofstream(folder_.path / "all.cpp") << R"(#include <iostream>
#include <memory>
#include <string_view>
#include "runtime/pi_program.hpp"
#include "runtime/pi_states.hpp"
)" << sources_ << R"(
int main(int argc, char** argv) {
  using namespace tryst::runtime::pi;
  const std::string_view name = argc > 2 ? argv[1] : "";
  const auto environment = [](std::uint64_t seed) { return std::make_unique<Environment>(seed); };
)" << mains_ << explorations_ << "}\n";
  const Ran compiled = run_shell(
      "c++ -std=c++20 -O0 " TRYST_RUNTIME_FLAGS " -Wall -Wextra -Wpedantic -Werror -I'" TRYST_SOURCE_DIR "' '" +
      (folder_.path / "all.cpp").string() + "' '" TRYST_RUNTIME_LIBRARY "' -o '" + path() + "'");
  INFO(compiled.output);
  REQUIRE(compiled.status == 0);
  const Ran ran = run_shell("'" + path() + "'");
  REQUIRE(ran.status == 0);
  // Graphs begin with `des`, and say how many states and transitions they have. Not compared as text: in three models, each
  // of two clients that are alike but for a name, states are met in another order.
  std::size_t begin = 0;
  for (std::size_t p = 0; p < expected_.size(); ++p) {
    INFO(operands_[p]);
    const std::size_t end = std::min(ran.output.find("\ndes ", begin), ran.output.size() - 1) + 1;
    const std::string text = ran.output.substr(begin, end - begin);
    CHECK(text.substr(0, text.find('\n')) == expected_[p].substr(0, expected_[p].find('\n')));
    Budget budget;
    const Lts own = graph_of(text);
    CHECK(compare(own, graph_of(expected_[p]), Relation::strong, budget).outcome == Outcome::holds);
    begin = end;
  }
  CHECK(begin == ran.output.size());
}

Ran WrittenPiPrograms::run(std::size_t program, const std::string& arguments) const {
  return run_shell("timeout 60 '" + path() + "' p" + std::to_string(program) + " " + arguments);
}

}  // namespace tryst::emitter
