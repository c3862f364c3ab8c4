#include "cli/report_writer.hpp"

#include "cli/output.hpp"
#include "cli/report_concise.hpp"
#include "cli/report_github.hpp"
#include "cli/report_json.hpp"
#include "cli/report_junit.hpp"
#include "cli/report_sarif.hpp"

namespace tryst::cli {

namespace {

std::string document(Format format, const std::vector<FileReport>& files) {
  switch (format) {
    case Format::text:
    case Format::concise: break;
    case Format::json: return json_report(files);
    case Format::sarif: return sarif_report(files);
    case Format::junit: return junit_report(files);
    case Format::github: return github_report(files);
  }
  return "";
}

}  // namespace

std::string diagnostics_document(const FileReport& file, Format format) {
  return format == Format::json ? json_diagnostics(file) : document(format, {file});
}

ReportWriter::ReportWriter(const Options& options, const Terminal& terminal) : options_(options), terminal_(terminal) {}

void ReportWriter::put(const std::string& text) {
  if (options_.output.empty())
    print(text);
  else
    collected_ += text;
}

void ReportWriter::begin(FileReport file) {
  layout_ = text_layout(file.assertions, terminal_.width);
  layout_.color = terminal_.color_out;
  layout_.verbose = options_.verbose;
  const bool people = options_.format == Format::text || options_.format == Format::concise;
  if (options_.list && people) put(text_listing(file.assertions, layout_));
  if (options_.list) announced_.push_back(file);
  if (options_.format == Format::text && !options_.quiet)
    for (const CommandOutput& output : file.outputs) put(output.command + "\n" + output.text);
  file.assertions.clear();
  files_.push_back(std::move(file));
}

void ReportWriter::decided(const AssertionReport& assertion) {
  files_.back().assertions.push_back(assertion);
  if (options_.quiet && assertion.status == Status::holds) return;
  if (options_.format == Format::concise) put(concise_assertion(assertion));
  if (options_.format != Format::text) return;
  const std::string text = text_assertion(assertion, layout_);
  blank_ = text.ends_with("\n\n");
  put(text);
}

void ReportWriter::end() {
  if (options_.list) {
    if (options_.format == Format::json) put(json_listing(announced_));
  } else if (options_.format == Format::text) {
    if (!options_.quiet) put((blank_ ? "" : "\n") + text_summary(files_));
  } else {
    put(document(options_.format, files_));
  }
  if (!options_.output.empty()) write_result(options_.output, collected_);
}

}  // namespace tryst::cli
