// From a process of a π-script to its program.
#pragma once

#include <optional>

#include "frontend/diagnostic.hpp"
#include "frontend/pi/ast.hpp"
#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/pi_code.hpp"

namespace tryst::emitter {

// What a state may offer, and how deep agents may be called without a prefix in between.
inline constexpr std::size_t branches_max = 1000;
inline constexpr std::uint32_t calls_deep_max = 1000;
inline constexpr std::int64_t factors_max = 500;  // of the variables of one sum

// None: the process cannot be emitted, and it has been reported why (P067x). The script is resolved and sorted.
std::optional<PiCode> translate(const pi::Script&, const SourceSet&, pi::ProcId, Diagnostics&);

// --- values, for those who read the code
PiValue substituted(const PiValue&, const PiScope&);
// Whether the comparison is decided whatever the variables are.
std::optional<bool> decided(pi::ProcKind, const PiValue& left, const PiValue& right);
bool mentions(const PiValue&, std::uint32_t variable);

// --- identifiers of C++
// Has given out already what generated code calls things itself.
Identifiers names_for_processes();
// Of a member, a parameter or a local variable, before it is made to differ from others.
std::string variable_identifier(std::string_view name);

// The head normal form of a node, its free variables as they are; adds variables. Throws PiTooLarge.
struct PiTooLarge {
  Span span;
  bool deep;  // calls, not branches
};
std::vector<PiBranch> branches_of(PiCode&, std::uint32_t node);

}  // namespace tryst::emitter
