// What the models in CSPM ask about, as programs: each process is emitted, all are compiled together, and each is held
// to its model, runs with the monitor on, and performs every counterexample that the checker has for it.
//
// Processes without bounds, or with more than 20,000 states, are left to tests/bench/emit_corpus.py.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/runtime/emitted_project.hpp"

using namespace tryst::emitter;

namespace fs = std::filesystem;

namespace {

struct Asked {
  std::string file;
  std::string process;
  std::vector<std::vector<std::string>> counterexamples;  // the events of each
};

// The process that an assertion is about: behind the sign of a refinement, before that of a property.
std::string implementation_in(const std::string& assertion) {
  static const std::regex refinement(R"(^.*?\[(T|F|FD|R|RD|V|VD)=\s*)");
  static const std::regex property(R"(\s*:\s*\[.*$)");
  return std::regex_replace(std::regex_replace(assertion, refinement, ""), property, "");
}

std::vector<Asked> asked_in(const fs::path& file) {
  const Ran checked = run_shell("'" TRYST_BINARY "' check --format json " + quoted(file) + " 2>/dev/null");
  const auto report = nlohmann::json::parse(checked.output, nullptr, false);
  REQUIRE(report.is_object());
  std::vector<Asked> all;
  for (const auto& assertion : report["assertions"]) {
    const std::string process = implementation_in(assertion["text"]);
    auto found = std::ranges::find(all, process, &Asked::process);
    if (found == all.end()) found = all.insert(all.end(), {file.filename().string(), process, {}});
    const auto& evidence = assertion["counterexample"];
    if (evidence.is_object() && evidence.contains("trace"))
      found->counterexamples.push_back(evidence["trace"].get<std::vector<std::string>>());
  }
  return all;
}

std::vector<fs::path> scripts() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(TRYST_SOURCE_DIR "/models/csp")) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

}  // namespace

TEST_CASE("the models' processes, as programs, are their models, keep to them, and fail as the checker says") {
  EmittedPrograms programs;
  programs.link_with(TRYST_RUNTIME_LIBRARY);
  std::vector<Asked> emitted;
  for (const fs::path& file : scripts()) {
    programs.add_script(text_of(file));
    for (Asked& asked : asked_in(file)) {
      INFO(asked.file << ": " << asked.process);
      if (programs.add_if_small(asked.process)) emitted.push_back(std::move(asked));
    }
  }
  CHECK(emitted.size() >= 40);
  REQUIRE(programs.differences() == "");

  const TemporaryFolder folder("tryst-model-programs");
  const fs::path trace = folder.path / "trace.txt";
  std::size_t replayed = 0;
  for (std::size_t p = 0; p < emitted.size(); ++p) {
    INFO(emitted[p].file << ": " << emitted[p].process);
    const Ran ran = programs.run(p, "--monitor --steps 5000");
    INFO(ran.output);
    CHECK((ran.status == 0 || ran.status == 10));  // 10: stuck, and the monitor has found that its model is, too
    for (const auto& events : emitted[p].counterexamples) {
      check_performs(programs, p, events, trace);
      ++replayed;
    }
  }
  CHECK(replayed >= 15);
}
