// Evidence → what a protocol designer reads: the trace, who did what in each step, and sentences that say what is
// wrong.
#pragma once

#include <string>
#include <vector>

#include "checker/question.hpp"
#include "cli/replay.hpp"
#include "cli/report.hpp"
#include "frontend/source.hpp"

namespace tryst::cli {

// `trace_wanted` is that of `has trace`, else empty.
Counterexample describe(const Evidence&, const Replayed&, const EventNames&, const SourceSet&, Property,
                        const std::vector<EventId>& trace_wanted);

}  // namespace tryst::cli
