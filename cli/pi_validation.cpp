#include "cli/pi_validation.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <sstream>
#include <stdexcept>

#include "checker/comparison.hpp"
#include "checker/ensure.hpp"
#include "cli/output.hpp"
#include "cli/subprocess.hpp"
#include "runtime/emitter/project.hpp"
#include "semantics/aut_reader.hpp"
#include "semantics/lazy_lts.hpp"

namespace tryst::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t unfolded_states_max = 5'000;

Lts lts_of(const runtime::pi::Graph& graph) {
  EventNames events;
  std::vector<EventId> ids{tau};
  for (std::size_t l = 1; l < graph.labels.size(); ++l) ids.push_back(events.intern(graph.labels[l]));
  std::vector<Lts::Edge> edges;
  for (const auto& [source, label, target] : graph.edges)
    edges.push_back({StateId{source}, ids[label], StateId{target}});
  return Lts(graph.states, StateId{0}, std::move(edges), std::move(events));
}

// The interpreted program takes its time over states of many processes.
constexpr std::uint32_t work_of_a_state = 64;

std::optional<Lts> explored(const runtime::pi::Program& program, Budget& run) {
  try {
    return lts_of(runtime::pi::explore(program, pi_states_max, [&] { run.poll(work_of_a_state); }));
  } catch (const std::length_error&) {
    return std::nullopt;
  }
}

std::optional<Lts> explored_to(const runtime::pi::Program& program, std::uint32_t depth, Budget& run) {
  try {
    return lts_of(runtime::pi::explore_to(program, depth, unfolded_states_max, [&] { run.poll(work_of_a_state); }));
  } catch (const std::length_error&) {
    return std::nullopt;
  }
}

// None: it has more states than are compared.
std::optional<Lts> explored(pi::PiSystem& model, Budget& run) {
  Budget budget(Limits{.states_max = pi_states_max});
  model.set_budget(&budget);
  try {
    Lts whole = explore(model, budget);
    model.set_budget(&run);
    return whole;
  } catch (const LimitReached&) {
    model.set_budget(&run);
    if (budget.progress().states <= pi_states_max) throw;  // another limit, that of the run
    return std::nullopt;
  }
}

// What can be seen in `depth` steps, as runtime/pi_states has it.
std::optional<Lts> explored_to(pi::PiSystem& model, std::uint32_t depth) {
  using Place = std::pair<StateId, std::uint32_t>;
  const StateId initial = model.initial();
  std::map<Place, std::uint32_t> numbers{{{initial, depth}, 0}};
  std::vector<Place> places{{initial, depth}};
  std::vector<Lts::Edge> edges;
  std::vector<Transition> row;
  for (std::uint32_t i = 0; i < places.size(); ++i) {
    const auto [state, left] = places[i];
    if (left == 0) continue;
    model.successors(state, row);
    for (const Transition& t : row) {
      const auto [at, is_new] = numbers.try_emplace({t.target, left - 1}, static_cast<std::uint32_t>(places.size()));
      if (is_new) places.push_back(at->first);
      if (places.size() > unfolded_states_max) return std::nullopt;
      edges.push_back({StateId{i}, t.event, StateId{at->second}});
    }
  }
  return Lts(static_cast<std::uint32_t>(places.size()), StateId{0}, std::move(edges), model.events());
}

void require_equal(const Lts& program, const Lts& model, const std::string& which, Budget& budget) {
  const Comparison comparison = compare(program, model, Relation::strong, budget);
  if (comparison.outcome == Outcome::inconclusive) throw LimitReached{comparison.reason};
  if (comparison.outcome == Outcome::fails) throw InternalError(which + " differs from its model");
}

}  // namespace

PiValidation::PiValidation(const emitter::PiCode& code, const std::vector<std::int64_t>& integers, PiProcess& process,
                           Budget& budget) {
  try {
    compare_tables(code, integers, process.system, budget);
  } catch (const runtime::pi::KindsDiffer&) {
    only_new_names_ = true;
    pi::PiSystem late(process.transitions, process.system.term(process.system.initial()), pi::Semantics::late);
    late.set_integers(process.system.integers());
    late.set_budget(&budget);
    compare_tables(code, integers, late, budget);
  }
}

void PiValidation::compare_tables(const emitter::PiCode& code, const std::vector<std::int64_t>& integers,
                                  pi::PiSystem& model, Budget& budget) {
  constexpr auto tables = "the program that is to be emitted";
  const emitter::InterpretedProgram program(code, integers, only_new_names_);
  if (auto whole = explored(program.program(), budget))
    if ((model_ = explored(model, budget))) {
      require_equal(*whole, *model_, tables, budget);
      states_ = model_->state_count();
      return;
    }
  for (std::uint32_t depth = 1; depth <= pi_depth_max; ++depth) {
    const auto ours = explored_to(program.program(), depth, budget);
    auto theirs = ours ? explored_to(model, depth) : std::nullopt;
    if (!theirs) break;
    require_equal(*ours, *theirs, tables, budget);
    model_ = std::move(theirs);
    depth_ = depth;
  }
  if (depth_ == 0)
    throw LimitReached{"the program is too large to be compared with the model; `--no-validation` emits it anyway"};
}

void PiValidation::compare_compiled(const fs::path& folder, const emitter::PiEmission& emission, Budget& budget) const {
  const fs::path source = folder / "explorer.cpp";
  const fs::path program = folder / "explorer";
  write_result(source.string(), emitter::explorer(emission));
  const char* const chosen = std::getenv("CXX");
  const std::string compiler = chosen != nullptr && *chosen != '\0' ? chosen : "c++";
  const Finished compiled = run_program({compiler, "-std=c++20", "-O1", "-I", (folder / "tryst").string(), "-I",
                                         folder.string(), source.string(), "-o", program.string()});
  if (compiled.status != 0)
    throw InternalError(fmt::format("the emitted program does not compile with `{}`:\n{}", compiler, compiled.errors));
  std::vector<std::string> command{program.string(), std::to_string(states_ ? pi_states_max : unfolded_states_max)};
  if (!states_) command.push_back(std::to_string(depth_));
  const Finished explored = run_program(command);
  if (explored.status != 0)
    throw InternalError(fmt::format("the emitted program fails (status {}): {}", explored.status, explored.errors));
  fs::remove(source);
  fs::remove(program);
  SourceSet sources;
  Diagnostics diagnostics;
  std::istringstream in(explored.output);
  const std::optional<Lts> graph = read_aut(in, "the emitted program", sources, diagnostics);
  if (!graph) throw InternalError("the emitted program has more states than the tables it was written from");
  require_equal(*graph, *model_, "the emitted program", budget);
}

}  // namespace tryst::cli
