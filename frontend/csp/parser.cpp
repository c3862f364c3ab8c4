#include "frontend/csp/parser.hpp"

#include <filesystem>

#include "frontend/csp/grammar/entry.hpp"
#include "frontend/csp/lexer.hpp"

namespace tryst::csp {

Script parse_file(const std::string& path, SourceSet& sources, Diagnostics& diagnostics) {
  FileId file{};
  if (read_source(path, {}, sources, file, diagnostics))
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
