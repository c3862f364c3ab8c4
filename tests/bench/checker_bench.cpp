// How fast are the searches and refinements on explicit systems? One line a question: what, how much, seconds, and the
// rate.
//
//   checker_bench [THOUSANDS=1000]   of states in each system
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <random>

#include "checker/equivalence.hpp"
#include "checker/question.hpp"
#include "semantics/aut_reader.hpp"
#include "semantics/lts_writer.hpp"

#include <sstream>

using namespace tryst;

namespace {

// A random system in which every state has about `degree` transitions over `events` visible events and some τ.
Lts random_system(std::uint32_t states, std::uint32_t degree, std::uint32_t events, double tau_share,
                  std::uint32_t seed) {
  std::mt19937 random(seed);
  EventNames names;
  for (std::uint32_t e = 0; e < events; ++e) names.intern(fmt::format("e.{}", e));
  std::vector<Lts::Edge> edges;
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random()) % n; };
  for (std::uint32_t s = 0; s < states; ++s)
    for (std::uint32_t d = 0; d < degree; ++d) {
      const bool internal = below(1000) < 1000 * tau_share;
      // τ leads upwards, so there are no τ-cycles and nothing stops a search early
      const std::uint32_t target = internal ? s + 1 + below(64) : below(states);
      if (target >= states) continue;
      edges.push_back({static_cast<StateId>(s), internal ? tau : static_cast<EventId>(2 + below(events)),
                       static_cast<StateId>(target)});
    }
  return Lts(states, StateId{0}, std::move(edges), std::move(names));
}

// Every event leads to the next phase, and every phase may refuse all: what a trace specification would be in any
// model.
Lts phases(std::uint32_t count, const EventNames& names) {
  std::vector<Lts::Edge> edges;
  for (std::uint32_t p = 0; p < count; ++p) {
    for (std::size_t e = 2; e < names.size(); ++e)
      edges.push_back({static_cast<StateId>(p), static_cast<EventId>(e), static_cast<StateId>((p + 1) % count)});
    edges.push_back({static_cast<StateId>(p), tau, static_cast<StateId>(count)});
  }
  return Lts(count + 1, StateId{0}, std::move(edges), names);
}

template <class Run>
void measure(std::string_view what, std::string_view unit, Run run) {
  const std::clock_t start = std::clock();
  const std::uint64_t amount = run();
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  fmt::print("{:44} {:>12} {:12} {:8.3f} s {:8.2f} M/s\n", what, amount, unit, seconds,
             static_cast<double>(amount) / seconds / 1e6);
}

std::uint64_t asked(Property property, Model model, LazyLts& implementation, LazyLts* specification) {
  Budget budget;
  return check({property, model, &implementation, specification, {}}, budget).states;
}

// A system as a source of rows, so that storing them is measured too, under the names of another one.
struct Rows {
  const Lts& lts;
  const EventNames& names;
  StateId initial() const { return lts.initial(); }
  void successors(StateId s, std::vector<Transition>& out) const { lts.successors(s, out); }
  const EventNames& events() const { return names; }
  bool is_terminated(StateId s) const { return lts.is_terminated(s); }
};

}  // namespace

int main(int count, char** arguments) {
  const auto states = static_cast<std::uint32_t>(1000 * (count > 1 ? std::atoi(arguments[1]) : 1000));
  const Lts system = random_system(states, 5, 20, 0.2, 1);
  const Lts four_phases = phases(4, system.events());
  const Rows rows{system, system.events()};
  const Rows specification{four_phases, system.events()};

  measure("explore", "states", [&] {
    Budget budget;
    return explore(rows, budget).state_count();
  });
  for (const Model model : {Model::T, Model::FD}) {
    LazyLts implementation(system);
    LazyLts lazy_specification(specification);
    measure(fmt::format("refinement [{}=, 4 phases", name(model)), "pairs",
            [&] { return asked(Property::refinement, model, implementation, &lazy_specification); });
  }
  {
    LazyLts implementation(system);
    measure("deadlock free [F]", "states",
            [&] { return asked(Property::deadlock_free, Model::F, implementation, nullptr); });
  }
  for (const Relation relation : {Relation::strong, Relation::branching})
    measure(fmt::format("minimise, {}", name(relation)), "transitions", [&] {
      Budget budget;
      minimise(system, relation, budget);
      return system.transition_count();
    });
  std::stringstream text;
  measure("write .aut", "transitions", [&] {
    write_lts(system, LtsFormat::aut, {}, text);
    return system.transition_count();
  });
  SourceSet sources;
  measure("read .aut", "transitions", [&] {
    Diagnostics diagnostics;
    return read_aut(text, "bench.aut", sources, diagnostics)->transition_count();
  });
}
