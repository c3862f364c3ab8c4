// The exit status of the tool. Scripts rely on it; 1 is never used, so that a loader's or a shell's own failure cannot
// be mistaken for an answer.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace tryst::cli {

enum class ExitStatus : std::uint8_t {
  holds = 0,          // all hold, or equivalent, or nothing was asked
  usage = 2,          // the command line is wrong, or names a file that cannot be read or written
  specification = 3,  // the script is wrong: lexical, syntax, scope, type, evaluation, unsupported
  fails = 10,         // an assertion fails, or not equivalent
  inconclusive = 20,  // a limit of time, memory or states was reached first
  internal = 70,      // our own mistake
  interrupted = 130,  // Ctrl-C
};

// The status of a run that had both outcomes: 130 > 70 > 2 > 3 > 10 > 20 > 0.
constexpr ExitStatus worse(ExitStatus a, ExitStatus b) {
  for (const ExitStatus s : {ExitStatus::interrupted, ExitStatus::internal, ExitStatus::usage,
                             ExitStatus::specification, ExitStatus::fails, ExitStatus::inconclusive})
    if (a == s || b == s) return s;
  return ExitStatus::holds;
}

}  // namespace tryst::cli
