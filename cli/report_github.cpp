#include "cli/report_github.hpp"

#include <fmt/format.h>

#include "cli/step_table.hpp"

namespace tryst::cli {

namespace {

constexpr std::size_t table_width = 100;

// The escapes of the workflow commands; a property may not hold `:` and `,` either.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += property ? "%3A" : ":"; break;
      case ',': out += property ? "%2C" : ","; break;
      default: out += c;
    }
  return out;
}

std::string annotation(std::string_view level, const Place& place, std::string_view title, std::string_view message) {
  const std::string where = place.known() ? fmt::format("file={},line={},col={},endLine={},", escaped(place.file, true),
                                                        place.line, place.column, place.end_line)
                                          : "";
  return fmt::format("::{} {}title={}::{}\n", level, where, escaped(title, true), escaped(message, false));
}

std::string annotation(const ReportedDiagnostic& diagnostic) {
  return annotation(diagnostic.warning ? "warning" : "error", diagnostic.place, diagnostic.code,
                    diagnostic.message + (diagnostic.help.empty() ? "" : "\n" + diagnostic.help));
}

std::string annotation(const AssertionReport& assertion) {
  switch (assertion.status) {
    case Status::holds: return "";
    case Status::inconclusive:
      return annotation("warning", assertion.place, assertion.text, "inconclusive: " + assertion.reason);
    case Status::error:
      return assertion.error ? annotation(*assertion.error)
                             : annotation("error", assertion.place, assertion.text, assertion.reason);
    case Status::fails: break;
  }
  std::string message = "the assertion fails";
  for (const Counterexample& example : assertion.counterexamples) {
    message = example.summary + "\n";
    for (const std::string& sentence : example.explanation) message += sentence + "\n";
    message += step_table(example, table_width);
    break;
  }
  return annotation("error", assertion.place, assertion.text, message);
}

}  // namespace

std::string github_report(const std::vector<FileReport>& files) {
  std::string out;
  for (const FileReport& file : files) {
    for (const ReportedDiagnostic& diagnostic : file.diagnostics) out += annotation(diagnostic);
    for (const AssertionReport& assertion : file.assertions) out += annotation(assertion);
  }
  return out;
}

}  // namespace tryst::cli
