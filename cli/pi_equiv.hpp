// `tryst equiv` on two processes of the π-calculus: the relations that know about names.
#pragma once

#include <optional>

#include "checker/pi/play.hpp"
#include "cli/exit_status.hpp"
#include "cli/options.hpp"
#include "cli/terminal.hpp"

namespace tryst::cli {

// Whether both operands of a comparison are processes of the π-calculus.
bool are_pi_operands(const Options&);

// The equivalence asked for, when it is one of the π-calculus: by its name, or `strong` and `weak` of two π-operands,
// which mean the bisimilarities of the transitions that `--semantics` names (symbolic ones: open), unless their labels
// are changed first. Throws UsageError where options or operands do not fit together.
std::optional<pi::Equivalence> pi_equivalence(const Options&);

// Compares the operands, prints the answer with its evidence, and writes the bisimulation where it is wanted.
ExitStatus pi_equiv_command(const pi::Equivalence&, const Options&, const Terminal&);

// Compares them in every relation of the π-calculus.
ExitStatus pi_spectrum_command(const Options&, const Terminal&);

}  // namespace tryst::cli
