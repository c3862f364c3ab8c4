// The assertions of a script, in the order written, and what is asked of the checker for one of them.
#pragma once

#include <string>
#include <vector>

#include "checker/question.hpp"
#include "cli/report.hpp"
#include "cli/script.hpp"
#include "semantics/csp/evaluator.hpp"

namespace tryst::cli {

// Of a script of either language.
struct ListedAssertion {
  std::uint32_t id;        // a csp::AssertionId or a pi::CommandId
  AssertionReport report;  // all that is known before it is decided
};

std::vector<ListedAssertion> list_assertions(const Script&);

// Those that `--assert` selects: an index from 0, or a glob over the text. Throws UsageError where it selects none.
std::vector<ListedAssertion> select_assertions(std::vector<ListedAssertion>, const std::string& selector);

// An assertion as process terms.
struct AssertedTerms {
  Property property;
  Model model;
  csp::ProcessId implementation;
  csp::ProcessId specification = no_id<csp::ProcessId>;  // refinement only
  std::vector<EventId> trace;                            // has_trace only
};

// Evaluates the processes of an assertion; `tau priority` becomes a priority operator around them. Throws ScriptError,
// P0501 where the model cannot answer the property, and LimitReached.
AssertedTerms evaluate_assertion(const csp::Assertion&, csp::Evaluator&);

}  // namespace tryst::cli
