#include "cli/script.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "cli/arguments.hpp"
#include "cli/output.hpp"
#include "cli/report_concise.hpp"
#include "frontend/csp/parser.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

csp::Script parse(const std::string& path, Script& into) {
  if (path != "-") {
    if (const std::string why = why_unreadable(path); !why.empty())
      throw UsageError(fmt::format("cannot read `{}`: {}", printable(path), why));
    if (path.ends_with(".aut"))
      throw UsageError(
          fmt::format("`{}` is a graph, and a script is wanted; `equiv`, `lts`, `minimise` and `simulate` "
                      "take graphs",
                      printable(path)));
    return csp::parse_file(path, into.sources, into.diagnostics);
  }
  FileId id{};
  if (!into.sources.add("<standard input>", read_input(path), id)) throw UsageError("standard input is too long");
  return csp::parse_text(id, ".", into.sources, into.diagnostics);
}

}  // namespace

std::unique_ptr<Script> load_script(const std::string& path, SourceSet& sources, Until until) {
  auto script = std::make_unique<Script>(Script{sources, Diagnostics(), {}});
  csp::Script tree = parse(path, *script);
  if (until == Until::parse || script->diagnostics.has_errors())
    script->typed.script = std::move(tree);
  else
    script->typed = csp::check_types(std::move(tree), script->sources, script->diagnostics,
                                     until == Until::resolve ? csp::Phase::resolve : csp::Phase::types);
  return script;
}

std::optional<csp::ExprId> add_expression(Script& script, const std::string& name, const std::string& text,
                                          Diagnostics& diagnostics) {
  FileId id{};
  if (!script.sources.add(name, text, id)) throw UsageError("the expression is too long");
  const auto expr = csp::parse_expression(id, script.typed.script, script.sources, diagnostics);
  if (!expr || diagnostics.has_errors()) return {};
  if (!csp::check_expression(*expr, script.typed, script.sources, diagnostics)) return {};
  return expr;
}

std::optional<csp::ExprId> add_process(Script& script, const std::string& name, const std::string& text,
                                       Diagnostics& diagnostics) {
  const auto expr = add_expression(script, name, text, diagnostics);
  if (!expr) return {};
  const csp::TypeId type = script.typed.expr_types[index(*expr)];
  if (csp::may_be_process(script.typed, type)) return expr;
  diagnostics.report({"P0502",
                      Severity::error,
                      fmt::format("a process is wanted, this is of type `{}`", csp::print(script.typed, type)),
                      script.typed.script.exprs[*expr].span,
                      "not a process",
                      {},
                      ""});
  return {};
}

Place place_of(Span span, const SourceSet& sources) {
  if (!span.known()) return {};
  const Location begin = sources.locate(span.begin);
  const Location end = sources.locate(span.end);
  return {std::string(sources.name(begin.file)), begin.line, begin.column, end.line, end.column};
}

ReportedDiagnostic reported(const Diagnostic& diagnostic, const SourceSet& sources) {
  ReportedDiagnostic out{std::string(diagnostic.code),
                         diagnostic.severity == Severity::warning,
                         diagnostic.message,
                         place_of(diagnostic.span, sources),
                         diagnostic.label,
                         {},
                         diagnostic.help,
                         render(diagnostic, sources)};
  for (const Note& note : diagnostic.notes) out.notes.push_back({note.text, place_of(note.span, sources)});
  return out;
}

std::vector<ReportedDiagnostic> reported(const Diagnostics& diagnostics, const SourceSet& sources) {
  std::vector<ReportedDiagnostic> out;
  for (const Diagnostic& diagnostic : diagnostics.all()) out.push_back(reported(diagnostic, sources));
  return out;
}

void print_diagnostic(const Diagnostic& diagnostic, const SourceSet& sources, const Options& options,
                      const Terminal& terminal) {
  const bool brief = options.format == Format::concise;
  const std::string text =
      brief ? concise_diagnostic(diagnostic, sources) : render(diagnostic, sources, terminal.color_err);
  std::fputs(text.c_str(), stderr);
}

void print_diagnostics(const Diagnostics& diagnostics, const SourceSet& sources, const Options& options,
                       const Terminal& terminal) {
  for (const Diagnostic& diagnostic : diagnostics.all()) print_diagnostic(diagnostic, sources, options, terminal);
  if (diagnostics.suppressed() > 0) fmt::print(stderr, "{} more are not shown\n", diagnostics.suppressed());
}

}  // namespace tryst::cli
