// The files of a project emitted from a process of the π-calculus: the same as those of a CSP process (project.hpp), with
// processes that are made and end while the program runs.
//
//   main.cpp             the user's: written once, then left alone
//   hooks.hpp|cpp        what the user may override, methods for every free name that is a channel
//   model.hpp|cpp        a struct for each agent, with the states of the processes within its text
#pragma once

#include "runtime/emitter/emission.hpp"
#include "runtime/emitter/pi_code.hpp"
#include "runtime/emitter/project.hpp"

namespace tryst::emitter {

struct PiEmission {
  std::string tool;        // "tryst 0.1.0"
  std::string operand;     // what was emitted, as the user wrote it
  std::string identifier;  // of the program: a target of CMake
  std::vector<Claim> claims;
  bool verified = false;  // every claim holds
  PiCode code;
  std::vector<std::int64_t> integers;  // that are received where all states are visited; without data empty
  bool only_new_names = false;         // are received there
  std::string comparison;              // a sentence: how far the program was compared with the model

  std::string name_space() const { return identifier + "_model"; }
};

std::vector<File> project_files(const PiEmission&);

// A program of one translation unit, to be compiled in the project's folder. With one argument it writes its transition
// system, if that has no more states than it says; with two, what can be seen in as many steps as the second says.
// Beyond the limit it writes nothing.
std::string explorer(const PiEmission&);

// The parts, each in a file of its own.
std::string model_header(const PiEmission&);
std::string model_source(const PiEmission&);
std::string hooks_header(const PiEmission&);
std::string hooks_source(const PiEmission&);
std::string readme(const PiEmission&);

}  // namespace tryst::emitter
