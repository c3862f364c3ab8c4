// The compiled network against the reference engine: the same terms as states, the same transitions, for processes made
// at random from every operator and for the shapes that compilation treats specially.
#include <catch2/catch.hpp>
#include <set>

#include "semantics/csp/exploration.hpp"
#include "semantics/lazy_lts.hpp"
#include "semantics/network/firing.hpp"
#include "tests/semantics/network_difference.hpp"
#include "tests/semantics/process_syntax.hpp"
#include "tests/semantics/random_priority.hpp"
#include "tests/semantics/small_graph.hpp"

using namespace tryst;
using namespace tryst::csp;

TEST_CASE("random processes: the network has the states and transitions of the reference engine") {
  std::mt19937 random(20'240'607);
  const auto fails = [](const Process& process) {
    TermBuilder t;
    declare(t);
    return !difference(t, term_of(t, process)).empty();
  };
  for (int round = 0; round < 6000; ++round) {
    const Process process = random_process(random, 2 + random() % 14, forms().size());
    if (!fails(process)) continue;
    const Process small = shrunk(process, fails);
    TermBuilder t;
    declare(t);
    FAIL(text_of(small) << ": " << difference(t, term_of(t, small)));
  }
}

namespace {

using Locals = std::vector<LocalId>;

// The transitions of a global state, in no order. Rows are built as they are missed.
std::multiset<std::pair<EventId, Locals>> moves_of(Network& network, Firing& firing, const Locals& locals) {
  Fired fired;
  std::vector<std::uint64_t> state;
  for (;;) {
    state.assign(firing.packing().words(), 0);
    for (std::size_t c = 0; c < locals.size(); ++c) {
      const Packing::Field& field = firing.packing().field(c + 1);
      state[field.word] |= field.placed(locals[c]);
    }
    if (firing.fire(state.data(), fired)) break;
    std::vector<LocalState> missing;
    firing.missing(state.data(), missing);
    firing.expand(missing);
  }
  std::multiset<std::pair<EventId, Locals>> moves;
  for (std::size_t i = 0; i < fired.count; ++i) {
    Locals target;
    firing.unpack(fired.targets.data() + i * firing.packing().words(), target);
    moves.emplace(network.rules()[index(fired.rules[i])].event, std::move(target));
  }
  return moves;
}

}  // namespace

// With lists from the first rule on, or from the fourth, when tables that are there have to be turned into lists.
TEST_CASE("random networks have the same transitions whether their rules are found by masks or by lists") {
  std::mt19937 random(29);
  std::size_t compared = 0;
  for (int round = 0; round < 1500; ++round) {
    TermBuilder t;
    declare(t);
    const std::vector<ProcessId> components = random_components(t, random, 3, 7);
    ProcessId whole = t.apply(Operator::parallel, components, {EventId{2}});
    if (random() % 3 == 0) whole = t.apply(Operator::sequential, {whole, components.front()});
    if (random() % 3 == 0) whole = with_priority(t, whole, random);
    CompiledNetwork one(t.terms, t, whole, nullptr);
    CompiledNetwork other(t.terms, t, whole, nullptr);
    Firing by_masks(one);
    Firing by_lists(other, random() % 2 == 0 ? 0 : 3);
    std::set<Locals> met;
    std::vector<Locals> open{Locals(one.size())};
    for (std::size_t i = 0; i < open.size() && i < 60; ++i) {
      const Locals locals = open[i];
      const auto moves = moves_of(one, by_masks, locals);
      INFO("round " << round);
      REQUIRE(moves_of(other, by_lists, locals) == moves);
      compared += moves.size();
      for (const auto& [event, target] : moves)
        if (met.insert(target).second) open.push_back(target);
    }
  }
  CHECK(compared > 10'000);
}

TEST_CASE("networks that grow: many components, nondeterminism, words that fill up") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    TermBuilder t;
    declare(t);
    const std::vector<ProcessId> components = random_components(t, random, 5, 7);
    ProcessId whole = t.apply(Operator::parallel, components, {EventId{2}});
    if (random() % 2 == 0) whole = t.apply(Operator::hide, {whole}, {EventId{3}});
    if (random() % 2 == 0) whole = t.apply(Operator::interleave, {whole, components.front()});
    INFO(round);
    CHECK(difference(t, whole, 400) == "");
  }
}

