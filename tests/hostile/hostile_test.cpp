// Hostile input: any bytes, any depth, any size must end in a diagnostic or a limit, with the right exit status, in
// bounded time; never in a crash, a hang or an exhausted machine.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

std::string repeat(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

struct Folder {
  Folder() : path(fs::temp_directory_path() / ("tryst-hostile-" + std::to_string(::getpid()))) {
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

struct Result {
  int status;  // exit status, or -1 when a signal ended the tool
  std::string output;
};

// Runs the tool, standard error included, under a limit of time (`timeout` kills it: status 124) and of address space.
Result run(const std::string& arguments) {
  const std::string command = "timeout 60 " TRYST_BINARY " " + arguments + " 2>&1";
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  Result result{0, {}};
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    if (result.output.size() < 1 << 20) result.output.append(buffer, n);
  const int status = pclose(pipe);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

struct Case {
  const char* what;
  std::string script;
  const char* command;  // FILE stands for the script
  int status;
};

void check(const std::vector<Case>& cases) {
  const Folder folder;
  const std::string file = (folder.path / "model.csp").string();
  for (const Case& c : cases) {
    std::ofstream(file, std::ios::binary) << c.script;
    std::string command = c.command;
    for (std::size_t at; (at = command.find("FILE")) != std::string::npos;) command.replace(at, 4, file);
    const Result result = run(command);
    INFO(c.what << "\n" << command << "\n" << result.output.substr(0, 2000));
    CHECK(result.status == c.status);
    if (c.status == 3) CHECK(result.output.find("error[P0") != std::string::npos);
    CHECK(result.output.size() < (1 << 18));
  }
}

}  // namespace

TEST_CASE("files that are not scripts are refused with a diagnostic, or are empty") {
  check({
      {"an empty file", "", "check FILE", 0},
      {"blanks only", " \t\r\n\n  \n", "check FILE", 0},
      {"a comment without an end", "{- {- -}", "typecheck FILE", 3},
      {"a string without an end", "x = \"abc\n", "typecheck FILE", 3},
      {"a NUL byte", std::string("x = 1\0y = 2", 11), "typecheck FILE", 3},
      {"random bytes", "\x80\xff\xfe\x01\x02\x1b[31m = \xc3\x28", "typecheck FILE", 3},
      {"invalid UTF-8 in a comment", "-- \xff\xfe caf\xe9\nx = 1\n", "typecheck FILE", 0},
      {"a byte order mark", "\xef\xbb\xbfx = 1\n", "typecheck FILE", 0},
      {"a rich text document", "{\\rtf1\\ansi channel a}", "typecheck FILE", 3},
      {"one line of ten megabytes", "x = " + repeat("1 + ", 2'500'000) + "1", "typecheck FILE", 3},
      {"ten megabytes of one identifier", std::string(10'000'000, 'a') + " = 1", "typecheck FILE", 0},
      {"a number beyond every integer", "x = " + std::string(100'000, '9'), "typecheck FILE", 3},
  });
}

TEST_CASE("depth has a limit, and it is a diagnostic") {
  const std::size_t deep = 100'000;
  check({
      {"parentheses", "x = " + repeat("(", deep) + "1" + repeat(")", deep), "typecheck FILE", 3},
      {"parentheses never closed", "x = " + repeat("(", deep), "typecheck FILE", 3},
      {"sequences", "x = " + repeat("<", deep) + repeat(">", deep), "typecheck FILE", 3},
      {"sets", "x = " + repeat("{", deep) + repeat("}", deep), "typecheck FILE", 3},
      {"negations", "x = " + repeat("not ", deep) + "true", "typecheck FILE", 3},
      {"minus signs", "x = " + repeat("- ", deep) + "1", "typecheck FILE", 3},
      {"conditionals", "x = " + repeat("if true then 1 else ", deep) + "1", "typecheck FILE", 3},
      {"lambdas", "x = " + repeat("\\ y @ ", deep) + "1", "typecheck FILE", 3},
      {"lets", "x = " + repeat("let y = 1 within ", deep) + "1", "typecheck FILE", 3},
      {"prefixes", "channel a\nP = " + repeat("a -> ", deep) + "STOP", "typecheck FILE", 3},
      {"dots", "x = " + repeat("1.", deep) + "1", "typecheck FILE", 3},
      {"applications", "f(x) = f\ny = f" + repeat("(1)", deep), "typecheck FILE", 3},
      {"comments", repeat("{-", deep) + repeat("-}", deep), "typecheck FILE", 0},
      {"patterns", "f(" + repeat("(", deep) + "x" + repeat(")", deep) + ") = x", "typecheck FILE", 3},
      {"modules", repeat("module M\nexports\n", 10'000) + repeat("endmodule\n", 10'000), "typecheck FILE", 3},
      {"types", "x :: " + repeat("{", deep) + "Int" + repeat("}", deep) + "\nx = {}", "typecheck FILE", 3},
  });
}

TEST_CASE("a type that grows exponentially has a limit") {
  std::string script = "f0(x) = (x, x)\n";
  for (int i = 1; i <= 40; ++i)
    script += "f" + std::to_string(i) + "(x) = f" + std::to_string(i - 1) + "(f" + std::to_string(i - 1) + "(x))\n";
  check({{"doubling tuples", script + "y = f40(1)\n", "typecheck FILE", 3}});
}

TEST_CASE("includes that cannot be read, or never end, are diagnostics") {
  const Folder folder;
  const auto write = [&](const char* name, const std::string& text) { std::ofstream(folder.path / name) << text; };
  write("self.csp", "include \"self.csp\"\n");
  write("one.csp", "include \"two.csp\"\n");
  write("two.csp", "include \"one.csp\"\n");
  write("missing.csp", "include \"no such file.csp\"\n");
  write("device.csp", "include \"/dev/zero\"\n");
  write("folder.csp", "include \".\"\n");
  for (const char* name : {"self.csp", "one.csp", "missing.csp", "device.csp", "folder.csp"}) {
    const Result result = run("typecheck '" + (folder.path / name).string() + "'");
    INFO(name << "\n" << result.output.substr(0, 2000));
    CHECK(result.status == 3);
    CHECK(result.output.find("error[P0") != std::string::npos);
  }
}

TEST_CASE("evaluation that cannot end is an error or a limit") {
  check({
      {"a value that needs itself", "x = x + 1\n", "evaluate FILE x", 3},
      {"recursion without an end", "f(n) = f(n + 1) + 1\n", "evaluate FILE 'f(0)'", 3},
      {"a loop without an end", "f(n) = f(n + 1)\n", "evaluate --timeout 2 FILE 'f(0)'", 20},
      {"an infinite set, listed", "x = seq({1..})\n", "evaluate FILE x", 3},
      {"an infinite sequence, measured", "x = length(<1..>)\n", "evaluate FILE x", 3},
      {"a set of sets beyond any memory", "x = seq(Set({1..200}))\n", "evaluate FILE x", 20},
      {"a comprehension over the integers", "x = {y | y <- {1..}, y < 3}\n", "evaluate --timeout 2 FILE x", 3},
      {"an integer that overflows", "x = 9223372036854775807 + 1\n", "evaluate FILE x", 3},
      {"the head of nothing", "x = head(<>)\n", "evaluate FILE x", 3},
      {"deep recursion that does end", "f(n) = if n == 0 then 0 else 1 + f(n - 1)\n", "evaluate FILE 'f(100000)'", 0},
  });
}

TEST_CASE("processes that cannot be built are errors of their assertion, and endless ones reach a limit") {
  const std::string a = "channel a, b\n";
  check({
      {"recursion without a guard", a + "P = P\nassert P :[deadlock free]\n", "check FILE", 3},
      {"a choice without a guard", a + "P = P [] a -> P\nassert P :[deadlock free]\n", "check FILE", 3},
      {"a parallel without a guard", a + "P = P ||| P\nassert P :[deadlock free]\n", "check FILE", 3},
      {"a parameter that grows without a guard", a + "P(n) = P(n + 1) [] STOP\nassert P(0) :[deadlock free]\n",
       "check FILE", 3},
      {"a function that never becomes a process", a + "P(n) = P(n + 1)\nassert P(0) :[deadlock free]\n",
       "check --timeout 2 FILE", 20},
      {"a sequence without a guard", a + "P = P ; a -> SKIP\nassert P :[deadlock free]\n", "check FILE", 3},
      {"states without an end", a + "P(n) = a -> P(n + 1)\nassert P(0) :[deadlock free]\n",
       "check --max-states 10000 FILE", 20},
      {"components without an end", a + "P = a -> (P ||| P)\nassert P :[deadlock free]\n",
       "check --max-states 10000 --timeout 20 FILE", 20},
      {"calls without an end", a + "P = a -> (P ; P)\nassert P :[deadlock free]\n",
       "check --max-states 10000 --timeout 20 FILE", 20},
      {"an infinite menu", "channel c : Int\nP = c?x -> P\nassert P :[deadlock free]\n", "check --prove search FILE",
       3},
      {"an infinite menu, in symbols", "channel c : Int\nP = c?x -> P\nassert P :[deadlock free]\n", "check FILE", 0},
      {"one wrong assertion among others", a + "f(<>) = STOP\nassert f(<1>) :[deadlock free]\nassert STOP [T= STOP\n",
       "check FILE", 3},
      {"two hundred thousand components", a + "P = ||| i:{1..200000} @ a -> STOP\nassert P :[deadlock free]\n",
       "check --max-states 1000 --timeout 5 FILE", 20},
  });
}
