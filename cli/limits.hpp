// The limits of a run and of the questions it asks: `--timeout` is for each question, `--timeout-total` for all
// together.
#pragma once

#include <chrono>
#include <string>

#include "cli/options.hpp"
#include "semantics/budget.hpp"

namespace tryst::cli {

class RunLimits {
 public:
  explicit RunLimits(const Options&);  // the clock of the whole run starts here

  Limits next() const;     // of a question that starts now
  bool exhausted() const;  // the time of the whole run is up
  // What the user reads: a question stopped by the run's limit says so.
  std::string reason(const LimitReached&) const;

 private:
  double seconds_left() const;

  Limits each_;
  double seconds_total_max_;
  std::chrono::steady_clock::time_point start_;
};

// How many threads a question may use: what `--threads` says, or one for each core.
unsigned thread_count(const Options&);

}  // namespace tryst::cli
