// Workflow commands of GitHub Actions: each failure, limit and mistake becomes an annotation beside its line.
#pragma once

#include <string>
#include <vector>

#include "cli/report.hpp"

namespace tryst::cli {

std::string github_report(const std::vector<FileReport>&);

}  // namespace tryst::cli
