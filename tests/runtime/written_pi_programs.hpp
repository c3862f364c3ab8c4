// Programs of the π-calculus written as C++, compiled together, and what each does beside what its tables say.
#pragma once

#include <string>
#include <vector>

#include "tests/pi/pi_fixture.hpp"
#include "tests/runtime/emitted_programs.hpp"

namespace tryst::emitter {

class WrittenPiPrograms {
 public:
  static constexpr int depth = 6;  // steps as far as which the two are compared

  void add(PiText& script, pi::ProcId process);
  // Compiles all in one go, with every warning an error, and compares what each does with its tables, by strong bisimulation.
  void check();
  // Runs a program with its own command line; after check().
  Ran run(std::size_t program, const std::string& arguments) const;
  std::size_t size() const { return expected_.size(); }

 private:
  std::string path() const { return (folder_.path / "all").string(); }

  const TemporaryFolder folder_{"tryst-pi-written"};
  std::string sources_, explorations_, mains_;
  std::vector<std::string> operands_, expected_;  // by program
};

}  // namespace tryst::emitter
