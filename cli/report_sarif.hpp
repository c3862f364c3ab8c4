// SARIF 2.1.0 (OASIS): results with their places, and a counterexample as a code flow with a thread for each component.
#pragma once

#include <string>
#include <vector>

#include "cli/report.hpp"

namespace tryst::cli {

std::string sarif_report(const std::vector<FileReport>&);

}  // namespace tryst::cli
