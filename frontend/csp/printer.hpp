// Syntax tree → canonical CSPM text. parse(print(t)) equals t up to spans (`same_tree`), for every tree the parser
// builds from one file, and printing it again gives the same text.
//
// Parentheses are those of the tree, which keeps the ones that were written; none are added. Lines are at most 100
// bytes where the text allows it.
#pragma once

#include <string>

#include "frontend/csp/ast.hpp"
#include "frontend/source.hpp"

namespace tryst::csp {

// All declarations, those of included files in their place.
std::string print(const Script&);
std::string print(const Script&, ExprId);
std::string print(const Script&, DeclId);

// One file of a script without errors, with its comments, its `include`s and single empty lines where some were. A
// comment inside a declaration moves before it. A file with a section that ends in another file is left as it is.
std::string format(const Script&, const SourceSet&, FileId);

// Structural equality, spans and ids aside.
bool same_tree(const Script&, const Script&);

}  // namespace tryst::csp
