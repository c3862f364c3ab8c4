// JUnit XML, which CI servers show as test results: a suite a file, a test case an assertion.
#pragma once

#include <string>
#include <vector>

#include "cli/report.hpp"

namespace tryst::cli {

std::string junit_report(const std::vector<FileReport>&);

}  // namespace tryst::cli
