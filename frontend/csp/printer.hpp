// Syntax tree → canonical CSPM text. parse(print(t)) equals t up to spans (`same_tree`), for every tree the parser
// builds.
//
// Comments are not part of the tree; `tryst format` keeps those that stand between declarations by their place.
#pragma once

#include <string>

#include "frontend/csp/ast.hpp"

namespace tryst::csp {

std::string print(const Script&);
std::string print(const Script&, ExprId);
std::string print(const Script&, DeclId);

// Structural equality, spans and ids aside.
bool same_tree(const Script&, const Script&);

}  // namespace tryst::csp
