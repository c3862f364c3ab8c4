// `tryst format`: nothing is lost, and what was formatted once is not changed again.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/formatted_script.hpp"
#include "frontend/csp/parser.hpp"

namespace tryst::cli {

namespace {

std::string formatted(const std::string& text) {
  SourceSet sources;
  Diagnostics diagnostics;
  FileId id{};
  REQUIRE(sources.add("m.csp", text, id));
  const csp::Script script = csp::parse_text(id, ".", sources, diagnostics);
  INFO(text);
  REQUIRE_FALSE(diagnostics.has_errors());
  return formatted_script(script, sources, id);
}

}  // namespace

TEST_CASE("comments and single blank lines stay where they are") {
  CHECK(formatted("\n\n-- head  \n\n\n\nchannel   a,b   -- two\n{- block\n  of text -}\nP=a->P--loop\n\n\n--tail") ==
        "-- head\n\nchannel a, b -- two\n{- block\n  of text -}\nP = a -> P --loop\n\n--tail\n");
}

TEST_CASE("a comment before a declaration on its line stays there") {
  CHECK(formatted("{- one -}   x=1\ny=2{- two -}\n") == "{- one -} x = 1\ny = 2 {- two -}\n");
}

TEST_CASE("a declaration with a comment inside is left as it was written") {
  const std::string text = "f(x) =\n  x   -- the\n   +  1\ny = \"-- no comment {-\"  ^\"\"\n";
  CHECK(formatted(text) == "f(x) =\n  x   -- the\n   +  1\ny = \"-- no comment {-\" ^ \"\"\n");
}

TEST_CASE("an empty script stays empty") {
  CHECK(formatted("").empty());
  CHECK(formatted("\n \n").empty());
  CHECK(formatted("-- only this") == "-- only this\n");
}

TEST_CASE("includes are lines, not what they include") {
  const auto folder = std::filesystem::temp_directory_path() / "tryst-format-test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "part.csp") << "x   =   1\n";
  std::ofstream(folder / "main.csp") << "y=x\ninclude \"part.csp\"\nz   = y\n";
  SourceSet sources;
  Diagnostics diagnostics;
  const csp::Script script = csp::parse_file((folder / "main.csp").string(), sources, diagnostics);
  REQUIRE_FALSE(diagnostics.has_errors());
  CHECK(formatted_script(script, sources, FileId{0}) == "y = x\ninclude \"part.csp\"\nz = y\n");
  std::filesystem::remove_all(folder);
}

TEST_CASE("formatting the models twice is formatting them once") {
  for (const auto& entry : std::filesystem::directory_iterator(std::string(TRYST_SOURCE_DIR) + "/models/csp")) {
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    INFO(entry.path().string());
    const std::string once = formatted(text.str());
    CHECK(formatted(once) == once);
  }
}

}  // namespace tryst::cli
