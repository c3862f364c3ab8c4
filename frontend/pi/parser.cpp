#include "frontend/pi/parser.hpp"

#include "frontend/pi/grammar/parse_state.hpp"
#include "frontend/pi/token.hpp"

namespace tryst::pi {

Script parse_text(FileId file, const SourceSet& sources, Diagnostics& diagnostics) {
  Script script;
  const std::vector<Token> tokens = lex(file, sources, script, diagnostics);
  grammar::ParseState state(tokens, script, sources, diagnostics);
  grammar::parse_items(state);
  return script;
}

ProcId parse_process(FileId file, Script& script, const SourceSet& sources, Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  const std::vector<Token> tokens = lex(file, sources, script, diagnostics);
  if (diagnostics.error_count() > errors) return no_id<ProcId>;
  grammar::ParseState state(tokens, script, sources, diagnostics);
  return grammar::parse_single_process(state);
}

}  // namespace tryst::pi
