// One function a command: does what the options ask, prints, and says how it went. Each lives in its own
// `x_command.cpp`.
//
// They throw UsageError (cli/arguments.hpp) and OutputError (cli/output.hpp); main() turns these into exit status 2.
#pragma once

#include "cli/exit_status.hpp"
#include "cli/options.hpp"
#include "cli/terminal.hpp"

namespace tryst::cli {

ExitStatus certify_command(const Options&, const Terminal&);
ExitStatus check_command(const Options&, const Terminal&);
ExitStatus emit_command(const Options&, const Terminal&);
ExitStatus equiv_command(const Options&, const Terminal&);
ExitStatus evaluate_command(const Options&, const Terminal&);
ExitStatus explain_command(const Options&, const Terminal&);
ExitStatus format_command(const Options&, const Terminal&);
ExitStatus help_command(const Options&, const Terminal&);
ExitStatus lts_command(const Options&, const Terminal&);
ExitStatus minimise_command(const Options&, const Terminal&);
ExitStatus refine_command(const Options&, const Terminal&);
ExitStatus simulate_command(const Options&, const Terminal&);
ExitStatus typecheck_command(const Options&, const Terminal&);

}  // namespace tryst::cli
