// What tests of `tryst emit` from outside share: running the tool, and building what it has written.
#pragma once

#include <fstream>
#include <iterator>

#include "tests/runtime/emitted_programs.hpp"

namespace tryst::emitter {

inline Ran tool(const std::string& arguments) { return run_shell("timeout 100 '" TRYST_BINARY "' " + arguments); }

inline std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Programs that were compiled together: one of them is asked to perform a trace that is written in a file, a label a line.
template <class Programs>
void check_performs(const Programs& programs, std::size_t program, const std::vector<std::string>& labels,
                    const std::filesystem::path& file) {
  std::ofstream out(file);
  for (const std::string& label : labels) out << label << '\n';
  out.close();
  const Ran performed = programs.run(program, "--replay " + quoted(file));
  INFO(performed.output);
  CHECK(performed.status == 0);
}

// Compiles an emitted project in one go, without optimisation because that is quick, against the library as it was built
// with the tool. The program's path.
inline std::string build(const std::filesystem::path& project, const std::string& name,
                         const std::string& flags = "-O0") {
  std::ofstream(project / "all.cpp") << "#include \"main.cpp\"\n#include \"model.cpp\"\n#include \"hooks.cpp\"\n";
  const std::string program = (project / name).string();
  const Ran compiled = run_shell("c++ -std=c++20 " TRYST_RUNTIME_FLAGS " " + flags +
                                 " -Wall -Wextra -Wpedantic -Werror -I" + quoted(project / "tryst") + " " +
                                 quoted(project / "all.cpp") + " '" TRYST_RUNTIME_LIBRARY "' -o '" + program + "'");
  INFO(compiled.output);
  REQUIRE(compiled.status == 0);
  return program;
}

}  // namespace tryst::emitter
