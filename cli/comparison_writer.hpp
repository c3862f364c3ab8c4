// The report of `equiv`, to `--output`: for people the answer in a line and below a "no" its evidence, in concise format
// the answer alone, for programs one JSON object. With `--quiet` people read nothing of what holds.
#pragma once

#include <vector>

#include "cli/exit_status.hpp"
#include "cli/options.hpp"
#include "cli/report.hpp"
#include "cli/terminal.hpp"

namespace tryst::cli {

// The exit status is that of the answer.
ExitStatus write_comparison(const ComparisonReport&, const Options&, const Terminal&);

// Several relations: a table of the answers, then the evidence for each "no". At least one.
ExitStatus write_spectrum(const std::vector<ComparisonReport>&, const Options&, const Terminal&);

}  // namespace tryst::cli
