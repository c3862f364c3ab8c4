// Builds the transition system of an operand, takes its quotient where one is asked for, and writes it: what `lts` and
// `minimise` have in common.
#pragma once

#include <string>

#include "cli/exit_status.hpp"
#include "cli/options.hpp"
#include "cli/terminal.hpp"

namespace tryst::cli {

// `relation` is empty for no quotient. The artefact goes to `--output`; the sizes are printed to standard output,
// unless the artefact itself goes there.
ExitStatus export_operand(const Options&, const Terminal&, const std::string& relation);

}  // namespace tryst::cli
