#include <fmt/format.h>

#include <filesystem>

#include "checker/ensure.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/pi_script.hpp"
#include "cli/script.hpp"
#include "frontend/csp/parser.hpp"
#include "frontend/csp/printer.hpp"
#include "frontend/pi/printer.hpp"

namespace tryst::cli {

namespace {

// Whether a text means the same script; its includes are looked up beside the file that it was made from.
bool reads_back(const csp::Script& script, const std::string& text, const std::string& path) {
  SourceSet sources;
  Diagnostics diagnostics;
  FileId id{};
  if (!sources.add("<printed>", text, id)) return false;
  const std::string directory = std::filesystem::path(path).parent_path().string();
  const csp::Script again = csp::parse_text(id, directory.empty() ? "." : directory, sources, diagnostics);
  return !diagnostics.has_errors() && csp::same_tree(script, again);
}

ExitStatus format_pi(const std::string& path, const Options& options, const Terminal& terminal) {
  SourceSet sources;
  const auto script = load_pi_script(path, sources, Until::parse);
  print_diagnostics(script->diagnostics, sources, options, terminal);
  if (!script->usable()) return ExitStatus::specification;
  const std::string text = pi::format(script->tree, sources);
  FileId id{};
  Diagnostics diagnostics;
  const bool same = sources.add("<printed>", text, id) &&
                    pi::same_tree(script->tree, pi::parse_text(id, sources, diagnostics)) && !diagnostics.has_errors();
  ensure(same, "the formatted script does not read back as the same");
  if (!options.check_roundtrip) write_result(options.output, text);
  return ExitStatus::holds;
}

}  // namespace

ExitStatus format_command(const Options& options, const Terminal& terminal) {
  const std::string& path = options.arguments.front();
  if (is_pi_file(path)) return format_pi(path, options, terminal);
  SourceSet sources;
  const auto script = load_script(path, sources, Until::parse);
  print_diagnostics(script->diagnostics, sources, options, terminal);
  if (!script->usable()) return ExitStatus::specification;
  const csp::Script& tree = script->typed.script;
  if (options.check_roundtrip) {
    ensure(reads_back(tree, csp::print(tree), path), "the printed script does not read back as the same");
    return ExitStatus::holds;
  }
  const std::string text = csp::format(tree, sources, FileId{0});
  ensure(reads_back(tree, text, path), "the formatted script does not read back as the same");
  write_result(options.output, text);
  return ExitStatus::holds;
}

}  // namespace tryst::cli
