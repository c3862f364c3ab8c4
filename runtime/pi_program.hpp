// The command line of an emitted π-program: everything in it that is not its model.
//
//   program [--steps N] [--seed N] [--print] [--monitor] [--trace FILE]    run; print the visible events as they
//                            happen; hold each step against the model; write what it did (FILE.json: JSON, else CBOR)
//   program --replay FILE    do again what --trace wrote, or perform a text with one label a line, the last perhaps
//                            `deadlock`
//   program --explore [FILE]    write its own transition system as .aut, labels as `tryst lts` has them
//   program --self-check     many runs, each step held against what its processes can do
// Exit status: 0; 2 wrong arguments; 10 stuck, or a trace that the program cannot perform; 20 a limit; 70 the monitor
// or the self-check objects.
#pragma once

#include <functional>
#include <memory>

#include "runtime/pi_run.hpp"

namespace tryst::runtime::pi {

// Makes the user's side of a run from the seed of its choices.
using EnvironmentMaker = std::function<std::unique_ptr<Environment>(std::uint64_t seed)>;

int program_main(const Program&, const EnvironmentMaker&, int argc, char** argv);

}  // namespace tryst::runtime::pi
