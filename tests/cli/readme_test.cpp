// What the README shows happens, to the letter: the models that it has the reader write are written, and its commands
// print what it says, except for times.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

const fs::path source = TRYST_SOURCE_DIR;

// A fenced block and the paragraph above it.
struct Block {
  std::string lead;
  std::string text;
};

std::vector<Block> blocks_of(const fs::path& path) {
  std::vector<Block> blocks;
  std::ifstream in(path);
  std::string lead;
  bool ended = false;  // the paragraph
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      Block block{lead, ""};
      while (std::getline(in, line) && line != "```") block.text += line + "\n";
      blocks.push_back(std::move(block));
    } else if (line.empty()) {
      ended = true;
    } else {
      lead = ended ? line : lead + " " + line;
      ended = false;
    }
  }
  return blocks;
}

// The model that a block is: the text above it says in which file.
std::optional<std::string> name_of_model(const Block& block) {
  static const std::regex file("`([a-z_]+\\.(csp|pi))`");
  std::smatch match;
  if (block.text.starts_with("$") || !std::regex_search(block.lead, match, file)) return std::nullopt;
  return match[1];
}

struct Command {
  std::string arguments;
  std::string output;  // empty: the README does not show it
};

// Those of the tool; what else a reader is asked to type is left out.
std::vector<Command> commands_of(const Block& block) {
  std::vector<Command> commands;
  const std::string prompt = "$ tryst ";
  bool is_ours = false;
  std::istringstream lines(block.text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("$ ")) {
      is_ours = line.starts_with(prompt);
      if (is_ours) commands.push_back({line.substr(prompt.size()), ""});
    } else if (is_ours) {
      commands.back().output += line + "\n";
    }
  }
  return commands;
}

std::string without_times(const std::string& text) {
  return std::regex_replace(text, std::regex(" +[0-9.]+ (ms|s)\n"), "\n");
}

std::string output_of(const std::string& arguments, const fs::path& folder) {
  const std::string line = "cd '" + folder.string() +
                           "' && env -u FORCE_COLOR NO_COLOR=1 COLUMNS=110 timeout 200 '" TRYST_BINARY "' " +
                           arguments + " 2>&1 </dev/null";
  std::FILE* pipe = popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, n);
  pclose(pipe);
  return output;
}

struct Folder {
  Folder() : path(fs::temp_directory_path() / ("tryst-readme-" + std::to_string(::getpid()))) {
    fs::create_directories(path);
    fs::create_directory_symlink(source / "models", path / "models");
    fs::copy_file(source / "tests/bench/wide/philosophers.csp", path / "philosophers.csp");
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

}  // namespace

TEST_CASE("the commands of the README print what it says") {
  const Folder folder;
  std::size_t models = 0;
  std::size_t shown = 0;
  for (const Block& block : blocks_of(source / "README.md")) {
    if (const auto name = name_of_model(block)) {
      std::ofstream(folder.path / *name) << block.text;
      ++models;
    }
    for (const Command& command : commands_of(block)) {
      const std::string output = output_of(command.arguments, folder.path);
      INFO(command.arguments);
      if (command.output.empty()) continue;
      CHECK(without_times(output) == without_times(command.output));
      ++shown;
    }
  }
  CHECK(models >= 3);
  CHECK(shown >= 5);
}
