#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/report_writer.hpp"
#include "cli/script.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

ExitStatus typecheck_command(const Options& options, const Terminal& terminal) {
  SourceSet sources;
  const auto script = load_script(options.arguments.front(), sources, options.until);
  print_diagnostics(script->diagnostics, sources, options, terminal);
  const FileReport file{options.arguments.front(), {}, reported(script->diagnostics, sources)};
  const std::string document = diagnostics_document(file, options.format);
  if (!document.empty()) write_result(options.output, document);
  const bool wrong = !script->usable() || (options.deny_warnings && script->diagnostics.has_warnings());
  return wrong ? ExitStatus::specification : ExitStatus::holds;
}

}  // namespace tryst::cli
