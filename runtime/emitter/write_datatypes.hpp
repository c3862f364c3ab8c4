// Datatypes of a script as types of C++.
#pragma once

#include <string>

#include "runtime/emitter/cxx_expressions.hpp"

namespace tryst::emitter {

// Those of constants are enumerations; others are structs that say with which constructor a value was made, and hold its
// fields. What belongs to other constructors is empty, so equal values are equal bytes.
std::string datatypes_source(const MachineCode&, const CxxExpressions&);

}  // namespace tryst::emitter
