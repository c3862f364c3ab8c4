#include <fmt/format.h>

#include "checker/ensure.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/script.hpp"
#include "frontend/csp/parser.hpp"
#include "frontend/csp/printer.hpp"

namespace tryst::cli {

namespace {

bool reads_back(const csp::Script& script, const std::string& printed) {
  SourceSet sources;
  Diagnostics diagnostics;
  FileId id{};
  if (!sources.add("<printed>", printed, id)) return false;
  const csp::Script again = csp::parse_text(id, ".", sources, diagnostics);
  return !diagnostics.has_errors() && csp::same_tree(script, again);
}

}  // namespace

ExitStatus format_command(const Options& options, const Terminal& terminal) {
  SourceSet sources;
  const auto script = load_script(options.arguments.front(), sources, Until::parse);
  print_diagnostics(script->diagnostics, sources, options, terminal);
  if (!script->usable()) return ExitStatus::specification;
  const std::string printed = csp::print(script->typed.script);
  if (!options.check_roundtrip) {
    write_result(options.output, printed);
    return ExitStatus::holds;
  }
  ensure(reads_back(script->typed.script, printed), "the printed script does not read back as the same");
  return ExitStatus::holds;
}

}  // namespace tryst::cli
