// The help texts, generated from the option table.
#pragma once

#include <string>

#include "cli/options.hpp"

namespace tryst::cli {

std::string short_help();      // no arguments: examples first, then the commands
std::string help_of(Command);  // one command with all its options
std::string version_text();

}  // namespace tryst::cli
