#include "cli/report_junit.hpp"

#include <fmt/format.h>

#include "cli/phrases.hpp"
#include "cli/step_table.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

constexpr std::size_t table_width = 120;

// Text for an attribute or an element; line ends are kept, other control characters are not allowed in XML at all.
std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    for (const char c : printable(text.substr(0, end))) switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
      }
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string case_body(const AssertionReport& assertion) {
  switch (assertion.status) {
    case Status::holds: return "";
    case Status::inconclusive: return fmt::format("    <skipped message=\"{}\"/>\n", escaped(assertion.reason));
    case Status::error:
      return fmt::format("    <error message=\"{}\" type=\"{}\">{}</error>\n", escaped(assertion.reason),
                         assertion.error ? assertion.error->code : "error",
                         assertion.error ? escaped(assertion.error->rendered) : "");
    case Status::fails: break;
  }
  std::string text;
  for (const Counterexample& example : assertion.counterexamples) {
    text += example.summary + "\n";
    for (const std::string& sentence : example.explanation) text += sentence + "\n";
    text += step_table(example, table_width);
  }
  const bool known = !assertion.counterexamples.empty();
  return fmt::format("    <failure message=\"{}\" type=\"{}\">{}</failure>\n",
                     escaped(known ? assertion.counterexamples.front().summary : assertion.text),
                     known ? assertion.counterexamples.front().kind : "holds", escaped(text));
}

std::string case_text(const AssertionReport& assertion) {
  const std::string body = case_body(assertion);
  return fmt::format("  <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{}\" time=\"{:.3f}\"{}\n",
                     escaped(assertion.text), escaped(assertion.place.file), escaped(assertion.place.file),
                     assertion.place.line, assertion.seconds,
                     body.empty() ? "/>" : fmt::format(">\n{}  </testcase>", body));
}

std::string suite_text(const FileReport& file) {
  std::size_t counts[4] = {};
  double seconds = 0;
  std::string cases;
  for (const AssertionReport& assertion : file.assertions) {
    ++counts[static_cast<std::size_t>(assertion.status)];
    seconds += assertion.seconds;
    cases += case_text(assertion);
  }
  std::size_t errors = counts[static_cast<std::size_t>(Status::error)];
  std::size_t tests = file.assertions.size();
  // A script that cannot be read has no assertions: its mistakes are test cases that went wrong.
  for (const ReportedDiagnostic& diagnostic : file.diagnostics) {
    if (diagnostic.warning) continue;
    ++errors;
    ++tests;
    cases += fmt::format(
        "  <testcase name=\"{}\" classname=\"{}\">\n    <error message=\"{}\" type=\"{}\">{}</error>\n  </testcase>\n",
        diagnostic.code, escaped(file.file), escaped(diagnostic.message), diagnostic.code,
        escaped(diagnostic.rendered));
  }
  return fmt::format(
      " <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\">\n{} "
      "</testsuite>\n",
      escaped(file.file), tests, counts[static_cast<std::size_t>(Status::fails)], errors,
      counts[static_cast<std::size_t>(Status::inconclusive)], seconds, cases);
}

}  // namespace

std::string junit_report(const std::vector<FileReport>& files) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const FileReport& file : files) out += suite_text(file);
  return out + "</testsuites>\n";
}

}  // namespace tryst::cli
