// What the projects of both kinds of emitted programs have in common: which files there are, how they are built, the
// main file, which is the user's, and what is known of the model.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "runtime/emitter/project.hpp"

namespace tryst::emitter {

struct ProjectText {
  std::string tool;        // that makes it, with its version
  std::string identifier;  // of the program
  std::string name_space;
  std::string library;  // the CMake target of the runtime
  bool needs_threads;
  std::function<bool(const File&)> needs;  // which files of the runtime
  std::string program_header;              // of the runtime
  std::string program_main;                // which function of it runs the program
  std::string made_hooks;                  // the expression for the user's hooks, from `seed`
  std::string example;                     // goes on with the comment in the user's class; may be empty
};

// The runtime's files, CMakeLists.txt, and main.cpp, which is marked as the user's. Without README, model and hooks.
std::vector<File> common_files(const ProjectText&);

// The first lines of a file, as comments: what it is, and what it was made from.
std::string banner_text(const std::string& what, const std::string& tool, const std::string& operand, bool verified);

// What a README says of the model's assertions.
std::string claims_text(const std::vector<Claim>&, bool verified);

}  // namespace tryst::emitter
