#include <fmt/format.h>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/option_table.hpp"
#include "cli/output.hpp"
#include "cli/usage.hpp"
#include "frontend/diagnostic.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

ExitStatus help_command(const Options& options, const Terminal&) {
  if (options.arguments.empty()) {
    print(short_help());
    return ExitStatus::holds;
  }
  const std::string& wanted = options.arguments.front();
  const CommandRow* row = find_command(wanted);
  if (row == nullptr) {
    std::vector<std::string_view> known;
    for (const CommandRow& each : commands()) known.push_back(each.name);
    const std::string_view near = did_you_mean(wanted, known);
    throw UsageError(fmt::format("`{}` is not a command{}", printable(wanted),
                                 near.empty() ? "" : fmt::format("; did you mean `{}`?", near)));
  }
  print(help_of(row->command));
  return ExitStatus::holds;
}

}  // namespace tryst::cli
