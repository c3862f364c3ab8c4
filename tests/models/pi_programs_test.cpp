// What the models of the π-calculus ask about, as programs: the implementation of each question is emitted, all are
// compiled together, and each does what its tables say, checks itself, runs with the monitor on, and deadlocks where the
// checker says so.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/runtime/emitted_project.hpp"
#include "tests/runtime/written_pi_programs.hpp"

using namespace tryst;
using namespace tryst::emitter;

namespace fs = std::filesystem;

namespace {

struct Asked {
  std::string process;  // with its file
  std::string text;     // as the checker prints it
  std::vector<std::vector<std::string>> deadlocks;
};

std::vector<fs::path> files() {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(TRYST_SOURCE_DIR "/models/pi")) all.push_back(entry.path());
  std::ranges::sort(all);
  return all;
}

// The traces to the deadlocks that the checker finds, each with the process it is of.
void add_deadlocks(const fs::path& file, std::vector<Asked>& asked) {
  const Ran checked = run_shell("'" TRYST_BINARY "' check --format json " + quoted(file) + " 2>/dev/null");
  const auto report = nlohmann::json::parse(checked.output, nullptr, false);
  REQUIRE(report.is_object());
  for (const auto& assertion : report["assertions"]) {
    const auto& evidence = assertion["counterexample"];
    if (assertion["kind"] != "deadlock free" || !evidence.is_object() || !evidence.contains("trace")) continue;
    const std::string text = assertion["text"];
    for (Asked& each : asked)
      if (text == each.text + " deadlock free")
        each.deadlocks.push_back(evidence["trace"].get<std::vector<std::string>>());
  }
}

}  // namespace

TEST_CASE("the π models' processes, as programs, do what their tables say, keep to them, and deadlock as they should") {
  WrittenPiPrograms programs;
  std::vector<Asked> all;
  for (const fs::path& file : files()) {
    PiText script(text_of(file));
    std::set<std::string> met;
    std::vector<Asked> asked;
    for (const pi::Command& command : script.script.commands) {
      const std::string text = pi::print(script.script, command.left);
      if (!met.insert(text).second) continue;
      INFO(file.filename().string() << ": " << text);
      programs.add(script, command.left);
      asked.push_back({file.filename().string() + ": " + text, text, {}});
    }
    add_deadlocks(file, asked);
    std::ranges::move(asked, std::back_inserter(all));
  }
  CHECK(programs.size() >= 25);
  programs.check();

  const TemporaryFolder folder("tryst-pi-model-programs");
  const fs::path trace = folder.path / "trace.txt";
  std::size_t deadlocks = 0;
  for (std::size_t p = 0; p < all.size(); ++p) {
    INFO(all[p].process);
    const Ran checked = programs.run(p, "--self-check");
    INFO(checked.output);
    CHECK(checked.status == 0);
    const Ran ran = programs.run(p, "--monitor --steps 200");
    INFO(ran.output);
    CHECK((ran.status == 0 || ran.status == 10));  // 10: stuck, and the monitor has found that its model is, too
    for (auto& labels : all[p].deadlocks) {
      labels.emplace_back("deadlock");
      check_performs(programs, p, labels, trace);
      ++deadlocks;
    }
  }
  CHECK(deadlocks >= 4);
}
