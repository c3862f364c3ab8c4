// What a script asserts, decided before a program is made from it.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/report.hpp"
#include "cli/terminal.hpp"
#include "runtime/emitter/emission.hpp"

namespace tryst::cli {

struct Claims {
  std::vector<emitter::Claim> list;
  ExitStatus worst = ExitStatus::holds;

  bool verified() const { return worst == ExitStatus::holds; }
  // Whether a program may be made: all hold, or `--unverified` is given and none is wrong. Where that would help, it is
  // said on stderr.
  bool permit(const Options&) const;
};

// Decides the chosen assertions of the file, of either language, and reports them as `check` does.
Claims decide_claims(const std::string& path, const Options&, const Terminal&);

}  // namespace tryst::cli
