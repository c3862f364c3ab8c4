// What `tryst format` prints: every declaration canonically, and around them what the tree does not hold: comments,
// `include` lines and single blank lines stay where they are.
//
// A declaration with a comment or an `include` inside is left as it was written, so nothing is ever lost. Declarations
// of included files are not printed. Cost: linear in the text.
#pragma once

#include <string>

#include "frontend/csp/ast.hpp"
#include "frontend/source.hpp"

namespace tryst::cli {

std::string formatted_script(const csp::Script&, const SourceSet&, FileId);

}  // namespace tryst::cli
