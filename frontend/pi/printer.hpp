// Syntax tree → text in canonical layout, which parses back to the same tree; and the comparison that says so.
#pragma once

#include <string>

#include "frontend/pi/ast.hpp"

namespace tryst::pi {

// One item a line.
std::string print(const Script&);
std::string print(const Script&, ProcId);
std::string print(const Script&, CommandId);
// The same with the comments of the source, each before the item in which or before which it stands.
std::string format(const Script&, const SourceSet&);

// Whether two trees differ in their places only.
bool same_tree(const Script&, const Script&);

}  // namespace tryst::pi
