#include "cli/operand.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <vector>

#include "checker/compose/composed_lts.hpp"
#include "cli/arguments.hpp"
#include "cli/interruption.hpp"
#include "cli/limits.hpp"
#include "cli/option_table.hpp"
#include "cli/output.hpp"
#include "cli/phrases.hpp"
#include "frontend/printable.hpp"
#include "semantics/aut_reader.hpp"
#include "semantics/csp/exploration.hpp"

namespace tryst::cli {

namespace {

bool is_file(std::string_view path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  return std::filesystem::exists(status) && !std::filesystem::is_directory(status);
}

bool single_colon(std::string_view text, std::size_t at) {
  if (text[at] != ':' || at == 0) return false;
  return text[at - 1] != ':' && (at + 1 == text.size() || text[at + 1] != ':');
}

}  // namespace

OperandText split_operand(const std::string& text) {
  for (std::size_t at = text.size(); at-- > 0;) {
    if (!single_colon(text, at) || !is_file(std::string_view(text).substr(0, at))) continue;
    if (at + 1 == text.size())
      throw UsageError(fmt::format("`{}` has no expression behind the colon", printable(text)));
    return {text.substr(0, at), text.substr(at + 1)};
  }
  if (!is_file(text)) {
    const std::string path = text.substr(0, text.find(':'));
    throw UsageError(fmt::format("cannot read `{}`: {}; an operand is `model.csp:EXPR`, `model.pi:EXPR` or `graph.aut`",
                                 printable(path), why_unreadable(path)));
  }
  if (text.ends_with(".csp") || is_pi_file(text))
    throw UsageError(
        fmt::format("`{}` is a script: which process is meant? write `{}:EXPR`", printable(text), printable(text)));
  return {text, ""};
}

namespace {

bool load_process(Operand& operand, const OperandText& text, SourceSet& sources, Budget& budget, const Options& options,
                  const Terminal& terminal) {
  operand.script = load_script(text.path, sources);
  Script& script = *operand.script;
  std::optional<csp::ExprId> expr;
  if (script.usable()) expr = add_process(script, "<operand>", text.expression, script.diagnostics);
  print_diagnostics(script.diagnostics, sources, options, terminal);
  if (!expr || !script.usable()) return false;
  operand.evaluator = std::make_unique<csp::Evaluator>(script.typed, sources);
  operand.evaluator->set_budget(&budget);
  operand.process = operand.evaluator->process(*expr);
  operand.system =
      std::make_unique<csp::ReferenceSystem>(operand.evaluator->terms(), *operand.evaluator, operand.process);
  operand.system->set_budget(&budget);
  return true;
}

bool load_pi_process(Operand& operand, const OperandText& text, SourceSet& sources, Budget& budget,
                     const Options& options, const Terminal& terminal) {
  operand.pi_script = load_pi_script(text.path, sources);
  PiScript& script = *operand.pi_script;
  const pi::ProcId process = script.usable() ? add_pi_process(script, text.expression) : no_id<pi::ProcId>;
  print_diagnostics(script.diagnostics, sources, options, terminal);
  if (process == no_id<pi::ProcId>) return false;
  operand.pi_expression = process;
  operand.pi_process = std::make_unique<PiProcess>(script.tree, process, static_cast<pi::Semantics>(options.semantics));
  operand.pi_process->set_budget(&budget);
  return true;
}

bool load_graph(Operand& operand, const OperandText& text, SourceSet& sources, const Options& options,
                const Terminal& terminal) {
  Diagnostics diagnostics;
  std::ifstream in = open_input(text.path);
  operand.graph = read_aut(in, text.path, sources, diagnostics);
  if (in.bad()) throw UsageError(fmt::format("cannot read `{}`: {}", printable(text.path), std::strerror(errno)));
  print_diagnostics(diagnostics, sources, options, terminal);
  return operand.graph.has_value();
}

// Null when the operand is wrong, which has been printed.
std::unique_ptr<Operand> load_operand(const std::string& text, SourceSet& sources, Budget& budget,
                                      const Options& options, const Terminal& terminal) {
  auto operand = std::make_unique<Operand>();
  operand->text = text;
  const OperandText parts = split_operand(text);
  const bool usable = parts.expression.empty() ? load_graph(*operand, parts, sources, options, terminal)
                      : is_pi_file(parts.path) ? load_pi_process(*operand, parts, sources, budget, options, terminal)
                                               : load_process(*operand, parts, sources, budget, options, terminal);
  return usable ? std::move(operand) : nullptr;
}

}  // namespace

LazyLts Operand::rows() {
  if (system) return LazyLts(*system);
  if (pi_process) return LazyLts(pi_process->system);
  return LazyLts(std::as_const(*graph));
}

Lts Operand::explored(Budget& budget, std::optional<Relation> up_to) {
  if (graph) return explore(std::move(*graph), budget);
  const auto related = [&](Network& network) {
    auto lts = composed_lts(network, *up_to, budget);
    is_composed = lts.has_value();
    return lts;
  };
  if (system)
    return csp::explore_process(*system, evaluator->terms(), *evaluator, process, budget,
                                up_to ? csp::Substitute(related) : csp::Substitute());
  return explore(pi_process->system, budget);
}

ExitStatus ask_within_limits(const Options& options, const Terminal& terminal, const LimitedQuestion& question) {
  SourceSet sources;  // of all operands, so that a diagnostic finds its file
  const RunLimits limits(options);
  Budget budget(limits.next());
  ProgressLine progress(options, terminal);
  progress.watch(budget, row_of(options.command).name.data());
  catch_interruptions();
  try {
    return question(sources, budget, progress);
  } catch (const ScriptError& error) {
    progress.clear();
    print_diagnostic(error.diagnostic, sources, options, terminal);
    return ExitStatus::specification;
  } catch (const LimitReached& limit) {
    progress.clear();
    const Progress& done = budget.progress();
    fmt::print(stderr, "inconclusive: {} ({}, {}, {})\n", limits.reason(limit), count(done.states, "state"),
               count(done.transitions, "transition"), duration(done.seconds));
    return limit.interrupted ? ExitStatus::interrupted : ExitStatus::inconclusive;
  }
}

ExitStatus ask_about_operands(const Options& options, const Terminal& terminal, const OperandQuestion& question) {
  return ask_within_limits(options, terminal, [&](SourceSet& sources, Budget& budget, ProgressLine& progress) {
    std::vector<std::unique_ptr<Operand>> operands;
    for (const std::string& text : options.arguments) {
      operands.push_back(load_operand(text, sources, budget, options, terminal));
      if (!operands.back()) return ExitStatus::specification;
    }
    return question(operands, budget, progress);
  });
}

}  // namespace tryst::cli
