// Reads a file of relabelling rules, one a line:
//
//   -- the sender's names, in both systems
//   send -> transmit
//   ack.0 -> tau
//   right:
//   out -> recv
//
// `old -> new` (semantics/relabelling.hpp); `tau` as a new label hides. After a line `left:` or `right:` the rules are
// for that system only, after `both:` for both again. A line that begins with `--` is a comment.
#pragma once

#include "frontend/diagnostic.hpp"
#include "frontend/source.hpp"
#include "semantics/relabelling.hpp"

namespace tryst {

// Adds the rules. P0651: a line is no rule; P0652: a second rule for one label; P0653: τ or ✓ as an old label, or ✓ as
// a new one.
void read_relabelling(const SourceSet&, FileId, Diagnostics&, Relabelling& left, Relabelling& right);

}  // namespace tryst
