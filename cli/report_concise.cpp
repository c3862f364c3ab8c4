#include "cli/report_concise.hpp"

#include <fmt/format.h>

#include "cli/phrases.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

std::string concise_diagnostic(const Diagnostic& diagnostic, const SourceSet& sources) {
  std::string place = "tryst";
  if (diagnostic.span.known()) {
    const Location at = sources.locate(diagnostic.span.begin);
    place = fmt::format("{}:{}:{}", sources.name(at.file), at.line, at.column);
  }
  return printable(fmt::format("{}: {}: {} [{}]", place, diagnostic.severity == Severity::error ? "error" : "warning",
                               diagnostic.message, diagnostic.code)) +
         "\n";
}

std::string concise_assertion(const AssertionReport& assertion) {
  const Place& place = assertion.place;
  std::string line = place.known() ? fmt::format("{}:{}:{}", place.file, place.line, place.column) : place.file;
  line += fmt::format(": {}: {}", name(assertion.status), assertion.text);
  if (!assertion.counterexamples.empty()) {
    const Counterexample& first = assertion.counterexamples.front();
    line += fmt::format(": {}: {}", first.summary, trace_text(first.trace));
  }
  if (!assertion.reason.empty()) line += ": " + assertion.reason;
  return printable(line) + "\n";
}

}  // namespace tryst::cli
