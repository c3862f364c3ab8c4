// Decides assertions of one script, each with limits, states and evidence of its own.
//
// The evaluator is kept from one assertion to the next, because its values are shared, until it has grown large or
// something went wrong in it; each assertion has a reference system of its own.
#pragma once

#include <memory>

#include "cli/assertions.hpp"
#include "cli/limits.hpp"
#include "cli/progress.hpp"

namespace tryst::cli {

class Decider {
 public:
  // All must outlive the decider.
  Decider(Script&, const Options&, const RunLimits&, ProgressLine&);

  // Fills the report: a mistake of the script, a limit and an error of ours are part of it.
  void decide(AssertionReport&, const csp::Assertion&);

 private:
  void ask(AssertionReport&, const csp::Assertion&, Budget&);
  void ask_rules(AssertionReport&, const csp::Assertion&, Budget&);
  bool ask_in_symbols(AssertionReport&, const csp::Assertion&, Budget&, const Diagnostic* instead);
  void record(AssertionReport&, const Diagnostic&) const;
  void record(AssertionReport&, const Verdict&, const csp::Assertion&) const;
  void add_hint(AssertionReport&, const csp::Assertion&) const;

  Script& script_;
  const Options& options_;
  const RunLimits& limits_;
  ProgressLine& progress_;
  std::unique_ptr<csp::Evaluator> evaluator_;
  std::size_t suspensions_before_ = 0;     // of the question, in the evaluator
  std::uint64_t memory_bytes_before_ = 0;  // when the evaluator was made
};

}  // namespace tryst::cli
