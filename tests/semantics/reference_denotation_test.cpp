// The rules against the denotational semantics: every process of up to five nodes (four operators and what they are
// applied to) over two events, then larger ones at random.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <random>

#include "tests/semantics/denotation.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

bool agrees(const Process& process) {
  TermBuilder builder;
  declare(builder);
  ReferenceSystem system(builder.terms, builder, term_of(builder, process));
  return failures_of(explore(system)) == failures_of(process);
}

void require_agreement(const Process& process) {
  if (agrees(process)) return;
  const Process smallest = shrunk(process, [](const Process& smaller) { return !agrees(smaller); });
  FAIL("the rules and the denotation differ for " << text_of(smallest) << "\n(found as " << text_of(process) << ")");
}

}  // namespace

TEST_CASE("the rules have the traces and failures of the denotation: all processes of up to five nodes") {
  std::vector<std::vector<Process>> by_size(6);
  std::size_t checked = 0;
  for (std::size_t nodes = 1; nodes <= 5; ++nodes)
    for (std::size_t f = 0; f < unbounded_forms; ++f) {
      const auto check = [&](Process process) {
        require_agreement(process);
        ++checked;
        if (nodes < 5) by_size[nodes].push_back(std::move(process));
      };
      if (forms()[f].operands == 0 && nodes == 1) check({f, {}});
      if (forms()[f].operands == 1)
        for (const Process& p : by_size[nodes - 1]) check({f, {p}});
      if (forms()[f].operands == 2)
        for (std::size_t left = 1; left + 1 < nodes; ++left)
          for (const Process& p : by_size[left])
            for (const Process& q : by_size[nodes - 1 - left]) check({f, {p, q}});
    }
  CHECK(checked == 67731);
}

TEST_CASE("the rules have the traces and failures of the denotation: larger processes at random") {
  std::mt19937 random(20101);
  for (int i = 0; i < 30000; ++i) require_agreement(random_process(random, 6 + random() % 8, unbounded_forms));
}

// Every triple of a state, an event and a state has a derivation exactly if it is a transition.
TEST_CASE("the replay accepts the transitions of a process and nothing else") {
  std::mt19937 random(36);
  for (int i = 0; i < 3000; ++i) {
    const Process process = random_process(random, 1 + random() % 9, forms().size());
    TermBuilder builder;
    declare(builder);
    const EventId events[] = {tau, tick, builder.event("a"), builder.event("b")};
    ReferenceSystem system(builder.terms, builder, term_of(builder, process));
    const SmallGraph graph = explore(system);
    if (graph.rows.size() > 40) continue;
    for (std::uint32_t s = 0; s < graph.rows.size(); ++s)
      for (const EventId e : events)
        for (std::uint32_t t = 0; t < graph.rows.size(); ++t) {
          const Transition transition{e, StateId{t}};
          const bool possible = std::binary_search(graph.rows[s].begin(), graph.rows[s].end(), transition);
          if (system.derivation(StateId{s}, transition).empty() == possible)
            FAIL(text_of(process) << ": the replay of " << s << " -" << builder.terms.events().name(e) << "-> " << t
                                  << (possible ? " finds nothing" : " finds a way"));
        }
  }
}
