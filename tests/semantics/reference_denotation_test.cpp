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
  builder.event("a");
  builder.event("b");
  ReferenceSystem system(builder.terms, builder, term_of(builder, process));
  return failures_of(explore(system)) == failures_of(process);
}

std::size_t size(const Process& process) {
  std::size_t n = 1;
  for (const Process& operand : process.operands) n += size(operand);
  return n;
}

// Every process with one subprocess replaced by one of its own operands or by a leaf.
void for_each_smaller(const Process& process, const std::function<void(const Process&)>& found) {
  for (const Process& operand : process.operands) found(operand);
  if (!process.operands.empty())
    for (std::size_t leaf = 0; leaf < 3; ++leaf) found({leaf, {}});
  for (std::size_t i = 0; i < process.operands.size(); ++i)
    for_each_smaller(process.operands[i], [&](const Process& smaller) {
      Process whole = process;
      whole.operands[i] = smaller;
      found(whole);
    });
}

Process shrunk(Process failing) {
  for (;;) {
    Process best = failing;
    for_each_smaller(failing, [&best](const Process& candidate) {
      if (size(candidate) < size(best) && !agrees(candidate)) best = candidate;
    });
    if (size(best) == size(failing)) return failing;
    failing = std::move(best);
  }
}

void require_agreement(const Process& process) {
  if (agrees(process)) return;
  const Process smallest = shrunk(process);
  FAIL("the rules and the denotation differ for " << text_of(smallest) << "\n(found as " << text_of(process) << ")");
}

Process random_process(std::mt19937& random, std::size_t nodes) {
  std::vector<std::size_t> fitting;
  for (std::size_t f = 0; f < forms().size(); ++f)
    if (nodes == 1 ? forms()[f].operands == 0 : forms()[f].operands == 1 || (forms()[f].operands == 2 && nodes > 2))
      fitting.push_back(f);
  const std::size_t form = fitting[random() % fitting.size()];
  if (nodes == 1) return {form, {}};
  if (forms()[form].operands == 1) return {form, {random_process(random, nodes - 1)}};
  const std::size_t left = 1 + random() % (nodes - 2);
  return {form, {random_process(random, left), random_process(random, nodes - 1 - left)}};
}

}  // namespace

TEST_CASE("the rules have the traces and failures of the denotation: all processes of up to five nodes") {
  std::vector<std::vector<Process>> by_size(6);
  std::size_t checked = 0;
  for (std::size_t nodes = 1; nodes <= 5; ++nodes)
    for (std::size_t f = 0; f < forms().size(); ++f) {
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
  for (int i = 0; i < 30000; ++i) require_agreement(random_process(random, 6 + random() % 8));
}

// Every triple of a state, an event and a state has a derivation exactly if it is a transition.
TEST_CASE("the replay accepts the transitions of a process and nothing else") {
  std::mt19937 random(36);
  for (int i = 0; i < 3000; ++i) {
    const Process process = random_process(random, 1 + random() % 9);
    TermBuilder builder;
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
