// One line for each thing to say, in the form `file:line:column: kind: text` that editors understand.
#pragma once

#include <string>

#include "cli/report.hpp"
#include "frontend/diagnostic.hpp"

namespace tryst::cli {

// `abp.csp:38:11: error: `SENDR` is not defined [P0203]`
std::string concise_diagnostic(const Diagnostic&, const SourceSet&);

// `abp.csp:42:1: fails: SYSTEM :[deadlock free [F]]: deadlock after 3 events: <in.0, send.0, lose.0>`
std::string concise_assertion(const AssertionReport&);

}  // namespace tryst::cli
