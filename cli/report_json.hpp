// The reports for programs: one JSON object a file (in an array when there are several), as the command line's contract
// has it. Additive changes only; `schema_version` changes with any other.
#pragma once

#include <string>
#include <vector>

#include "cli/report.hpp"

namespace tryst::cli {

// `check` and `refine`; an array exactly when there are several files.
std::string json_report(const std::vector<FileReport>&);

// `check --list`: the same objects as far as they are known before anything is decided.
std::string json_listing(const std::vector<FileReport>&);

// `equiv`: {"equivalent", "relation", "evidence"}; with `--preorder`, "equivalent" means included, and "preorder" is true.
std::string json_comparison(const ComparisonReport&);
// `equiv --spectrum`: {"relations": [...]} of the same; "equivalent" is null where a limit came first, with a "reason".
std::string json_spectrum(const std::vector<ComparisonReport>&);

// `typecheck`, and any command stopped by the front end.
std::string json_diagnostics(const FileReport&);

// The bisimulation of two equivalent processes of the π-calculus, as a document of its own.
std::string json_bisimulation(const ComparisonReport&);

}  // namespace tryst::cli
