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
  EmittedPrograms() = default;
  explicit EmittedPrograms(const std::string& script) { add_script(script); }

  // What has been compiled can be run, too.
  void link_with(const std::string& library) { library_ = " '" + library + "'"; }
  void add_script(const std::string& text) { scripts_.emplace_back(text); }
  // A process of the last script.
  void add(const std::string& expression);
  // Or nothing, where it is not finite, goes wrong, or has too many states to be compared as a whole.
  bool add_if_small(const std::string& expression);
  // Compiles all programs in one go, with every warning an error, and compares each with its model: components with the
  // graphs that they were made from, the whole with the operational rules. What is wrong, a line each.
  std::string differences();
  // Runs a program; after differences().
  Ran run(std::size_t program, const std::string& arguments) const;

  // Of all components of all programs: why they are tables.
  std::vector<std::string> table_reasons() const;

  const csp::CompiledNetwork& network(std::size_t program) const { return *programs_[program].complete.network; }
  const Emission& emission(std::size_t program) const { return programs_[program].emission; }

 private:
  struct Program {
    csp::ScriptFixture& script;
    std::string expression;
    csp::ProcessId process;
    CompleteNetwork complete;
    Emission emission;
  };
  std::string difference(Program&, const std::map<std::string, Lts>& graphs);

  std::string library_;  // as an argument of the compiler
  TemporaryFolder folder_{"tryst-emitted"};
  std::deque<csp::ScriptFixture> scripts_;
  std::deque<Program> programs_;
};

}  // namespace tryst::emitter
