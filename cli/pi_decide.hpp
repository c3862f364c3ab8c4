// Decides the assertions of a π-calculus file, and runs the commands that assert nothing.
//
// `eq`, `eqd`, `weq`, `weqd` and `deadlocks` are assertions as the Mobility Workbench means them: open bisimilarity,
// and a reachable state without transitions, a proper end included. `assert P deadlock free` accepts a proper end.
#pragma once

#include <vector>

#include "cli/assertions.hpp"
#include "cli/limits.hpp"
#include "cli/pi_script.hpp"
#include "cli/progress.hpp"

namespace tryst::cli {

// The assertions in the order of the file, with all that is known before they are decided.
std::vector<ListedAssertion> list_pi_assertions(const PiScript&);

class PiDecider {
 public:
  // All must outlive the decider.
  PiDecider(const PiScript&, const Options&, const RunLimits&, ProgressLine&);

  // Fills the report. A limit is part of it; only an InternalError escapes.
  void decide(AssertionReport&, const pi::Command&);

  // What `size`, `sort` and `step` print.
  std::vector<CommandOutput> outputs();

 private:
  void ask(AssertionReport&, const pi::Command&, Budget&);
  void check_equivalence(AssertionReport&, const pi::Command&, Budget&);
  void check_deadlock(AssertionReport&, const pi::Command&, Budget&);
  std::string output_of(const pi::Command&, Budget&);
  std::string steps_of(pi::ProcId, Budget&);

  const PiScript& script_;
  const Options& options_;
  const RunLimits& limits_;
  ProgressLine& progress_;
};

}  // namespace tryst::cli
