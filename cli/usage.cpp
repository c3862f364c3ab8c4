#include "cli/usage.hpp"

#include <fmt/format.h>

#include "cli/option_table.hpp"
#include "cli/version.hpp"

namespace tryst::cli {

namespace {

constexpr std::size_t column = 26;
constexpr std::size_t width = 100;

// "  left      right, wrapped below itself"
std::string entry(std::string_view left, std::string_view right) {
  std::string out = fmt::format("  {:<{}}", left, column - 2);
  if (left.size() + 3 > column) out += fmt::format("\n{:{}}", "", column);
  std::size_t at = column;
  while (!right.empty()) {
    const std::size_t end = std::min(right.find(' '), right.size());
    if (at + end > width) {
      out.pop_back();
      out += fmt::format("\n{:{}}", "", column);
      at = column;
    }
    out += fmt::format("{} ", right.substr(0, end));
    at += end + 1;
    right.remove_prefix(std::min(end + 1, right.size()));
  }
  out.back() = '\n';
  return out;
}

std::string entry(const OptionRow& row) {
  const std::string left = fmt::format("{}--{}{}{}", row.short_name == 0 ? "" : fmt::format("-{}, ", row.short_name),
                                       row.name, row.value.empty() ? "" : " ", row.value);
  std::string right(row.help);
  if (!row.choices.empty()) right += fmt::format("; one of {}", fmt::join(row.choices, " "));
  return entry(left, right);
}

constexpr std::string_view exit_statuses =
    "exit status: 0 all hold, 2 usage, 3 the script is wrong, 10 something fails, 20 inconclusive, 70 internal error,\n"
    "             130 interrupted\n";

}  // namespace

std::string short_help() {
  std::string out =
      "tryst: models and model checking in CSP and the pi-calculus\n\n"
      "  tryst check model.csp                  decide every assertion of a script\n"
      "  tryst check --assert 0 model.csp       only the first\n"
      "  tryst simulate model.csp:SYSTEM        step through a process\n"
      "  tryst equiv model.csp:P graph.aut      compare two transition systems\n"
      "  tryst explain P0203                    what a diagnostic means\n\n"
      "commands:\n";
  for (const CommandRow& row : commands()) out += entry(fmt::format("{} {}", row.name, row.arguments), row.summary);
  out += "\n`tryst help COMMAND` lists the options of a command.\n\n";
  out += exit_statuses;
  return out;
}

std::string help_of(Command command) {
  if (command == Command::none || command == Command::help) return short_help();
  const CommandRow& row = row_of(command);
  std::string out = fmt::format("usage: tryst {} {} [OPTIONS]\n\n{}\n", row.name, row.arguments, row.summary);
  if (!row.details.empty()) out += fmt::format("\n{}", row.details);
  std::string own, common;
  for (const OptionRow& option : options())
    if (option.commands & bit(command)) (option.commands == every_command ? common : own) += entry(option);
  if (!own.empty()) out += fmt::format("\noptions:\n{}", own);
  out += fmt::format("\noptions of every command:\n{}\n{}", common, exit_statuses);
  return out;
}

std::string version_text() { return fmt::format("tryst {}\n", version); }

}  // namespace tryst::cli
