// The rules of the house, as tests: what CONTRIBUTING.md asks for and a reader would otherwise have to remember.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

const fs::path root = TRYST_SOURCE_DIR;
constexpr std::size_t lines_max = 500;

struct Source {
  std::string path;  // relative to the root, with forward slashes
  std::string text;
  bool header() const { return path.ends_with(".hpp"); }
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<Source> sources(std::initializer_list<const char*> folders) {
  std::vector<Source> found;
  for (const char* folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const auto extension = entry.path().extension();
      if (entry.is_regular_file() && (extension == ".hpp" || extension == ".cpp"))
        found.push_back({fs::relative(entry.path(), root).generic_string(), read(entry.path())});
    }
  std::sort(found.begin(), found.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  return found;
}

std::vector<Source> product() { return sources({"frontend", "semantics", "checker", "runtime", "cli"}); }
std::vector<Source> everything() { return sources({"frontend", "semantics", "checker", "runtime", "cli", "tests"}); }

std::vector<std::string> includes(const Source& source) {
  static const std::regex pattern("(^|\n)#include [<\"]([^>\"]+)[>\"]");
  std::vector<std::string> found;
  for (std::sregex_iterator i(source.text.begin(), source.text.end(), pattern), end; i != end; ++i)
    found.push_back((*i)[2]);
  return found;
}

// Every P code in a text.
std::set<std::string> codes(const std::string& text) {
  static const std::regex pattern("\\bP0[1-9][0-9][0-9]\\b");
  std::set<std::string> found;
  for (std::sregex_iterator i(text.begin(), text.end(), pattern), end; i != end; ++i) found.insert(i->str());
  return found;
}

}  // namespace

// The part of the house that a path belongs to. The emitter is the one folder of two names: what is beside it is the
// library of emitted programs, which is no part of the tool.
std::string part(const std::string& path) {
  return path.starts_with("runtime/emitter/") ? "runtime/emitter" : path.substr(0, path.find('/'));
}

TEST_CASE("an include never points against the direction frontend <- semantics <- checker, runtime/emitter <- cli") {
  const std::map<std::string, std::set<std::string>> may_include{
      {"frontend", {"frontend"}},
      {"semantics", {"frontend", "semantics"}},
      {"checker", {"frontend", "semantics", "checker"}},
      {"runtime/emitter", {"frontend", "semantics", "runtime", "runtime/emitter"}},
      {"cli", {"frontend", "semantics", "checker", "runtime/emitter", "cli"}},
      {"runtime", {"runtime"}},
  };
  for (const Source& source : product())
    for (const std::string& include : includes(source)) {
      const std::string target = part(include);
      if (include.find('/') == std::string::npos || !may_include.contains(target)) continue;
      INFO(source.path << " includes " << include);
      CHECK(may_include.at(part(source.path)).contains(target));
    }
}

TEST_CASE("what emitted programs run on includes nothing but the standard library") {
  for (const Source& source : sources({"runtime"})) {
    if (part(source.path) != "runtime") continue;
    for (const std::string& include : includes(source)) {
      INFO(source.path << " includes " << include);
      CHECK((include.starts_with("runtime/") || include.find_first_of("./") == std::string::npos));
    }
  }
}

TEST_CASE("a third-party library is included only where it belongs") {
  std::map<std::string, std::set<std::string>> users;
  for (const Source& source : product())
    for (const std::string& include : includes(source)) {
      INFO(source.path << " includes " << include);
      if (include.starts_with("boost/")) CHECK(source.path.find("/grammar/") != std::string::npos);
      if (include.starts_with("nlohmann/")) CHECK_FALSE(source.header());
      if (include.starts_with("CLI/") || include == "z3++.h" || include == "cadical.hpp")
        users[include].insert(source.path);
    }
  for (const auto& [library, files] : users) {
    INFO(library << " is included by " << files.size() << " files");
    CHECK(files.size() == 1);
  }
}

TEST_CASE("a header begins with a comment, guards itself, and opens no namespace") {
  for (const Source& source : everything()) {
    if (!source.header()) continue;
    INFO(source.path);
    CHECK(source.text.starts_with("//"));
    CHECK(source.text.find("#pragma once") != std::string::npos);
    CHECK(source.text.find("using namespace") == std::string::npos);
  }
}

TEST_CASE("no file is longer than five hundred lines") {
  for (const Source& source : everything()) {
    INFO(source.path);
    CHECK(static_cast<std::size_t>(std::count(source.text.begin(), source.text.end(), '\n')) <= lines_max);
  }
}

// Tables and what is set as code may be wider; so may a link.
TEST_CASE("prose is as narrow as code") {
  constexpr std::size_t columns_max = 120;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string path = fs::relative(entry.path(), root).generic_string();
    if (entry.path().extension() != ".md" || path.starts_with("build/")) continue;
    std::istringstream text(read(entry.path()));
    bool is_code = false;
    std::string line;
    for (std::size_t number = 1; std::getline(text, line); ++number) {
      if (line.starts_with("```")) is_code = !is_code;
      if (is_code || line.starts_with("|") || line.find("](") != std::string::npos) continue;
      const auto columns = std::count_if(line.begin(), line.end(),
                                         [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
      INFO(path << ":" << number);
      CHECK(static_cast<std::size_t>(columns) <= columns_max);
    }
  }
}

// The fuzz targets are built with clang 14, which cannot compile the views of libstdc++ 12.
TEST_CASE("no views of ranges are used in what is fuzzed") {
  for (const Source& source : sources({"frontend", "semantics"})) {
    INFO(source.path);
    for (const char* refused : {"ranges::subrange", "ranges::unique", "std::views::", "ranges::view"})
      CHECK(source.text.find(refused) == std::string::npos);
  }
}

TEST_CASE("nothing is left for later") {
  const std::regex unfinished(
      "\\b(TO"
      "DO|FIX"
      "ME|X"
      "XX|HA"
      "CK)\\b");
  for (const Source& source : everything()) {
    INFO(source.path);
    CHECK_FALSE(std::regex_search(source.text, unfinished));
  }
}

TEST_CASE("every source is built") {
  std::string lists;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.path().filename() == "CMakeLists.txt" &&
        !fs::relative(entry.path(), root).generic_string().starts_with("build/"))
      lists += read(entry.path());
  for (const Source& source : everything()) {
    if (source.header()) continue;
    const std::string file = source.path.substr(source.path.find_last_of('/') + 1);
    const std::string stem = file.substr(0, file.size() - 4);
    INFO(source.path);
    CHECK((lists.find(file) != std::string::npos || lists.find(stem) != std::string::npos));
  }
}

TEST_CASE("every diagnostic code is explained, and provoked by a test") {
  std::set<std::string> used, explained, tested;
  for (const Source& source : product()) {
    auto& into = source.path.starts_with("frontend/catalogue/") ? explained : used;
    into.merge(codes(source.text));
  }
  for (const auto& entry : fs::recursive_directory_iterator(root / "tests"))
    if (entry.is_regular_file() && entry.path().filename() != "tidy_test.cpp") tested.merge(codes(read(entry.path())));
  for (const std::string& code : used) {
    INFO(code);
    CHECK(explained.count(code) == 1);
    CHECK(tested.count(code) == 1);
  }
  for (const std::string& code : explained) {
    INFO(code << " is explained but never reported");
    CHECK(used.count(code) == 1);
  }
}
