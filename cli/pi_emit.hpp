// `tryst emit` of a process of the π-calculus.
#pragma once

#include "cli/exit_status.hpp"
#include "cli/options.hpp"
#include "cli/terminal.hpp"

namespace tryst::cli {

// The operand is one of a π-file, and the folder for the project is free. Throws UsageError, OutputError.
ExitStatus emit_pi(const Options&, const Terminal&);

}  // namespace tryst::cli
