#include <fmt/format.h>

#include <filesystem>

#include "cli/arguments.hpp"
#include "cli/claims.hpp"
#include "cli/commands.hpp"
#include "cli/emitted_files.hpp"
#include "cli/output.hpp"
#include "cli/phrases.hpp"
#include "cli/pi_emit.hpp"
#include "cli/translation_validation.hpp"
#include "cli/version.hpp"
#include "runtime/emitter/deployment_file.hpp"
#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/project.hpp"

namespace tryst::cli {

namespace {

namespace fs = std::filesystem;

std::string summary(const Options& options, const emitter::Emission& emission,
                    const std::optional<Validation>& validation) {
  std::string text = fmt::format("emitted {}: {}, {}\n", options.output, count(emission.components.size(), "component"),
                                 count(emission.rules.size(), "rule"));
  if (!emission.executors.empty())
    text.insert(text.size() - 1, fmt::format(", {}", count(emission.executors.size(), "executor")));
  for (const emitter::Component& component : emission.components)
    if (const std::string& reason = emission.machines[component.machine].table_reason; !reason.empty())
      text += fmt::format("{} is emitted as a table: {}\n", component.name, reason);
  if (!validation) return text + "not compared with the model\n";
  text += "the program is strongly bisimilar to the model: ";
  if (validation->components != 0) text += count(validation->components, "different component");
  if (validation->components != 0 && validation->states) text += ", and ";
  if (validation->states) text += fmt::format("the whole with {}", count(*validation->states, "state"));
  return text + '\n';
}

// Gives the components their executors. False: the file says no such thing, and it has been said why.
bool deploy(emitter::Emission& emission, const Options& options, const Terminal& terminal) {
  if (options.deployment.empty()) return true;
  SourceSet sources;
  FileId file{};
  Diagnostics diagnostics;
  if (!sources.add(options.deployment, read_input(options.deployment), file))
    throw UsageError("the file of `--deploy` is too long");
  std::vector<std::string> names;
  for (const emitter::Component& component : emission.components) names.push_back(component.name);
  auto plan = emitter::read_deployment(sources, file, names, diagnostics);
  print_diagnostics(diagnostics, sources, options, terminal);
  if (!plan) return false;
  emission.executors = std::move(plan->executors);
  emission.executor_of = std::move(plan->executor_of);
  return true;
}

ExitStatus emit(Operand& operand, const Options& options, const Terminal& terminal, const Claims& claims,
                Budget& budget, ProgressLine& progress) {
  const fs::path folder = options.output;
  emitter::Emission emission;
  emission.tool = fmt::format("tryst {}", version);
  emission.operand = operand.text;
  emission.identifier = emitter::program_identifier(split_operand(operand.text).expression);
  emission.claims = claims.list;
  emission.verified = claims.verified();
  const emitter::CompleteNetwork complete = emitter::complete_network(*operand.evaluator, operand.process, budget);
  emitter::collect(operand.script->typed, operand.script->sources, *operand.evaluator, operand.process, complete,
                   emission);
  if (!deploy(emission, options, terminal)) return ExitStatus::specification;

  const std::vector<emitter::File> files = emitter::project_files(emission);
  const Staging staging(folder);
  write_files(files, staging.path());
  std::optional<Validation> validation;
  if (!options.no_validation) validation = validate_translation(staging.path(), emission, complete, operand, budget);
  if (validation && validation->components == 0 && !validation->states)
    throw LimitReached{"the program is too large to be compared with the model; `--no-validation` emits it anyway"};
  move_files(files, staging.path(), folder);
  progress.clear();
  const bool people = options.format == Format::text || options.format == Format::concise;
  if (people && !options.quiet) print(summary(options, emission, validation));
  return ExitStatus::holds;
}

}  // namespace

ExitStatus emit_command(const Options& options, const Terminal& terminal) {
  if (options.output.empty()) throw UsageError("`emit` needs a folder for the project: --output DIR");
  const OperandText operand = split_operand(options.arguments[0]);
  if (operand.expression.empty()) throw UsageError("`emit` takes a process: `model.csp:EXPR` or `model.pi:EXPR`");
  require_free(options.output);
  if (is_pi_file(operand.path)) return emit_pi(options, terminal);
  const Claims claims = decide_claims(operand.path, options, terminal);
  if (!claims.permit(options)) return claims.worst;
  return ask_about_operands(options, terminal, [&](auto operands, Budget& budget, ProgressLine& progress) {
    return emit(*operands[0], options, terminal, claims, budget, progress);
  });
}

}  // namespace tryst::cli
