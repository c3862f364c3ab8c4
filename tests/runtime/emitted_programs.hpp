// Programs emitted from process expressions, compiled together, and looked at from outside.
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runtime/emitter/collect.hpp"
#include "runtime/emitter/project.hpp"
#include "semantics/lts.hpp"
#include "tests/semantics/script_fixture.hpp"

namespace tryst::emitter {

// An empty folder that goes away with its owner.
struct TemporaryFolder {
  explicit TemporaryFolder(const std::string& name);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path path;
};

// The exit status of a shell command, and what it prints.
struct Ran {
  int status;
  std::string output;  // both streams
};
Ran run_shell(const std::string& command);

class EmittedPrograms {
 public:
  explicit EmittedPrograms(const std::string& script) : script_(script) {}

  void add(const std::string& expression);
  // Compiles all programs in one go, with every warning an error, and compares each with its model: components with the
  // graphs that they were made from, the whole with the operational rules. What is wrong, a line each.
  std::string differences();

  // Of all components of all programs: why they are tables.
  std::vector<std::string> table_reasons() const;

  const csp::CompiledNetwork& network(std::size_t program) const { return *programs_[program].complete.network; }
  const Emission& emission(std::size_t program) const { return programs_[program].emission; }

 private:
  struct Program {
    std::string expression;
    csp::ProcessId process;
    CompleteNetwork complete;
    Emission emission;
  };
  std::string difference(Program&, const std::map<std::string, Lts>& graphs);

  csp::ScriptFixture script_;
  std::deque<Program> programs_;
};

}  // namespace tryst::emitter
