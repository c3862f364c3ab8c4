// What the tool prints, to the letter. The expectations stand at the end of each script of tests/cli/golden, as
// comments:
//
//   -- $ check FILE                      the command line; FILE is the script itself
//   -- | abp.csp:41:1  SPEC [T= ...      what it prints, standard error included
//   -- = 10                              its exit status
//
// Times and memory, which differ from run to run, are compared as `T` and `M`. With TRYST_REWRITE=1 in the environment
// the expectations are rewritten instead of compared; review the difference.
#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

const fs::path folder = fs::path(TRYST_SOURCE_DIR) / "tests/cli/golden";

struct Run {
  std::string command;
  std::string expectation;  // the output and the status, as comment lines
};

struct Golden {
  std::string script;  // up to the first expectation
  std::vector<Run> runs;
};

Golden read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  Golden golden;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("-- $ "))
      golden.runs.push_back({line.substr(5), ""});
    else if (golden.runs.empty())
      golden.script += line + "\n";
    else if (!line.empty())
      golden.runs.back().expectation += line + "\n";
  }
  return golden;
}

std::string without_measurements(std::string text) {
  // What the address sanitizer says once about stacks of one's own.
  text = std::regex_replace(text, std::regex("==[0-9]+==WARNING: ASan[^\n]*\n"), "");
  text = std::regex_replace(text, std::regex(" +[0-9.]+ (ms|s)\n"), "   T\n");
  text = std::regex_replace(text, std::regex(", [0-9.]+ (ms|s)\\)"), ", T)");
  text = std::regex_replace(text, std::regex("\"seconds\": [-+0-9.e]+"), "\"seconds\": \"T\"");
  text = std::regex_replace(text, std::regex("\"memory_bytes\": [0-9]+"), "\"memory_bytes\": \"M\"");
  return std::regex_replace(text, std::regex("time=\"[0-9.]+\""), "time=\"T\"");
}

std::string result_of(const std::string& command, const std::string& file) {
  std::string line = "cd '" + folder.string() + "' && env -u FORCE_COLOR NO_COLOR=1 COLUMNS=100 '" TRYST_BINARY "' " +
                     std::regex_replace(command, std::regex("\\bFILE\\b"), file) + " 2>&1 </dev/null";
  std::FILE* pipe = popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, n);
  const int status = pclose(pipe);
  std::istringstream lines(without_measurements(output));
  std::string result;
  for (std::string each; std::getline(lines, each);) result += each.empty() ? "-- |\n" : "-- | " + each + "\n";
  return result + "-- = " + std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1) + "\n";
}

}  // namespace

TEST_CASE("the tool prints what the scripts of tests/cli/golden say") {
  const bool rewrite = std::getenv("TRYST_REWRITE") != nullptr;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".csp" || entry.path().extension() == ".pi") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  REQUIRE_FALSE(files.empty());
  for (const fs::path& path : files) {
    const Golden golden = read(path);
    REQUIRE_FALSE(golden.runs.empty());
    std::string text = golden.script;
    for (const Run& run : golden.runs) {
      const std::string result = result_of(run.command, path.filename().string());
      INFO(path.filename().string() << ": tryst " << run.command);
      if (!rewrite) CHECK(result == run.expectation);
      text += (&run == &golden.runs.front() ? "-- $ " : "\n-- $ ") + run.command + "\n" + result;
    }
    if (rewrite) std::ofstream(path, std::ios::binary) << text;
  }
}