TEST_CASE("random networks with priority around them have the states and transitions of the reference engine") {
  std::mt19937 random(71);
  std::size_t layered = 0;
  for (int round = 0; round < 4000; ++round) {
    TermBuilder t;
    declare(t);
    const std::vector<ProcessId> components = random_components(t, random, 2, 8);
    ProcessId whole = random() % 3 == 0 ? t.apply(Operator::interleave, components)
                                        : t.apply(Operator::parallel, components, {EventId{2}});
    whole = with_priority(t, whole, random);
    if (random() % 4 == 0) whole = t.apply(Operator::interleave, {whole, components.front()});  // then it stays inside
    INFO(round);
    REQUIRE(difference(t, whole, 400) == "");
    CompiledNetwork network(t.terms, t, whole, nullptr);
    layered += network.layers().empty() ? 0 : 1;
    REQUIRE(CompiledNetwork(t.terms, t, whole, nullptr, CompiledNetwork::Around::rules).layers().empty());
  }
  CHECK(layered > 1500);
}

// chase around parallel operators, hiding and renaming of all kinds is a network inside the network: it must follow the
// same first τ as the rules, from every state.
TEST_CASE("random networks with chase inside have the states and transitions of the reference engine") {
  constexpr EventId a{2};
  constexpr EventId b{3};
  std::mt19937 random(72);
  const auto some = [&random](TermBuilder& t, std::size_t size) {
    return term_of(t, random_process(random, 1 + random() % size, forms().size()));
  };
  const auto composed = [&](TermBuilder& t, ProcessId p, ProcessId q) {
    switch (random() % 4) {
      case 0: return t.apply(Operator::interleave, {p, q});
      case 1: return t.apply(Operator::parallel, {p, q}, {random() % 2 == 0 ? a : b});
      case 2: return t.alphabetised({p, q}, {{a, b}, {b, EventId{4}}});
      default: return t.link(p, q, {{a, b}, {b, b}});
    }
  };
  const auto turned = [&](TermBuilder& t, ProcessId p) {
    switch (random() % 4) {
      case 0: return t.apply(Operator::hide, {p}, {a, b});
      case 1: return t.apply(Operator::hide, {p}, {random() % 2 == 0 ? a : b});
      case 2: return t.apply(Operator::hide, {t.rename(p, {{a, b}, {a, EventId{4}}, {b, a}})}, {b, EventId{4}});
      default: return p;
    }
  };
  std::size_t networks = 0;
  for (int round = 0; round < 4000; ++round) {
    TermBuilder t;
    declare(t);
    ProcessId inner = turned(t, composed(t, some(t, 7), some(t, 7)));
    if (random() % 2 == 0) inner = turned(t, composed(t, inner, some(t, 5)));
    ProcessId whole = t.apply(Operator::chase, {inner});
    if (random() % 3 != 0) whole = turned(t, composed(t, turned(t, whole), some(t, 4)));
    if (random() % 3 == 0) whole = t.apply(Operator::chase, {turned(t, composed(t, some(t, 3), whole))});
    INFO(round);
    REQUIRE(difference(t, whole, 300) == "");
    networks += CompiledNetwork(t.terms, t, whole, nullptr).is_composed() ? 1 : 0;
  }
  CHECK(networks > 2000);
}

// As an intruder does: what is heard is drawn conclusions from, and their order must not make states.
TEST_CASE("a chase of many steps adds no states") {
  TermBuilder t;
  constexpr int facts = 40;
  std::vector<EventId> infer;
  for (int i = 0; i < facts; ++i) infer.push_back(t.event("infer." + std::to_string(i)));
  const EventId hear = t.event("hear");
  std::vector<ProcessId> knowledge;
  for (int i = 0; i < facts; ++i) {
    const std::string number = std::to_string(i);
    const EventId learn = i == 0 ? hear : infer[static_cast<std::size_t>(i) - 1];
    const EventId use = infer[static_cast<std::size_t>(i)];
    const EventId say = t.event("say." + number);
    t.define("KNOWS." + number, [&t, number, use, say] {
      const ProcessId again = t.call("KNOWS." + number);
      return number == std::to_string(facts - 1) ? t.prefix(say, again) : t.menu({use, say}, {again, again});
    });
    knowledge.push_back(t.prefix(learn, t.call("KNOWS." + number)));
  }
  std::vector<TermBuilder::Events> alphabets;
  for (int i = 0; i < facts; ++i)
    alphabets.push_back({i == 0 ? hear : infer[static_cast<std::size_t>(i) - 1], infer[static_cast<std::size_t>(i)],
                         t.event("say." + std::to_string(i))});
  const ProcessId all = t.apply(Operator::hide, {t.alphabetised(knowledge, alphabets)}, infer);
  const ProcessId chased = t.apply(Operator::chase, {all});
  CHECK(difference(t, chased) == "");
  CompiledNetwork network(t.terms, t, chased, nullptr);
  NetworkSystem system(network);
  std::vector<Transition> row;
  for (std::uint32_t s = 0; s < system.size(); ++s) system.successors(static_cast<StateId>(s), row);
  CHECK(system.size() == 2);  // nothing is known, or everything
}

