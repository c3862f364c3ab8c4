// The tool's entry: parses the command line, runs the command, and turns what escapes into an exit status.
#include <fmt/format.h>

#include <cstdio>
#include <new>

#include "checker/ensure.hpp"
#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/interruption.hpp"
#include "cli/output.hpp"
#include "cli/usage.hpp"
#include "semantics/budget.hpp"

namespace tryst::cli {

namespace {

ExitStatus run_command(const Options& options) {
  const Terminal terminal = detect_terminal(options);
  switch (options.command) {
    case Command::none: break;
    case Command::certify: return certify_command(options, terminal);
    case Command::check: return check_command(options, terminal);
    case Command::emit: return emit_command(options, terminal);
    case Command::equiv: return equiv_command(options, terminal);
    case Command::evaluate: return evaluate_command(options, terminal);
    case Command::explain: return explain_command(options, terminal);
    case Command::format: return format_command(options, terminal);
    case Command::help: return help_command(options, terminal);
    case Command::lts: return lts_command(options, terminal);
    case Command::minimise: return minimise_command(options, terminal);
    case Command::refine: return refine_command(options, terminal);
    case Command::simulate: return simulate_command(options, terminal);
    case Command::typecheck: return typecheck_command(options, terminal);
  }
  print(short_help());
  return ExitStatus::holds;
}

ExitStatus run(std::vector<std::string> words) {
  const Options options = parse_arguments(std::move(words));
  if (options.version) {
    print(version_text());
    return ExitStatus::holds;
  }
  if (options.help) {
    print(help_of(options.command));
    return ExitStatus::holds;
  }
  const ExitStatus status = run_command(options);
  // Also where the last thing it did came to an end after Ctrl-C: an error deep in a recursion takes its time.
  return Budget::interrupted ? ExitStatus::interrupted : status;
}

ExitStatus complain(ExitStatus status, std::string_view what) {
  fmt::print(stderr, "error: {}\n", what);
  return status;
}

ExitStatus run_safely(std::vector<std::string> words) {
  try {
    return run(std::move(words));
  } catch (const UsageError& error) {
    return complain(ExitStatus::usage, error.what());
  } catch (const OutputError& error) {
    return complain(ExitStatus::usage, error.what());
  } catch (const LimitReached& limit) {
    fmt::print(stderr, "inconclusive: {}\n", limit.reason);
    return limit.interrupted ? ExitStatus::interrupted : ExitStatus::inconclusive;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "inconclusive: the memory is exhausted\n");
    return ExitStatus::inconclusive;
  } catch (const std::exception& error) {
    return complain(ExitStatus::internal, fmt::format("internal error: {}; please report it", error.what()));
  }
}

}  // namespace

}  // namespace tryst::cli

int main(int argc, char** argv) {
  tryst::cli::report_crashes();
  return static_cast<int>(tryst::cli::run_safely({argv + (argc > 0 ? 1 : 0), argv + argc}));
}
