// What a long question is doing, on standard error: a line redrawn in place on a terminal, a line every few seconds
// with
// `--progress plain`, nothing otherwise.
#pragma once

#include <string>

#include "cli/options.hpp"
#include "cli/terminal.hpp"
#include "semantics/budget.hpp"

namespace tryst::cli {

class ProgressLine {
 public:
  ProgressLine(const Options&, const Terminal&);
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Shows the progress of this question until the budget ends; this object must outlive it.
  void watch(Budget&, std::string what);
  void clear();

 private:
  void show(const Progress&);

  bool redraw_;
  bool plain_;
  bool drawn_ = false;
  double next_line_ = 0;  // seconds of the question at which the next plain line is due
  std::size_t width_;
  std::string what_;
};

}  // namespace tryst::cli
