// What chase, deter and the watchdogs promise, on random processes.
#include <algorithm>
#include <catch2/catch.hpp>

#include "semantics/csp/term_graph.hpp"
#include "tests/semantics/process_syntax.hpp"
#include "tests/semantics/small_graph.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

constexpr std::size_t states_max = 300;

struct Fixture {
  TermBuilder t;
  EventId a, b, alarm;

  Fixture() {
    declare(t);
    a = t.event("a");
    b = t.event("b");
    alarm = t.event("alarm");
  }
  SmallGraph graph(ProcessId p) {
    ReferenceSystem system(t.terms, t, p);
    return explore(system, states_max);
  }
  // A random process whose ✓ is replaced by a stop.
  ProcessId endless(const Process& p) { return t.apply(Operator::sequential, {term_of(t, p), t.stop()}); }

  bool alarmed(const SmallGraph& g) {
    for (const auto& row : g.rows)
      if (std::any_of(row.begin(), row.end(), [this](const Transition& x) { return x.event == alarm; })) return true;
    return false;
  }
};

}  // namespace

TEST_CASE("chase(P) refines P in the failures model and is stable or DIV") {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    const Process process = random_process(random, 1 + random() % 9, forms().size());
    Fixture f;
    const ProcessId p = term_of(f.t, process);
    const SmallGraph before = f.graph(p);
    const SmallGraph chased = f.graph(f.t.apply(Operator::chase, {p}));
    if (!before.complete || !chased.complete) continue;
    INFO(text_of(process));
    REQUIRE(refines_in_failures(before, chased));
    for (std::uint32_t s = 0; s < chased.rows.size(); ++s)
      for (const Transition& t : chased.rows[s]) REQUIRE((t.event != tau || index(t.target) == s));
  }
}

TEST_CASE("deter(P) is deterministic or divergent, and refines P in the failures model") {
  std::mt19937 random(8);
  for (int i = 0; i < 2000; ++i) {
    const Process process = random_process(random, 1 + random() % 9, forms().size());
    Fixture f;
    const ProcessId p = term_of(f.t, process);
    const SmallGraph before = f.graph(p);
    const SmallGraph chosen = f.graph(f.t.apply(Operator::deter, {p}));
    if (!before.complete || !chosen.complete) continue;
    INFO(text_of(process));
    REQUIRE(refines_in_failures(before, chosen));
    REQUIRE((divergent(chosen) || deterministic(chosen)));
  }
}

TEST_CASE("trace_watchdog(P) raises the alarm exactly for what does not refine P in the traces model") {
  std::mt19937 random(9);
  int violations = 0;
  for (int i = 0; i < 2000; ++i) {
    const Process spec = random_process(random, 1 + random() % 6, forms().size());
    const Process impl = random_process(random, 1 + random() % 6, forms().size());
    Fixture f;
    const ProcessId p = f.endless(spec);
    const ProcessId q = f.endless(impl);
    const ProcessId dog = f.t.watchdog(Operator::trace_watchdog, p, {f.a, f.b}, f.alarm);
    const SmallGraph watched = f.graph(f.t.apply(Operator::parallel, {q, dog}, {f.a, f.b}));
    const SmallGraph p_graph = f.graph(p);
    const SmallGraph q_graph = f.graph(q);
    if (!watched.complete || !p_graph.complete || !q_graph.complete) continue;
    INFO("P = " << text_of(spec) << ", Q = " << text_of(impl));
    const bool refined = refines_in_traces(p_graph, q_graph);
    REQUIRE(f.alarmed(watched) == !refined);
    if (!refined) ++violations;
  }
  CHECK(violations > 100);
}

TEST_CASE(
    "failure_watchdog(P) under priority raises the alarm exactly for what does not refine P in the failures model") {
  std::mt19937 random(10);
  int violations = 0;
  int refinements = 0;
  for (int i = 0; i < 3000; ++i) {
    const Process spec = random_process(random, 1 + random() % 6, forms().size());
    const Process impl = random_process(random, 1 + random() % 6, forms().size());
    Fixture f;
    const ProcessId p = f.endless(spec);
    const ProcessId q = f.endless(impl);
    const ProcessId dog = f.t.watchdog(Operator::failure_watchdog, p, {f.a, f.b}, f.alarm);
    const ProcessId pair = f.t.apply(Operator::parallel, {q, dog}, {f.a, f.b});
    const SmallGraph watched = f.graph(f.t.prioritise(pair, {{f.a, f.b}, {f.alarm}}));
    const SmallGraph p_graph = f.graph(p);
    const SmallGraph q_graph = f.graph(q);
    if (!watched.complete || !p_graph.complete || !q_graph.complete || divergent(q_graph)) continue;
    INFO("P = " << text_of(spec) << ", Q = " << text_of(impl));
    const bool refined = refines_in_failures(p_graph, q_graph);
    REQUIRE(f.alarmed(watched) == !refined);
    ++(refined ? refinements : violations);
  }
  CHECK(violations > 100);
  CHECK(refinements > 100);
}

