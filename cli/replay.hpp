// Evidence of the checker, performed once more on the operational rules: nothing is printed that the rules do not
// allow.
//
// A fresh reference system walks the path; a step it cannot perform, or an end that is not what the evidence claims, is
// our bug and an InternalError. On the way it notes which component did what, for the report. Knows the reference
// engine only.
#pragma once

#include <string>
#include <vector>

#include "checker/verdict.hpp"
#include "semantics/csp/reference_system.hpp"

namespace tryst::cli {

struct ReplayedStep {
  EventId event;
  std::vector<csp::ReferenceSystem::ComponentStep> components;
};

struct Replayed {
  std::vector<std::string> components;
  std::vector<ReplayedStep> path, loop, other_path;
  std::vector<csp::ReferenceSystem::ComponentState> standing;  // at the end of `other_path`, or else of `path`
};

// `system` is the one that the evidence's states belong to. May throw ScriptError and LimitReached.
Replayed replay(const Evidence&, const csp::ReferenceSystem& system, csp::Terms&, csp::Unfolder&,
                csp::ProcessId initial);

}  // namespace tryst::cli
