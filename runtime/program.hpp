// The command line of an emitted program: everything in it that is not its model.
//
//   program [--steps N] [--seed N] [--print] [--monitor] [--trace FILE]    run; print the visible events as they
//                            happen; watch it; write what it did (FILE.json: JSON, else CBOR); on its executors if it was
//                            emitted for several
//   program --replay FILE    drive it along a trace: one that --trace wrote, or a text with one event a line
//   program --explore [FILE] [--component N]    write its own transition system, or a component's, as .aut
//   program --self-check     run with the monitor on, and along every transition of every component that a run can reach
//   program --list           its components, with their numbers
// Exit status: 0; 2 wrong arguments; 10 stuck, or a trace that the program cannot perform; 20 a limit; 70 the monitor
// or the self-check objects.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "runtime/run.hpp"

namespace tryst::runtime {

struct Program {
  const char* name;
  const Network& network;
  std::span<const Table* const> automata;      // for the monitor, from the model
  std::span<const std::uint32_t> executor_of;  // by component; empty: all are on one
};

// Makes the user's side of a run from the seed of its choices; called once for each executor.
using EnvironmentMaker = std::function<std::unique_ptr<Environment>(std::uint64_t seed)>;

int program_main(const Program&, const EnvironmentMaker&, int argc, char** argv);

}  // namespace tryst::runtime
