#include "cli/translation_validation.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

#include "checker/comparison.hpp"
#include "checker/ensure.hpp"
#include "cli/output.hpp"
#include "cli/subprocess.hpp"
#include "runtime/emitter/project.hpp"
#include "semantics/aut_reader.hpp"

namespace tryst::cli {

namespace {

namespace fs = std::filesystem;

// The graphs that the explorer wrote, by component: "0", "1", ... and "whole".
std::map<std::string, std::string> explore_program(const fs::path& folder, const emitter::Emission& emission) {
  const fs::path source = folder / "explorer.cpp";
  const fs::path program = folder / "explorer";
  write_result(source.string(), emitter::explorer({&emission}, false));
  const char* const chosen = std::getenv("CXX");
  const std::string compiler = chosen != nullptr && *chosen != '\0' ? chosen : "c++";
  const Finished compiled = run_program(
      {compiler, "-std=c++20", "-O1", "-I", (folder / "tryst").string(), source.string(), "-o", program.string()});
  if (compiled.status != 0)
    throw InternalError(fmt::format("the emitted program does not compile with `{}`:\n{}", compiler, compiled.errors));
  const Finished explored = run_program({program.string(), std::to_string(validated_states_max)});
  if (explored.status != 0)
    throw InternalError(fmt::format("the emitted program fails (status {}): {}", explored.status, explored.errors));
  fs::remove(source);
  fs::remove(program);

  std::map<std::string, std::string> graphs;
  const std::string_view text = explored.output;
  const std::string mark = "== " + emission.identifier + " ";
  for (std::size_t at = text.find(mark); at != std::string_view::npos;) {
    const std::size_t line_end = text.find('\n', at);
    const std::size_t next = text.find("\n" + mark, line_end);
    const std::size_t end = next == std::string_view::npos ? text.size() : next + 1;
    graphs.emplace(text.substr(at + mark.size(), line_end - at - mark.size()),
                   text.substr(line_end + 1, end - line_end - 1));
    at = next == std::string_view::npos ? next : next + 1;
  }
  return graphs;
}

Lts graph_of(const std::string& aut) {
  SourceSet sources;
  Diagnostics diagnostics;
  std::istringstream in(aut);
  std::optional<Lts> graph = read_aut(in, "the emitted program", sources, diagnostics);
  ensure(graph.has_value(), "the program's transition system cannot be read");
  return std::move(*graph);
}

Lts graph_of(const LocalGraph& graph, const EventNames& names) {
  EventNames events = names;
  const EventId end_mark = events.intern("(ended)");
  std::vector<Lts::Edge> edges;
  for (std::uint32_t s = 0; s < graph.size(); ++s)
    for (const LocalGraph::Move& move : graph.row(LocalId{s})) {
      const EventId event = graph.labels()[index(move.label)].event;
      edges.push_back({StateId{s}, event == ended ? end_mark : event, StateId{index(move.target)}});
    }
  return Lts(graph.size(), StateId{0}, std::move(edges), std::move(events));
}

void require_equal(const Lts& program, const Lts& model, const std::string& what, Budget& budget) {
  const Comparison comparison = compare(program, model, Relation::strong, budget);
  if (comparison.outcome == Outcome::inconclusive) throw LimitReached{comparison.reason};
  if (comparison.outcome == Outcome::fails)
    throw InternalError(fmt::format("the emitted program differs from its model in {}", what));
}

// None: it has more states than are validated.
std::optional<Lts> whole_model(Operand& operand) {
  Budget budget(Limits{.states_max = validated_states_max});
  LazyLts rows = operand.rows();
  try {
    return explore(rows, budget);
  } catch (const LimitReached&) {
    if (budget.progress().states <= validated_states_max) throw;  // another limit, that of the run
    return std::nullopt;
  }
}

}  // namespace

Validation validate_translation(const fs::path& folder, const emitter::Emission& emission,
                                const emitter::CompleteNetwork& complete, Operand& operand, Budget& budget) {
  const auto graphs = explore_program(folder, emission);
  Validation result;
  std::set<std::uint32_t> compared;
  for (std::size_t c = 0; c < emission.components.size(); ++c) {
    if (!complete.is_whole[c] || !compared.insert(emission.components[c].machine).second) continue;
    const Lts model = graph_of(complete.network->graph(c), complete.network->events());
    require_equal(graph_of(graphs.at(std::to_string(c))), model, emission.components[c].name, budget);
    ++result.components;
  }
  const std::optional<Lts> model = whole_model(operand);
  const auto whole = graphs.find("whole");
  if (model && whole != graphs.end()) {
    require_equal(graph_of(whole->second), *model, "the whole", budget);
    result.states = model->state_count();
  }
  return result;
}

}  // namespace tryst::cli
