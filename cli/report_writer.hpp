// Hands what a run finds out to the report that `--format` asks for: lines as they come for people, one document at the
// end for programs.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/report.hpp"
#include "cli/report_text.hpp"
#include "cli/terminal.hpp"

namespace tryst::cli {

// The document of a front-end command in the formats for programs; empty for people, who read standard error.
std::string diagnostics_document(const FileReport&, Format);

class ReportWriter {
 public:
  ReportWriter(const Options&, const Terminal&);

  // A file whose assertions follow: those of the report, in its order, not yet decided.
  void begin(FileReport);
  void decided(const AssertionReport&);
  void end();

 private:
  void put(const std::string& text);

  const Options& options_;
  const Terminal& terminal_;
  TextLayout layout_;
  std::vector<FileReport> files_;
  std::vector<FileReport> announced_;  // as begin() got them, for `--list`
  std::string collected_;              // with --output: what is written at the end
  bool blank_ = true;                  // the text so far ends in an empty line
};

}  // namespace tryst::cli
