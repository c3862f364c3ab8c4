// Text → syntax tree: reads files and their includes, lexes, parses declaration by declaration.
//
// A syntax error costs the declaration it stands in; the rest is parsed, so several errors come out of one run.
// Everything is reported through `Diagnostics` (P01xx); the returned tree holds what could be parsed.
// Cost: linear in the text. Limits: nesting (ast.hpp), text size (source.hpp), include depth 64.
#pragma once

#include <optional>
#include <string>

#include "frontend/csp/ast.hpp"
#include "frontend/diagnostic.hpp"

namespace tryst::csp {

// Reads and parses `path` with everything it includes. An unreadable file is a diagnostic.
Script parse_file(const std::string& path, SourceSet&, Diagnostics&);

// Parses a text that is already in `sources`; relative includes are looked up beside `directory`.
Script parse_text(FileId file, const std::string& directory, SourceSet&, Diagnostics&);

// Parses one expression (an operand of the command line, an argument of `evaluate`) into an existing tree.
// Nothing is returned when there was an error or text left over.
std::optional<ExprId> parse_expression(FileId file, Script&, SourceSet&, Diagnostics&);

}  // namespace tryst::csp
