// The report for people: one line an assertion, in columns, and below a failure what happened step by step.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/report.hpp"

namespace tryst::cli {

// The columns of one file's assertions, fixed before the first is decided so that lines can be printed as they come.
struct TextLayout {
  std::size_t place_width = 0;
  std::size_t text_width = 0;
  std::size_t terminal_width = 120;
  bool color = false;
  bool verbose = false;
};

TextLayout text_layout(const std::vector<AssertionReport>& undecided, std::size_t terminal_width);

std::string text_assertion(const AssertionReport&, const TextLayout&);
// What happened, step by step.
std::string text_counterexample(const Counterexample&, std::size_t width);

std::string text_listing(const std::vector<AssertionReport>&, const TextLayout&);

// `1 of 2 assertions failed`
std::string text_summary(const std::vector<FileReport>&);

}  // namespace tryst::cli
