// The syntax tree of a π-calculus file: index-based, as written (parentheses kept), every node with its span.
//
//   procs, lists   processes and their operands          names   lists of names with the places where they stand
//   summands       sums of numbers, which stand in place of names
//   items          definitions and commands in the order of the file
// Names are not resolved in the tree; resolver.hpp says what is wrong with them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "frontend/arena.hpp"
#include "frontend/csp/ast.hpp"
#include "frontend/source.hpp"

namespace tryst::pi {

using csp::Symbol;
using csp::Symbols;

inline constexpr std::size_t nesting_max = 200;  // brackets inside one another
inline constexpr std::size_t depth_max = 1000;   // nodes of a process on one path

enum class ProcId : std::uint32_t {};
enum class DefinitionId : std::uint32_t {};
enum class CommandId : std::uint32_t {};

// A name or a number, added or subtracted.
struct Summand {
  Symbol symbol{no_id<Symbol>};  // of a name
  std::int64_t number = 0;       // where it is none
  bool negative = false;
  Span span{};
};

// A name; or, where something is sent, passed on or compared, a sum.
struct NameUse {
  Symbol symbol{no_id<Symbol>};
  Span span{};
  Range<Summand> sum{};  // not empty: the sum, and no name
};

// `true` and `false` are Booleans where no binder gives them another meaning.
constexpr bool is_truth_value(std::string_view name) { return name == "true" || name == "false"; }

inline constexpr std::int64_t number_max = 1'000'000'000;  // written in a file; so is its negative

// The comment gives the names and the operands, in order.
enum class ProcKind : std::uint8_t {
  nil,
  tau,       // one operand
  input,     // subject, parameters*; one operand
  output,    // subject, objects*; one operand
  match,     // two names; one operand
  mismatch,  // likewise
  less,      // likewise, as all comparisons of numbers
  at_most,
  greater,
  at_least,
  restriction,  // names+; one operand
  replication,  // one operand
  parallel,     // two or more operands
  sum,          // likewise
  call,         // agent, arguments*
  paren,        // one operand
};

struct Proc {
  ProcKind kind = ProcKind::nil;
  Span span{};
  Range<NameUse> names{};
  Range<ProcId> operands{};
};

// `agent P(a,b) = body`.
struct Definition {
  Span span{};
  NameUse agent{};
  Range<NameUse> parameters{};
  ProcId body{};
};

enum class CommandKind : std::uint8_t {
  equivalent,     // `assert P ~ Q ...`, `eq`, `eqd`, `weq`, `weqd`: two operands
  deadlock_free,  // `assert P deadlock free`, `deadlocks P`: one operand
  size,           // one operand, as all that follow
  sort,
  step,
};

enum class Style : std::uint8_t { ground, early, late, open };

struct Command {
  CommandKind kind = CommandKind::equivalent;
  Span span{};
  bool is_assertion = false;  // `assert`; otherwise a command of the Mobility Workbench
  bool negated = false;
  bool weak = false;
  Style style = Style::early;
  bool has_distinction = false;  // `distinct`, `eqd`, `weqd`
  Range<NameUse> distinct{};
  ProcId left{};
  ProcId right{no_id<ProcId>};  // equivalent only
};

struct Item {
  bool is_command = false;
  std::uint32_t index = 0;  // of the definition or command
};

struct Script {
  Symbols symbols{};
  Arena<ProcId, Proc> procs{};
  Pool<NameUse> names{};
  Pool<Summand> summands{};
  Pool<ProcId> lists{};
  Arena<DefinitionId, Definition> definitions{};
  Arena<CommandId, Command> commands{};
  std::vector<Item> items{};
  std::vector<Span> comments{};
  bool mentions_data = false;  // numbers, Booleans or comparisons of numbers stand somewhere

  std::string_view text(const NameUse& n) const { return symbols.text(n.symbol); }
  std::span<const NameUse> names_of(ProcId p) const { return names[procs[p].names]; }
  std::span<const ProcId> operands_of(ProcId p) const { return lists[procs[p].operands]; }
  ProcId operand(ProcId p, std::size_t i = 0) const { return lists[procs[p].operands][i]; }
};

}  // namespace tryst::pi
