// Runs another program and waits for it.
#pragma once

#include <string>
#include <vector>

namespace tryst::cli {

struct Finished {
  int status;          // as exit() was given; 128 + the signal that ended it
  std::string output;  // standard output
  std::string errors;  // standard error
};

// `words[0]` is looked for in PATH. The program reads nothing, and both of its streams are kept. Throws OutputError
// where it cannot be started.
Finished run_program(const std::vector<std::string>& words);

}  // namespace tryst::cli
