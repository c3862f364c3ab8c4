// What the tool writes to: whether it understands colours, and how wide it is.
//
// Colours: `--color always|never` decides; else NO_COLOR (not empty) and TERM=dumb forbid, FORCE_COLOR and
// CLICOLOR_FORCE (not empty, not 0) ask for them, and otherwise a terminal gets them.
#pragma once

#include <cstddef>

#include "cli/options.hpp"

namespace tryst::cli {

struct Terminal {
  bool color_out = false;
  bool color_err = false;
  bool interactive_err = false;  // standard error is a terminal: progress may be redrawn in place
  std::size_t width = 120;       // columns for tables; COLUMNS, the terminal's own, or 120 where there is none
};

Terminal detect_terminal(const Options&);

}  // namespace tryst::cli
