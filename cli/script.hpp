// A CSPM script as a command needs it: read with its includes, resolved and typed, with everything that was wrong.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/report.hpp"
#include "cli/terminal.hpp"
#include "frontend/csp/typing.hpp"

namespace tryst::cli {

struct Script {
  SourceSet& sources;  // of the run; scripts that are compared share one
  Diagnostics diagnostics;
  csp::Typed typed;  // complete only if `usable()`

  bool usable() const { return !diagnostics.has_errors(); }
};

// `path` may be `-`, standard input. A file that cannot be read is a UsageError; whatever is wrong inside is in the
// diagnostics. On the heap, because evaluators point into it.
std::unique_ptr<Script> load_script(const std::string& path, SourceSet&, Until until = Until::types);

// Parses and types one more expression, written on the command line, in the script's scope; none when it is wrong
// (reported). `name` is what diagnostics call the text.
std::optional<csp::ExprId> add_expression(Script&, const std::string& name, const std::string& text, Diagnostics&);

// The same, where only a process will do: anything else is P0502.
std::optional<csp::ExprId> add_process(Script&, const std::string& name, const std::string& text, Diagnostics&);

Place place_of(Span, const SourceSet&);
ReportedDiagnostic reported(const Diagnostic&, const SourceSet&);
std::vector<ReportedDiagnostic> reported(const Diagnostics&, const SourceSet&);

// Writes the diagnostics to standard error as `--format` asks, with how many more there were.
void print_diagnostics(const Diagnostics&, const SourceSet&, const Options&, const Terminal&);
void print_diagnostic(const Diagnostic&, const SourceSet&, const Options&, const Terminal&);

}  // namespace tryst::cli
