// The files of an emitted project: a program of its own that builds with CMake and a C++20 compiler, and nothing else.
//
//   CMakeLists.txt, README.md
//   main.cpp             the user's: written once, then left alone
//   hooks.hpp|cpp        what the user may override, a method for every visible channel
//   model.hpp|cpp        components and rules
//   tryst/runtime/       the library that every program shares
// All of it is a function of the emission. Nothing is written to disk here.
#pragma once

#include <string>
#include <vector>

#include "runtime/emitter/emission.hpp"

namespace tryst::emitter {

struct File {
  std::string path;  // relative, with forward slashes
  std::string text;
  bool user_owned = false;  // never overwritten
};

std::vector<File> project_files(const Emission&);

// The files of the runtime library, as this tool was built with them: the paths begin with `tryst/runtime/`.
const std::vector<File>& runtime_files();

// A program of one translation unit, to be compiled in a folder that holds emitted projects, each in a folder called
// by its identifier, or a single one in the folder itself; the library must be in the include path. It writes the transition systems of all components of
// each, then of the whole if that has at most as many states as its argument says, each as .aut behind a line
// "== PROGRAM COMPONENT" or "== PROGRAM whole".
std::string explorer(const std::vector<const Emission*>&, bool in_folders);

// The parts, each in a file of its own.
std::string model_header(const Emission&);
std::string model_source(const Emission&);
// The struct of a family, its functions, and the states that its machines begin in, `initial`, by instance.
std::string family_struct(const Family&, const std::vector<const Machine*>& machines);
std::string hooks_header(const Emission&);
std::string hooks_source(const Emission&);
std::string hook_example(const Emission&);  // for the README: a class of hooks that compiles; empty without channels
std::string readme(const Emission&);
// The comment that begins every generated file.
std::string banner(const Emission&, const std::string& what);

}  // namespace tryst::emitter
