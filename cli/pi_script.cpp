#include "cli/pi_script.hpp"

#include <array>

#include "cli/arguments.hpp"
#include "cli/output.hpp"
#include "frontend/pi/sorts.hpp"

namespace tryst::cli {

bool is_pi_file(const std::string& path) { return path.ends_with(".pi") || path.ends_with(".mwb"); }

std::unique_ptr<PiScript> load_pi_script(const std::string& path, SourceSet& sources, Until until) {
  auto script = std::make_unique<PiScript>(PiScript{sources, Diagnostics(), {}});
  FileId id{};
  if (!sources.add(path, read_input(path), id)) throw UsageError("the file is too long");
  script->tree = pi::parse_text(id, sources, script->diagnostics);
  if (until != Until::parse && script->usable()) pi::resolve(script->tree, script->diagnostics);
  return script;
}

pi::ProcId add_pi_process(PiScript& script, const std::string& text) {
  FileId id{};
  if (!script.sources.add(std::string(operand_source), text, id)) throw UsageError("the expression is too long");
  const pi::ProcId process = pi::parse_process(id, script.tree, script.sources, script.diagnostics);
  if (process == no_id<pi::ProcId>) return process;
  const bool is_right = pi::resolve_process(script.tree, process, script.diagnostics) &&
                        pi::check_sorts(script.tree, std::array{process}, script.diagnostics);
  return is_right ? process : no_id<pi::ProcId>;
}

PiProcess::PiProcess(const pi::Script& script, pi::ProcId process, pi::Semantics semantics, pi::Garbage garbage,
                     pi::Ending ending)
    : terms(garbage),
      transitions(terms),
      elaboration(script, terms, std::array{process}),
      system(transitions, elaboration.process(process), semantics, ending) {}

void PiProcess::set_budget(Budget* budget) { system.set_budget(budget); }

}  // namespace tryst::cli
