// A counterexample as a table: a row a step, a column a component, and below them where everybody stands.
//
//   step  event      SENDER        CHANNEL
//      1  in.0       in.0 L12      .
//                    STUCK L14     STUCK L20
//   wanted:          ack.0         send.0,send.1
//
// Where the table is wider than `width`, components that take no part in any step are left out and named below; where
// it still is, each step is a line that lists who takes part.
#pragma once

#include <cstddef>
#include <string>

#include "cli/report.hpp"

namespace tryst::cli {

std::string step_table(const Counterexample&, std::size_t width);

}  // namespace tryst::cli
