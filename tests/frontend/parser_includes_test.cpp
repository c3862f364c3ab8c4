// Includes: lexical, relative to the file, never inside an expression, and never without end.
#include <unistd.h>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "frontend/csp/lexer.hpp"
#include "frontend/csp/printer.hpp"
#include "tests/frontend/parsed.hpp"

namespace tryst::csp::test {

namespace {

namespace fs = std::filesystem;

// A folder that lives as long as the test.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("tryst_includes_" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

struct ParsedFile {
  explicit ParsedFile(const std::string& path) : script(parse_file(path, sources, diagnostics)) {}
  std::string codes() const {
    std::string out;
    for (const Diagnostic& diagnostic : diagnostics.all())
      out += (out.empty() ? "" : " ") + std::string(diagnostic.code);
    return out;
  }
  SourceSet sources;
  Diagnostics diagnostics;
  Script script;
};

}  // namespace

TEST_CASE("included declarations stand where the directive stands") {
  const Folder folder;
  folder.write("lib/inner.csp", "i = 1");  // no newline at its end
  folder.write("lib/lib.csp", "include \"inner.csp\"\nl = i\n");
  const ParsedFile main(folder.write("main.csp", "a = 0\ninclude \"lib/lib.csp\" -- the library\nb = l\n"));
  CHECK(main.codes().empty());
  CHECK(shapes(main.script) == "(function a =0)\n(function i =1)\n(function l =i)\n(function b =l)");
  CHECK(main.script.includes.size() == 2);
  CHECK(main.sources.size() == 3);
  CHECK(main.sources.text(main.script.decls[main.script.top[1]].span) == "i = 1");
}

TEST_CASE("an include may stand inside a module, on either side of `exports`") {
  const Folder folder;
  folder.write("part.csp", "-- a comment\n\nz = 1\n");
  for (const std::string text : {"module M\nx = 1\nexports\n\ninclude \"part.csp\"\n\ny = 2\nendmodule\n",
                                 "module M\nx = 1\ninclude \"part.csp\"\nexports\ny = 2\nendmodule"}) {
    const ParsedFile main(folder.write("main.csp", text));
    CHECK(main.codes().empty());
    REQUIRE(main.script.top.size() == 1);
  }
}

TEST_CASE("no expression spans files") {
  const Folder folder;
  folder.write("two.csp", "2\n");
  CHECK(ParsedFile(folder.write("main.csp", "P = f(x) + \ninclude \"two.csp\"\n")).codes() == "P0120 P0120");
}

TEST_CASE("P0101: a missing file is reported where it is named") {
  const Folder folder;
  const ParsedFile main(folder.write("main.csp", "include \"no.csp\"\nP = STOP\n"));
  CHECK(main.codes() == "P0101");
  CHECK(main.diagnostics.all().at(0).message == "cannot read `" + folder.path() + "/no.csp`: there is no such file");
  CHECK(main.script.top.size() == 1);
  CHECK(ParsedFile(folder.write("device.csp", "include \"/dev/zero\"\n")).codes() == "P0101");
  CHECK(ParsedFile(folder.path() + "/neither.csp").codes() == "P0101");
  CHECK(ParsedFile(folder.path()).diagnostics.all().at(0).message ==
        "cannot read `" + folder.path() + "`: it is a folder");
}

TEST_CASE("P0109: a file beyond the limit of size is refused, not read") {
  const Folder folder;
  const std::string path = folder.write("big.csp", "");
  fs::resize_file(path, file_size_max + 1);
  const ParsedFile main(folder.write("main.csp", "include \"big.csp\"\nP = STOP\n"));
  REQUIRE(main.codes() == "P0109");
  CHECK(main.diagnostics.all()[0].message == "`" + path + "` is larger than 64 MiB");
  CHECK(main.script.top.size() == 1);
}

TEST_CASE("P0107: a cycle of includes is reported once, with its steps") {
  const Folder folder;
  folder.write("a.csp", "include \"b.csp\"\na = 1\n");
  folder.write("b.csp", "include \"./a.csp\"\nb = 1\n");
  const ParsedFile main(folder.path() + "/a.csp");
  REQUIRE(main.codes() == "P0107");
  CHECK(main.diagnostics.all()[0].message == "`./a.csp` includes itself");
  CHECK(main.diagnostics.all()[0].notes.size() == 1);
  CHECK(shapes(main.script) == "(function b =1)\n(function a =1)");
}

TEST_CASE("P0108: includes have a depth and a number that they cannot exceed") {
  const Folder folder;
  const auto name = [](int i) { return "d" + std::to_string(i) + ".csp"; };
  const auto chain = [&](int length) {
    for (int i = 0; i < length; ++i)
      folder.write(name(i), i + 1 < length ? "include \"" + name(i + 1) + "\"\n" : "x = 1\n");
    return ParsedFile(folder.path() + "/" + name(0)).codes();
  };
  CHECK(chain(include_depth_max + 1) == "");
  CHECK(chain(include_depth_max + 2) == "P0108");
  SECTION("files that include the next one twice do not take exponential time") {
    for (int i = 0; i < 20; ++i)
      folder.write(name(i), "include \"" + name(i + 1) + "\"\ninclude \"" + name(i + 1) + "\"\n");
    folder.write(name(20), "");
    const ParsedFile main(folder.path() + "/" + name(0));
    CHECK(main.diagnostics.has_errors());
    CHECK(main.script.includes.size() == include_count_max);
  }
}

TEST_CASE("P0130: the equations of a function stand in one file") {
  const Folder folder;
  folder.write("more.csp", "f(1) = 2\n");
  const ParsedFile main(folder.write("main.csp", "f(0) = 1\ninclude \"more.csp\"\n"));
  REQUIRE(main.codes() == "P0130");
  CHECK(main.diagnostics.all()[0].message == "the definition of `f` is spread over two files");
}

TEST_CASE("a file is formatted by itself, its includes and comments kept") {
  const Folder folder;
  folder.write("lib.csp", "l=1\n");
  const ParsedFile main(folder.write("main.csp",
                                     "{- head -}\ninclude   \"lib.csp\"  -- the library\n\n\na=l -- one\n"
                                     "f(0) = -- zero\n 1\nf(n) = 2\n-- end"));
  CHECK(format(main.script, main.sources, FileId{0}) ==
        "{- head -}\ninclude   \"lib.csp\"  -- the library\n\na = l  -- one\nf(0) = -- zero\n 1\nf(n) = 2\n-- end\n");
}

}  // namespace tryst::csp::test
