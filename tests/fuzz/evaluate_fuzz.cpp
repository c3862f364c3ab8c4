// Whatever the type checker accepts can be evaluated: every constant has a value, an error or reaches a limit, and so has
// every process of an assertion, whose first states can be explored and whose transitions can all be replayed.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "frontend/csp/parser.hpp"
#include "frontend/csp/typing.hpp"
#include "semantics/csp/evaluator.hpp"
#include "semantics/csp/reference_system.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

constexpr Limits limits{.seconds_max = 0.5, .states_max = 200, .memory_bytes_max = std::uint64_t{1} << 30};

// Asks one question, which may end in an error of the script or at a limit, but in nothing else.
template <class Question>
void ask(Evaluator& evaluator, const SourceSet& sources, Question question) {
  Budget budget(limits);
  evaluator.set_budget(&budget);
  try {
    question(budget);
  } catch (const ScriptError& error) {
    if (render(error.diagnostic, sources).empty()) std::abort();
  } catch (const LimitReached&) {
  }
  evaluator.set_budget(nullptr);
}

void explore(Evaluator& evaluator, ExprId process, Budget& budget) {
  ReferenceSystem system(evaluator.terms(), evaluator, evaluator.process(process));
  system.set_budget(&budget);
  std::vector<Transition> out;
  std::uint32_t known = index(system.initial()) + 1;
  for (std::uint32_t s = 0; s < known; ++s) {
    budget.count_state();
    system.successors(static_cast<StateId>(s), out);
    for (const Transition& t : std::vector<Transition>(out)) {
      known = std::max(known, index(t.target) + 1);
      if (system.derivation(static_cast<StateId>(s), t).empty()) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SourceSet sources;
  FileId file{};
  if (!sources.add("fuzz.csp", std::string(reinterpret_cast<const char*>(data), size), file)) return 0;
  Diagnostics diagnostics;
  Script script = parse_text(file, "/nonexistent", sources, diagnostics);
  if (diagnostics.has_errors()) return 0;
  const Typed typed = check_types(std::move(script), sources, diagnostics);
  if (diagnostics.has_errors()) return 0;
  Evaluator evaluator(typed, sources);
  for (const Assertion& assertion : typed.script.assertions)
    for (const ExprId process : {assertion.left, assertion.right})
      if (process != no_id<ExprId>)
        ask(evaluator, sources, [&](Budget& budget) { explore(evaluator, process, budget); });
  for (const DeclId d : typed.script.top) {
    const Decl& decl = typed.script.decls[d];
    if (decl.kind == DeclKind::function && decl.clauses.size() == 1 && decl.clauses[0].parameters.empty())
      ask(evaluator, sources, [&](Budget&) { evaluator.show(decl.clauses[0].body); });
  }
  return 0;
}
