// An assertion about processes with unbounded integers: decided in symbols, its counterexample performed with numbers.
//
// A run that the solver has found is performed on the operational rules, where inputs from infinite sets are tried with
// the run's integers only, and what is wrong at its end is decided there as for any other evidence.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "checker/question.hpp"
#include "cli/assertions.hpp"
#include "cli/options.hpp"
#include "cli/script.hpp"
#include "semantics/csp/evaluator.hpp"
#include "semantics/csp/reference_system.hpp"
#include "semantics/lazy_lts.hpp"

namespace tryst::cli {

// Whether there is a way to ask: a refinement of traces, or freedom of deadlock or divergence.
bool is_symbolic_question(const csp::Assertion&, const AssertionReport&);

// The processes that a run was performed on.
struct PerformedRun {
  std::unique_ptr<csp::Evaluator> evaluator;
  AssertedTerms asserted;
  std::unique_ptr<csp::ReferenceSystem> implementation, specification;
  std::unique_ptr<LazyLts> implementation_rows, specification_rows;
};

struct SymbolicDecision {
  Verdict verdict;
  std::optional<PerformedRun> run;  // of the evidence
};

// Throws csp::NotSymbolic where the processes cannot be said in symbols, ScriptError where the script goes wrong, also
// at the end of a run; LimitReached.
SymbolicDecision decide_symbolically(Script&, csp::Evaluator&, const csp::Assertion&, const AssertionReport&,
                                     const Options&, Budget&);

}  // namespace tryst::cli
