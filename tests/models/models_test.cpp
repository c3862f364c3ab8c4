// Every model says in its own comments what the tool must answer; this holds the tool to it.
//
// An assertion's line ends in `-- holds` or `-- fails`. Every failure must come with a counterexample.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

const fs::path models = fs::path(TRYST_SOURCE_DIR) / "models";

struct Expectation {
  std::size_t line;
  std::string verdict;
};

std::vector<Expectation> expectations(const fs::path& path) {
  std::vector<Expectation> found;
  std::ifstream in(path);
  std::string text;
  for (std::size_t line = 1; std::getline(in, text); ++line) {
    if (!text.starts_with("assert ")) continue;
    const auto comment = text.rfind("-- ");
    REQUIRE(comment != std::string::npos);
    found.push_back({line, text.substr(comment + 3)});
  }
  return found;
}

// The models of one calculus, or of both, in the order of their names.
std::vector<fs::path> files_in(const std::string& calculus) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(models / calculus)) {
    const fs::path& path = entry.path();
    if (path.extension() == ".csp" || path.extension() == ".pi") files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  REQUIRE(files.size() >= 8);
  return files;
}

std::string output_of(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, n);
  pclose(pipe);
  return output;
}

}  // namespace

TEST_CASE("every model's assertions have the verdict that its comments promise") {
  for (const fs::path& file : files_in("")) {
    const auto wanted = expectations(file);
    const std::string output = output_of(std::string(TRYST_BINARY) + " check --format json '" + file.string() + "'");
    const auto report = nlohmann::json::parse(output, nullptr, false);
    INFO(file.filename().string() << ": " << output.substr(0, 500));
    REQUIRE(report.is_object());
    const auto& assertions = report.at("assertions");
    REQUIRE(assertions.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      INFO("line " << wanted[i].line << ": " << assertions[i].at("text"));
      CHECK(assertions[i].at("line") == wanted[i].line);
      CHECK(assertions[i].at("verdict") == wanted[i].verdict);
      CHECK(assertions[i].at("counterexample").is_null() == (wanted[i].verdict == "holds"));
    }
  }
}

TEST_CASE("every model is formatted without a change of meaning") {
  for (const fs::path& file : files_in("")) {
    INFO(file.string());
    const std::string command =
        std::string(TRYST_BINARY) + " format --check-roundtrip '" + file.string() + "' > /dev/null";
    CHECK(std::system(command.c_str()) == 0);
  }
}

TEST_CASE("the number of threads changes no verdict of a pi-process, and no play") {
  for (const fs::path& file : files_in("pi")) {
    INFO(file.string());
    const auto with_threads = [&](int threads) {
      const std::string command = std::string(TRYST_BINARY) + " check --format concise --threads ";
      return output_of(command + std::to_string(threads) + " '" + file.string() + "'");
    };
    const std::string one = with_threads(1);
    CHECK(one.find("holds") != std::string::npos);
    CHECK(with_threads(2) == one);
    CHECK(with_threads(8) == one);
  }
}
