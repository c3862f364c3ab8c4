// Text → syntax tree of a π-calculus file (`.pi`, or the Mobility Workbench's `.mwb`).
//
// A syntax error costs the definition or command it stands in; the rest is parsed. Everything is reported through
// `Diagnostics` (P07xx). Cost: linear in the text. Limits: nesting (ast.hpp).
#pragma once

#include "frontend/diagnostic.hpp"
#include "frontend/pi/ast.hpp"

namespace tryst::pi {

Script parse_text(FileId, const SourceSet&, Diagnostics&);

// Parses one process (an operand of the command line) into an existing tree; no_id when there was an error.
ProcId parse_process(FileId, Script&, const SourceSet&, Diagnostics&);

}  // namespace tryst::pi