// What chase(P) settles to by the definition: the first of all moves, as long as that is a τ.
ProcessId chased_by_all_moves(Fixture& f, TermGraph& graph, ProcessId p) {
  ProcessId at = graph.resolve(p);
  for (std::size_t steps = 0; steps < 10'000; ++steps) {
    const auto moves = graph.moves(at);
    if (moves.empty() || moves.front().event != tau)
      return f.t.terms.with_operand(f.t.apply(Operator::chase, {p}), 0, at);
    at = graph.resolve(moves.front().target);
  }
  return f.t.div();
}

TEST_CASE("the moves that are wanted alone are the same, in the same order, as among all") {
  std::mt19937 random(71);
  std::size_t ways = 0;
  for (int i = 0; i < 3000; ++i) {
    const Process process = random_process(random, 1 + random() % 12, forms().size());
    Fixture f;
    INFO(text_of(process));
    TermGraph all(f.t.terms, f.t);  // each remembers what it was asked for
    TermGraph wanted(f.t.terms, f.t);
    TermGraph chase(f.t.terms, f.t);
    const ProcessId p = term_of(f.t, process);
    CHECK(chase.resolve(f.t.apply(Operator::chase, {p})) == chased_by_all_moves(f, all, p));
    const ProcessId state = all.resolve(p);
    REQUIRE(wanted.resolve(p) == state);
    const auto moves = all.moves(state);
    for (std::uint32_t event = 0; event < 6; ++event) {
      const auto e = static_cast<EventId>(event);
      std::vector<ProcessId> expected;
      for (const Move& move : moves)
        if (move.event == e) expected.push_back(all.resolve(move.target));
      std::vector<Move> found;
      wanted.moves_on(state, e, found.max_size(), found);
      std::vector<ProcessId> targets;
      for (const Move& move : found)
        if (const ProcessId target = all.resolve(move.target);
            std::find(targets.begin(), targets.end(), target) == targets.end())
          targets.push_back(target);
      std::vector<ProcessId> distinct;
      for (const ProcessId target : expected)
        if (std::find(distinct.begin(), distinct.end(), target) == distinct.end()) distinct.push_back(target);
      CHECK(targets == distinct);
      ways += distinct.size() > 1 ? 1 : 0;
    }
  }
  CHECK(ways > 300);
}

TEST_CASE("chase follows the first τ: that of the leftmost operand") {
  Fixture f;
  const auto hidden = [&f](EventId then) {
    return f.t.apply(Operator::hide, {f.t.prefix(f.alarm, f.t.prefix(then, f.t.stop()))}, {f.alarm});
  };
  const ProcessId choice =
      f.t.apply(Operator::internal_choice, {f.t.prefix(f.b, f.t.stop()), f.t.prefix(f.a, f.t.stop())});
  CHECK(strongly_bisimilar(f.graph(f.t.apply(Operator::chase, {choice})), f.graph(f.t.prefix(f.b, f.t.stop()))));
  const ProcessId slid = f.t.apply(Operator::sliding_choice, {hidden(f.a), f.t.stop()});
  CHECK(strongly_bisimilar(f.graph(f.t.apply(Operator::chase, {slid})), f.graph(f.t.stop())));
}

TEST_CASE("chase of a process that loops silently is DIV") {
  Fixture f;
  const ProcessId silent = f.t.apply(Operator::hide, {f.t.call("LOOP")}, {f.a});
  const SmallGraph chased = f.graph(f.t.apply(Operator::chase, {silent}));
  CHECK(strongly_bisimilar(chased, f.graph(f.t.div())));
  CHECK(strongly_bisimilar(f.graph(f.t.apply(Operator::deter, {silent})), f.graph(f.t.div())));
}

TEST_CASE("CHAOS(A) is refined by every process within A that does not terminate") {
  std::mt19937 random(11);
  Fixture f;
  const SmallGraph chaos = f.graph(f.t.chaos({f.a, f.b}));
  for (int i = 0; i < 500; ++i) {
    const Process process = random_process(random, 1 + random() % 9, forms().size());
    const SmallGraph graph = f.graph(f.endless(process));
    INFO(text_of(process));
    if (graph.complete) REQUIRE(refines_in_failures(chaos, graph));
  }
}
