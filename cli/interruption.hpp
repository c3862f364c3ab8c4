// Signals: Ctrl-C stops the question that is being decided so that what is known can be printed, a second one ends the
// process at once; a crash of ours ends with exit status 70 and a line that says so.
#pragma once

namespace tryst::cli {

// From now on the first SIGINT sets Budget::interrupted; the second has its usual effect, for what does not poll.
void catch_interruptions();

// From now on a failed assertion, a segmentation fault and their like end with status 70.
void report_crashes();

}  // namespace tryst::cli
