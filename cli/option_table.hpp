// The commands and options of the tool, as data: the parser of the command line, the help texts, the suggestions for
// misspelt words and the shell completions are all generated from these two tables.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "cli/options.hpp"

namespace tryst::cli {

struct CommandRow {
  Command command;
  std::string_view name;
  std::string_view arguments;  // as the help shows them: "FILE SPEC IMPL"
  std::size_t arguments_min;
  std::size_t arguments_max;
  std::string_view summary;  // one line
  std::string_view details;  // a paragraph for the command's own help, and examples; may be empty
};

// A size in bytes with an optional unit.
struct SizeField {
  std::uint64_t Options::*field;
};

// A number that may be as much; 0, which is none in Options, is refused.
struct LimitField {
  std::uint64_t Options::*field;
};

// Which field of Options an option sets; flags set a bool, a choice stores its index.
using Target =
    std::variant<bool Options::*, std::string Options::*, double Options::*, std::uint64_t Options::*, SizeField,
                 LimitField, Format Options::*, Color Options::*, ProgressStyle Options::*, Until Options::*,
                 LtsFormat Options::*, LabelStyle Options::*, RefinementModel Options::*, EngineChoice Options::*,
                 ProofChoice Options::*, ComposeChoice Options::*, PiSemantics Options::*>;

struct OptionRow {
  std::string_view name;   // without the dashes
  char short_name;         // 0: none
  std::string_view value;  // "SECONDS"; empty for a flag
  std::uint32_t commands;  // bit of each command that reads it
  Target target;
  std::string_view help;
  std::span<const std::string_view> choices = {};

  bool flag() const { return std::holds_alternative<bool Options::*>(target); }
};

constexpr std::uint32_t bit(Command c) { return std::uint32_t{1} << static_cast<unsigned>(c); }
inline constexpr std::uint32_t every_command = 0xffffffff;

std::span<const CommandRow> commands();
std::span<const OptionRow> options();
const CommandRow* find_command(std::string_view name);
const CommandRow& row_of(Command);

// Stores `text` in the field of the row; the answer is what is wrong with it, or nothing.
std::optional<std::string> assign(Options&, const OptionRow&, const std::string& text);

}  // namespace tryst::cli
