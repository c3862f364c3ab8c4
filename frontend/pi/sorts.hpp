// The sorts of names: how many names each carries, and of which sorts they are, by unification; and which names stand
// for numbers or Booleans instead.
//
// Every binding has one sort, and every free name of commands and operands; a sort is the list of the sorts of what is
// sent on the name (Milner, "The polyadic π-calculus: a tutorial", 1991). Sorts may be recursive: `'a<a>` gives a the
// sort s = (s), so unification is union-find without an occurs check (Huet, 1976). Agents are not polymorphic.
// A communication of different lengths cannot happen, which is a deadlock more often than an intention: it is a
// warning. Names and data do not mix: a number that is used as a channel, and the reverse, is an error.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "frontend/diagnostic.hpp"
#include "frontend/pi/ast.hpp"

namespace tryst::pi {

enum class SortKind : std::uint8_t { name, integer, boolean };

// Warns where a name carries lists of different lengths (P0801); reports where names, numbers and Booleans are mixed
// (P0802), and free names that stand for data (P0803). Both places are shown.
void check_sorts(const Script&, Diagnostics&);
// The same for processes from outside the file that are asked about together. `true` when there was no error.
bool check_sorts(const Script&, std::span<const ProcId>, Diagnostics&);

// What the parameters of each input stand for: by ProcId, empty where all are names. Names that are free in several of
// the processes, which are not in the file's definitions, are the same.
std::vector<std::vector<SortKind>> kinds_received(const Script&, std::span<const ProcId> processes);

// What stands for what, in a process that is asked about alone.
struct Sorts {
  std::vector<std::vector<SortKind>> received;    // by ProcId of an input; empty where all are names
  std::vector<std::vector<SortKind>> parameters;  // by DefinitionId
  // What messages on each free name of the process carry; none: it is never used as a channel.
  std::map<Symbol, std::optional<std::vector<SortKind>>> free_names;
};
Sorts sorts_within(const Script&, ProcId);

// The sorts of the free names of a process, a line each: `a : (s1) where s1 = ()`.
std::string sorts_of(const Script&, ProcId);

}  // namespace tryst::pi
