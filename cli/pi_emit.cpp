#include "cli/pi_emit.hpp"

#include <fmt/format.h>

#include "checker/pi/data_deadlock.hpp"
#include "cli/arguments.hpp"
#include "cli/claims.hpp"
#include "cli/emitted_files.hpp"
#include "cli/operand.hpp"
#include "cli/output.hpp"
#include "cli/phrases.hpp"
#include "cli/pi_validation.hpp"
#include "cli/version.hpp"
#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/pi_translate.hpp"

namespace tryst::cli {

namespace {

// What is received where all states are visited: none where the process knows no numbers.
std::vector<std::int64_t> sample(PiProcess& process) {
  if (!pi::mentions_data(process.terms, {process.system.term(process.system.initial())})) return {};
  const std::vector<pi::Name> names = pi::sample_of_integers(process.terms);
  process.system.set_integers(names);
  std::vector<std::int64_t> numbers;
  for (const pi::Name n : names) numbers.push_back(process.terms.integers().sum_of(n).constant);
  return numbers;
}

std::string numbers(const std::vector<std::int64_t>& integers) {
  std::string text;
  for (const std::int64_t i : integers) text += fmt::format("{}{}", text.empty() ? "" : ", ", i);
  return text;
}

std::string comparison(const std::optional<PiValidation>& validation, const std::vector<std::int64_t>& integers) {
  if (!validation) return "The program was not compared with its model when it was emitted.";
  std::string text = fmt::format(
      "When the program was emitted, it was compiled, and explored by calling nothing but the code of its processes; "
      "the result was\n"
      "compared with the {} transition system of the model by strong bisimulation, ",
      validation->only_new_names() ? "late" : "early");
  text += validation->states()
              ? fmt::format("all {} of it.", count(*validation->states(), "state"))
              : fmt::format("as far as {} from the beginning: the model has more than {} states, or no end.",
                            count(validation->depth(), "step"), pi_states_max);
  if (!integers.empty()) text += fmt::format("\nNumbers that the environment sends were {}.", numbers(integers));
  if (validation->only_new_names())
    text +=
        "\nNames that it sends were new ones: your code must not send a name that carries names where one that carries "
        "numbers is\n"
        "expected, nor the reverse; the program stops where such names meet.";
  return text;
}

std::string summary(const Options& options, const emitter::PiEmission& emission,
                    const std::optional<PiValidation>& validation) {
  std::size_t structs = 0;
  for (const emitter::PiMachine& machine : emission.code.machines) structs += !machine.points.empty();
  std::string text = fmt::format("emitted {}: {}, {}\n", options.output, count(structs, "struct"),
                                 count(emission.code.points.size(), "state"));
  if (!validation) return text + "not compared with the model\n";
  text += "the program is strongly bisimilar to the model";
  text += validation->states() ? fmt::format(": {}", count(*validation->states(), "state"))
                               : fmt::format(" as far as {}: it has more than {} states, or no end",
                                             count(validation->depth(), "step"), pi_states_max);
  if (!emission.integers.empty()) text += fmt::format(", numbers received being {}", numbers(emission.integers));
  if (validation->only_new_names()) text += ", and names new ones";
  return text + '\n';
}

ExitStatus emit(Operand& operand, const Options& options, const Terminal& terminal, const Claims& claims,
                SourceSet& sources, Budget& budget, ProgressLine& progress) {
  PiScript& script = *operand.pi_script;
  Diagnostics diagnostics;
  auto code = emitter::translate(script.tree, sources, operand.pi_expression, diagnostics);
  print_diagnostics(diagnostics, sources, options, terminal);
  if (!code) return ExitStatus::specification;
  emitter::PiEmission emission;
  emission.tool = fmt::format("tryst {}", version);
  emission.operand = operand.text;
  emission.identifier = emitter::program_identifier(split_operand(operand.text).expression);
  emission.claims = claims.list;
  emission.verified = claims.verified();
  emission.code = std::move(*code);
  emission.integers = sample(*operand.pi_process);
  std::optional<PiValidation> validation;
  try {
    if (!options.no_validation) validation.emplace(emission.code, emission.integers, *operand.pi_process, budget);
  } catch (const runtime::pi::KindsDiffer&) {
    diagnostics.report({"P0673",
                        Severity::error,
                        "names, numbers and Booleans are sent on one name",
                        script.tree.procs[operand.pi_expression].span,
                        "in this process",
                        {},
                        "messages of different lengths on one name hide what each of them carries"});
    print_diagnostics(diagnostics, sources, options, terminal);
    return ExitStatus::specification;
  }
  emission.only_new_names = validation && validation->only_new_names();
  emission.comparison = comparison(validation, emission.integers);

  const std::vector<emitter::File> files = emitter::project_files(emission);
  const Staging staging(options.output);
  write_files(files, staging.path());
  if (validation) validation->compare_compiled(staging.path(), emission, budget);
  move_files(files, staging.path(), options.output);
  progress.clear();
  const bool people = options.format == Format::text || options.format == Format::concise;
  if (people && !options.quiet) print(summary(options, emission, validation));
  return ExitStatus::holds;
}

}  // namespace

ExitStatus emit_pi(const Options& options, const Terminal& terminal) {
  if (!options.deployment.empty())
    throw UsageError(
        "`--deploy` is for processes of CSP: those of the pi-calculus are made while the program runs, on one "
        "executor");
  const Claims claims = decide_claims(split_operand(options.arguments[0]).path, options, terminal);
  if (!claims.permit(options)) return claims.worst;
  return ask_about_operands(options, terminal, [&](auto operands, Budget& budget, ProgressLine& progress) {
    return emit(*operands[0], options, terminal, claims, operands[0]->pi_script->sources, budget, progress);
  });
}

}  // namespace tryst::cli
