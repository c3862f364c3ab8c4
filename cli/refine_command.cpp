#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/decide.hpp"
#include "cli/interruption.hpp"
#include "cli/report_writer.hpp"
#include "cli/script.hpp"

namespace tryst::cli {

namespace {

csp::Model model_of(RefinementModel model) {
  switch (model) {
    case RefinementModel::T: return csp::Model::traces;
    case RefinementModel::F: return csp::Model::failures;
    case RefinementModel::FD: return csp::Model::failures_divergences;
    case RefinementModel::V: return csp::Model::revivals;
    case RefinementModel::VD: return csp::Model::revivals_divergences;
    case RefinementModel::R: return csp::Model::refusal_testing;
    case RefinementModel::RD: break;
  }
  return csp::Model::refusal_testing_divergences;
}

}  // namespace

ExitStatus refine_command(const Options& options, const Terminal& terminal) {
  const std::string& path = options.arguments[0];
  SourceSet sources;
  const auto script = load_script(path, sources);
  Diagnostics& diagnostics = script->diagnostics;
  std::optional<csp::ExprId> specification, implementation;
  if (script->usable()) specification = add_process(*script, "<specification>", options.arguments[1], diagnostics);
  if (script->usable()) implementation = add_process(*script, "<implementation>", options.arguments[2], diagnostics);
  print_diagnostics(diagnostics, sources, options, terminal);

  ReportWriter writer(options, terminal);
  FileReport file{path, {}, reported(diagnostics, sources)};
  if (!script->usable()) {
    writer.begin(std::move(file));
    writer.end();
    return ExitStatus::specification;
  }
  csp::Assertion assertion{};
  assertion.kind = csp::AssertionKind::refinement;
  assertion.model = model_of(options.model);
  assertion.left = *specification;
  assertion.right = *implementation;

  AssertionReport report;
  report.place.file = path;
  report.text =
      fmt::format("{} [{}= {}", options.arguments[1], name(static_cast<Model>(options.model)), options.arguments[2]);
  report.kind = "refinement";
  file.assertions.push_back(report);
  writer.begin(std::move(file));

  catch_interruptions();
  const RunLimits limits(options);
  ProgressLine progress(options, terminal);
  Decider(*script, options, limits, progress).decide(report, assertion);
  writer.decided(report);
  writer.end();
  return report.exit_status();
}

}  // namespace tryst::cli
