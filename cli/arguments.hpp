// The words of the command line → Options, or what is wrong with them.
//
// Options may stand before or after the command and its arguments; `--` ends them. A misspelt command, option or value
// is answered with the closest known one. The only file that knows the command-line library is arguments.cpp.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "cli/options.hpp"

namespace tryst::cli {

// The command line is wrong; what() is one line without the program's name. Exit status 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// `words` are the arguments after the program's name.
Options parse_arguments(std::vector<std::string> words);

}  // namespace tryst::cli