TEST_CASE("a component that outgrows its field is packed anew") {
  TermBuilder t;
  const EventId up = t.event("up");
  const EventId reset = t.event("reset");
  ProcessId chain = t.prefix(reset, t.stop());
  for (int i = 0; i < 300; ++i) chain = t.prefix(up, chain);
  std::vector<ProcessId> many(12, chain);
  CHECK(difference(t, t.apply(Operator::parallel, many, {up}), 600) == "");
  CHECK(difference(t, t.apply(Operator::interleave, {chain, chain}), 2000) == "");
}

TEST_CASE("many rules are found by lists") {
  TermBuilder t;
  std::vector<EventId> events;
  for (int i = 0; i < 1500; ++i) events.push_back(t.event("c." + std::to_string(i)));
  t.define("ANY", [&] { return t.run(events); });
  std::vector<ProcessId> branches;
  for (std::size_t i = 0; i < events.size(); i += 3) branches.push_back(t.prefix(events[i], t.call("ANY")));
  const ProcessId menu = t.apply(Operator::external_choice, branches);
  const ProcessId both = t.apply(Operator::parallel, {menu, t.call("ANY")}, events);
  CHECK(difference(t, both, 50) == "");
  CHECK(difference(t, t.apply(Operator::interleave, {both, t.prefix(events[1], t.skip())}), 50) == "");
}

// Priority by masks of several words, and by lists.
TEST_CASE("priority over many rules") {
  for (const std::size_t count : {90, 400, 1500}) {
    TermBuilder t;
    std::vector<EventId> events;
    for (std::size_t i = 0; i < count; ++i) events.push_back(t.event("c." + std::to_string(i)));
    t.define("ANY", [&] { return t.run(events); });
    std::vector<ProcessId> branches;
    std::vector<EventId> highest;
    std::vector<EventId> middle;
    TermBuilder::Pairs above;
    for (std::size_t i = 0; i < count; i += 3) {
      branches.push_back(t.prefix(events[i], i % 2 == 0 ? t.prefix(events[i + 1], t.skip()) : t.call("ANY")));
      (i % 5 == 0 ? highest : middle).push_back(events[i + i % 2]);
      if (i >= 3) above.emplace_back(events[i - 3], events[i]);
    }
    const ProcessId menu = t.apply(Operator::external_choice, branches);
    const ProcessId both = t.apply(Operator::parallel, {menu, t.call("ANY")}, {events[0], events[5]});
    INFO(count);
    CHECK(difference(t, t.prioritise(both, {highest, middle}), 20) == "");
    CHECK(difference(t, t.prioritise(t.prioritise_po(both, events, above, {events[0]}), {{}, middle, highest}), 20) ==
          "");
  }
}

TEST_CASE("exploring by the network gives the sizes that exploring by the rules gives") {
  TermBuilder t;
  TermBuilder::Processes cycles;
  for (const std::string name : {"a", "b", "c", "d", "e", "f", "g", "h", "i"}) {
    const EventId step = t.event(name);
    t.define(name,
             [&t, step, name] { return t.prefix(step, t.prefix(t.event("sync"), t.prefix(step, t.call(name)))); });
    cycles.push_back(t.call(name));
  }
  const ProcessId pairs = t.apply(Operator::parallel, {cycles[0], cycles[1]}, {t.event("sync")});
  TermBuilder::Processes operands(cycles.begin() + 2, cycles.end());
  operands.push_back(t.apply(Operator::hide, {pairs}, {t.event("a")}));
  const ProcessId whole = t.apply(Operator::interleave, operands);
  ReferenceSystem reference(t.terms, t, whole);
  Budget budget;
  const Lts by_rules = explore(reference, budget);
  Budget other_budget;
  const Lts found = explore_process(reference, t.terms, t, whole, other_budget);
  CHECK(by_rules.transition_count() > 100'000);  // more than a trial
  CHECK(found.state_count() == by_rules.state_count());
  CHECK(found.transition_count() == by_rules.transition_count());
  CHECK(other_budget.progress().states == found.state_count());
}
