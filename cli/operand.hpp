// What the commands that compare, export and explore are given: `model.csp:EXPR`, or `graph.aut`.
//
// The path ends at the last single colon before which the name of a file stands, so paths and expressions may hold
// colons.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

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

// An operand, ready to be explored. A CSP process has a script, an evaluator and a system, a file has a graph.
struct Operand {
  std::string text;  // as the user wrote it
  std::unique_ptr<Script> script;
  std::unique_ptr<csp::Evaluator> evaluator;
  std::unique_ptr<csp::ReferenceSystem> system;
  std::optional<Lts> graph;

  LazyLts rows() { return system ? LazyLts(*system) : LazyLts(std::as_const(*graph)); }
};

// Reads an operand; what is wrong with it is printed, and the answer is null. The budget is that of the question about
// to be asked. Throws ScriptError and LimitReached while the process is evaluated.
std::unique_ptr<Operand> load_operand(const std::string&, SourceSet&, Budget&, const Options&, const Terminal&);

}  // namespace tryst::cli
