// What the commands that compare, export and explore are given: `model.csp:EXPR`, `model.pi:EXPR`, or `graph.aut`.
//
// The path ends at the last single colon before which the name of a file stands, so paths and expressions may hold
// colons.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "checker/equivalence.hpp"
#include "cli/exit_status.hpp"
#include "cli/pi_script.hpp"
#include "cli/progress.hpp"
#include "cli/script.hpp"
#include "semantics/csp/evaluator.hpp"
#include "semantics/csp/reference_system.hpp"
#include "semantics/lazy_lts.hpp"

namespace tryst::cli {

struct OperandText {
  std::string path;
  std::string expression;  // empty: the whole file is the operand
};

// Throws UsageError where no file of that name can be read.
OperandText split_operand(const std::string&);

// An operand, ready to be explored. A CSP process has a script, an evaluator and a system, a π-process a script and
// what explores it, a file has a graph.
struct Operand {
  std::string text;  // as the user wrote it
  std::unique_ptr<Script> script;
  std::unique_ptr<csp::Evaluator> evaluator;
  csp::ProcessId process = no_id<csp::ProcessId>;  // in the evaluator's terms
  std::unique_ptr<csp::ReferenceSystem> system;
  std::unique_ptr<PiScript> pi_script;
  pi::ProcId pi_expression = no_id<pi::ProcId>;  // in the script
  std::unique_ptr<PiProcess> pi_process;
  std::optional<Lts> graph;
  bool is_composed = false;  // what was explored is only related to it

  // The transitions; the operand must outlive them.
  LazyLts rows();
  // The reachable part, numbered breadth first. Takes the graph away, if this is one: nothing is stored twice. With a
  // relation: or, of a large network, something smaller that is related to it.
  Lts explored(Budget&, std::optional<Relation> up_to = {});
};

// A question to be answered in the limits of a run: may throw ScriptError and LimitReached.
using LimitedQuestion = std::function<ExitStatus(SourceSet&, Budget&, ProgressLine&)>;

// Asks, in the run's limits and with its progress. A mistake of a script is printed and is exit status 3; a limit is
// printed with what was done until then, and is 20, or 130 after an interruption.
ExitStatus ask_within_limits(const Options&, const Terminal&, const LimitedQuestion&);

// A question about operands: may throw ScriptError and LimitReached.
using OperandQuestion = std::function<ExitStatus(std::span<const std::unique_ptr<Operand>>, Budget&, ProgressLine&)>;

// Loads the operands that the command's arguments name, and asks, within limits.
ExitStatus ask_about_operands(const Options&, const Terminal&, const OperandQuestion&);

}  // namespace tryst::cli
