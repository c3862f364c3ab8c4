#include "frontend/csp/parser.hpp"

#include <filesystem>

#include "frontend/csp/grammar/entry.hpp"
#include "frontend/csp/lexer.hpp"

namespace tryst::csp {

Script parse_file(const std::string& path, SourceSet& sources, Diagnostics& diagnostics) {
  std::string text, why;
  FileId file{};
  if (!read_file(path, text, why))
    diagnostics.report({"P0101", Severity::error, "cannot read `" + path + "`: " + why, {}, {}, {}, {}});
  else if (!sources.add(path, std::move(text), file))
    diagnostics.report({"P0109", Severity::error, "the files of this run are too large together", {}, {}, {}, {}});
  else
    return parse_text(file, std::filesystem::path(path).parent_path().string(), sources, diagnostics);
  return {};
}

Script parse_text(FileId file, const std::string& directory, SourceSet& sources, Diagnostics& diagnostics) {
  Script script;
  TokenStream stream = lex(file, directory, sources, script.symbols, diagnostics);
  script.comments = std::move(stream.comments);
  script.includes = std::move(stream.includes);
  grammar::ParseState state(stream.tokens, script, sources, diagnostics);
  grammar::parse_declarations(state);
  return script;
}

std::optional<ExprId> parse_expression(FileId file, Script& script, SourceSet& sources, Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  const TokenStream stream = lex(file, {}, sources, script.symbols, diagnostics);
  if (diagnostics.error_count() > errors) return std::nullopt;
  grammar::ParseState state(stream.tokens, script, sources, diagnostics);
  return grammar::parse_single_expression(state);
}

}  // namespace tryst::csp
