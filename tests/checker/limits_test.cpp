// Limits inside the checker, each at its edge: what is beyond one is decided in another way, or not at all, and never
// differently.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "checker/antichain.hpp"
#include "checker/compose/composed_check.hpp"
#include "checker/compose/composer.hpp"
#include "checker/question.hpp"
#include "checker/structural/place_net.hpp"
#include "semantics/csp/compiled_network.hpp"
#include "semantics/csp/reference_system.hpp"
#include "semantics/lts_builder.hpp"
#include "semantics/network/network_system.hpp"
#include "semantics/shared_events.hpp"
#include "tests/checker/naive.hpp"
#include "tests/semantics/term_builder.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

constexpr EventId a{2};
constexpr EventId b{3};
constexpr EventId c{4};

// So many states in a circle. One step has another name than the others, so that all states differ.
class Circle final : public LocalSource {
 public:
  Circle(std::uint32_t length, EventId step) : length_(length), step_(step) {}
  std::uint32_t size() const override { return length_; }
  void moves(LocalId s, std::vector<Move>& out) override {
    const bool is_last = index(s) + 1 == length_;
    out.push_back({EventId{index(step_) + (is_last ? 1 : 0)}, LocalId{is_last ? 0 : index(s) + 1}});
  }

 private:
  std::uint32_t length_;
  EventId step_;
};

// Circles side by side.
class Circles final : public Network {
 public:
  explicit Circles(const std::vector<std::uint32_t>& lengths, std::vector<NamedPart> named = {})
      : named_(std::move(named)) {
    for (const std::uint32_t length : lengths) {
      const EventId step = names_.intern("step" + std::to_string(size()));
      names_.intern("turn" + std::to_string(size()));
      add_component(add_graph(std::make_unique<Circle>(length, step)));
    }
  }
  const EventNames& events() const override { return names_; }
  std::vector<NamedPart> named_parts() const override { return named_; }

 private:
  void on_label(std::uint32_t component, LabelId label, EventId event) override {
    const Participant who{component, label};
    add_rule(event, {&who, 1});
  }

  EventNames names_;
  std::vector<NamedPart> named_;
};

EventId as_it_is(EventId e) { return e; }

// What counts its `up`s alone, and would do so for ever; and who lets it go so far.
struct Counted {
  explicit Counted(std::uint32_t turn) {
    for (const std::string name : {"up", "back", "turn"}) t.event(name);
    define_counter(0);
    t.define("REPEAT", [this, turn] {
      ProcessId last = t.prefix(b, t.call("REPEAT"));
      for (std::uint32_t i = 0; i < turn; ++i) last = t.prefix(a, last);
      return last;
    });
    t.define("TURN", [this] { return t.prefix(c, t.call("TURN")); });
  }
  void define_counter(std::uint32_t n) {
    t.define("COUNT" + std::to_string(n), [this, n] {
      define_counter(n + 1);
      const auto next = "COUNT" + std::to_string(n + 1);
      return n == 0 ? t.prefix(a, t.call(next)) : t.menu({a, b}, {t.call(next), t.call("COUNT0")});
    });
  }
  ProcessId system(ProcessId other) {
    const ProcessId pair = t.apply(Operator::parallel, {t.call("COUNT0"), other}, {a, b});
    return t.apply(Operator::interleave, {pair, t.call("TURN")});
  }
  Verdict ask(ProcessId process, Property property, Model model, const Asking& asking) {
    ReferenceSystem implementation(t.terms, t, process);
    ReferenceSystem specified(t.terms, t, t.run({a, b, c}));
    LazyLts rows(implementation);
    LazyLts specification_rows(specified);
    std::optional<CompiledNetwork> network;
    Question question{property, model, &rows, property == Property::refinement ? &specification_rows : nullptr, {}};
    question.network = NetworkImplementation{
        [&]() -> Network& { return network.emplace(t.terms, t, process, nullptr); },
        [&](std::span<const LocalId> state) { return implementation.state(network->term(state)); }};
    Budget budget({.states_max = 100'000});
    return check(question, budget, asking);
  }

  TermBuilder t;
};

// ab or ba, again and again; after so many pairs c.
Lts pairs_of_letters(std::uint32_t pairs) {
  LtsBuilder builder;
  for (std::uint32_t i = 0; i < pairs; ++i) {
    const StateId from{3 * i};
    const StateId to{i + 1 == pairs ? 3 * i : 3 * i + 3};  // round and round at the end
    builder.add(from, {a, StateId{3 * i + 1}});
    builder.add(from, {b, StateId{3 * i + 2}});
    builder.add(StateId{3 * i + 1}, {b, to});
    builder.add(StateId{3 * i + 2}, {a, to});
    if (i + 1 == pairs) builder.add(from, {c, from});
  }
  return std::move(builder).finish(3 * pairs, StateId{0}, naive::letters(3));
}

}  // namespace

TEST_CASE("a network is taken apart up to the limits, and not beyond") {
  Budget budget;
  constexpr std::size_t enough = 1000;
  const auto composes = [&](ActionNet::Limits limits) {
    Circles network({10, 20});
    return ActionNet::of(network, as_it_is, limits, budget).has_value();
  };
  CHECK(composes({30, 4, 30}));
  CHECK_FALSE(composes({29, enough, enough}));
  CHECK_FALSE(composes({enough, 3, enough}));
  CHECK_FALSE(composes({enough, enough, 29}));
  const auto has_places = [&](PlaceNet::Limits limits) {
    Circles network({10, 20});
    return PlaceNet::of(network, budget, limits).has_value();
  };
  CHECK(has_places({20, 20, 30}));
  CHECK_FALSE(has_places({19, enough, enough}));
  CHECK_FALSE(has_places({enough, 19, enough}));
  CHECK_FALSE(has_places({enough, enough, 29}));
}

TEST_CASE("the moves of all components together are bounded, and so is the memory for them") {
  TermBuilder t;
  for (const std::string name : {"a", "b", "c"}) t.event(name);
  const ProcessId both = t.apply(Operator::parallel, {t.run({a, b, c}), t.run({a, b, c})}, {a, b, c});
  const auto taken_apart = [&](std::size_t size_max, Budget budget) {
    CompiledNetwork network(t.terms, t, both, nullptr);
    return PlaceNet::of(network, budget, {1, 3, size_max});
  };
  const auto net = taken_apart(6, Budget());
  REQUIRE(net);
  CHECK(net->places() == 2);
  CHECK(net->rules() == 3);
  CHECK_FALSE(taken_apart(5, Budget()));
  CHECK_THROWS_AS(taken_apart(6, Budget({.memory_bytes_max = 1})), LimitReached);
}

TEST_CASE("a component that is infinite by itself hides no deadlock and makes none") {
  for (const bool stops : {false, true}) {
    Counted counted(3);
    TermBuilder& t = counted.t;
    ProcessId other = stops ? t.prefix(a, t.prefix(a, t.prefix(c, t.stop()))) : t.call("REPEAT");
    const ProcessId process =
        stops ? t.apply(Operator::parallel, {t.call("COUNT0"), other}, {a, b}) : counted.system(other);
    const std::pair<Property, Model> questions[] = {{Property::deadlock_free, Model::F},
                                                    {Property::deadlock_free, Model::FD},
                                                    {Property::divergence_free, Model::FD},
                                                    {Property::refinement, Model::T},
                                                    {Property::refinement, Model::F}};
    for (const auto& [property, model] : questions) {
      INFO(stops << ", property " << static_cast<int>(property) << " in " << name(model));
      Asking asking;
      asking.engine = Engine::system;
      const Verdict expected = counted.ask(process, property, model, asking);
      REQUIRE(expected.outcome != Outcome::inconclusive);
      asking.engine = Engine::network;
      for (const bool compose : {false, true}) {
        asking.compose = compose;
        CHECK(counted.ask(process, property, model, asking).outcome == expected.outcome);
      }
      if (property != Property::deadlock_free) continue;
      asking.prove = Prove::structural;  // there are too many places
      const Verdict proved = counted.ask(process, property, model, asking);
      CHECK(proved.outcome == Outcome::inconclusive);
      CHECK(proved.evidence.empty());
    }
  }
}

// In a network that is chased, any of twelve facts may be learnt: 4,096 local states, each reached by a search of its own.
TEST_CASE("of a chased network no more local states are built for its own sake than alone_max() says") {
  for (const bool is_small : {true, false}) {
    TermBuilder t;
    std::vector<EventId> facts;
    std::vector<ProcessId> learning;
    for (int i = 0; i < (is_small ? 5 : 12); ++i) {
      facts.push_back(t.event("learn." + std::to_string(i)));
      learning.push_back(t.prefix(facts.back(), t.run({facts.back()})));
    }
    const ProcessId chased = t.apply(Operator::chase, {t.apply(Operator::interleave, learning)});
    t.define("TEACHER", [&] { return t.prefix(facts.front(), t.call("TEACHER")); });
    const ProcessId whole = t.apply(Operator::parallel, {chased, t.call("TEACHER")}, facts);
    const std::size_t most = CompiledNetwork::chased_alone_max + facts.size();  // those that the last row leads to
    const auto alone = [&](const CompiledNetwork& network) { return std::size_t{network.graph(0).size()}; };

    CompiledNetwork taken_apart(t.terms, t, whole, nullptr);
    REQUIRE(taken_apart.alone_max(0) == CompiledNetwork::chased_alone_max);
    REQUIRE(taken_apart.alone_max(1) > most);
    Budget budget;
    CHECK(PlaceNet::of(taken_apart, budget, PlaceNet::Limits{}).has_value() == is_small);
    CHECK(alone(taken_apart) <= most);
    CHECK((alone(taken_apart) == 32) == is_small);

    for (const Property property : {Property::deadlock_free, Property::divergence_free, Property::refinement}) {
      ReferenceSystem reference(t.terms, t, whole);
      ReferenceSystem teacher(t.terms, t, t.call("TEACHER"));
      LazyLts rows(reference);
      LazyLts specification(teacher);
      std::optional<CompiledNetwork> network;
      Question question{property, property == Property::refinement ? Model::T : Model::FD, &rows, nullptr, {}};
      if (property == Property::refinement) question.specification = &specification;
      question.network =
          NetworkImplementation{[&]() -> Network& { return network.emplace(t.terms, t, whole, nullptr); },
                                [&](std::span<const LocalId> state) { return reference.state(network->term(state)); }};
      Asking asking;
      asking.engine = Engine::network;
      CHECK(check(question, budget, asking).outcome == Outcome::holds);
      REQUIRE(network.has_value());
      CHECK(alone(*network) <= most);
    }
  }
}

TEST_CASE("what resists a compression is not composed further from 8,192 states on, and the verdict is the same") {
  Budget budget;
  for (const std::uint32_t length : {4095U, 4096U}) {
    const bool is_large = 2 * length >= 8192;
    const std::vector<NamedPart> named{{NamedCompression::delay, {0, 1}}, {NamedCompression::delay, {0, 1, 2}}};
    Circles network({length, 2, 2, 2}, named);
    auto net = ActionNet::of(network, as_it_is, {}, budget);
    REQUIRE(net);
    Composer composer(std::move(*net), Observed::failures_divergences, budget);
    composer.begin(Compression::none);
    composer.compose_named(network.named_parts());
    CHECK(composer.net().present().size() == (is_large ? 3 : 2));

    Circles searched({length, 2, 2, 2}, named);
    NetworkSystem system(searched);
    LazyLts rows(system);
    LtsBuilder anything;
    for (std::uint32_t e = 2; e < searched.events().size(); ++e) anything.add(StateId{0}, {EventId{e}, StateId{0}});
    anything.add(StateId{0}, {tau, StateId{1}});
    const Lts chaos = std::move(anything).finish(2, StateId{0}, searched.events());
    LazyLts specification(chaos);
    std::optional<Circles> composed;
    Question question{Property::refinement, Model::F, &rows, &specification, {}};
    question.network =
        NetworkImplementation{[&]() -> Network& {
                                return composed.emplace(std::vector<std::uint32_t>{length, 2, 2, 2}, named);
                              },
                              {}};
    Asking asking;
    asking.engine = Engine::network;
    CHECK(check(question, budget, asking).outcome == Outcome::holds);
  }
}

TEST_CASE("a normal form whose nodes have many states is given up") {
  // A chain by a, along which so many states stay; each of them alone can go back to its own place in the chain.
  constexpr std::uint32_t chain = 400;
  Budget budget;
  const auto system = [&](std::uint32_t staying) {
    LtsBuilder builder;
    for (std::uint32_t i = 0; i + 1 < chain; ++i) builder.add(StateId{i}, {a, StateId{i + 1}});
    for (std::uint32_t i = 0; i < staying; ++i) {
      builder.add(StateId{0}, {a, StateId{chain + i}});
      builder.add(StateId{chain + i}, {a, StateId{chain + i}});
    }
    return std::move(builder).finish(chain + staying, StateId{0}, naive::letters(1));
  };
  // `staying` + 1 members each, and 16 times the states and transitions.
  const auto exceeds = [&](std::uint32_t staying) {
    const std::uint64_t weight = chain + staying + (chain - 1) + 2 * staying;
    const std::uint64_t members = 1 + std::uint64_t{chain - 1} * (staying + 1) + staying;  // and the node at the end
    return members > 16 * weight;
  };
  std::uint32_t most = 1;
  while (!exceeds(most + 1)) ++most;
  const Lts fits = system(most);
  const auto form = normal_form_of(fits, Observed::traces, budget);
  REQUIRE(form);
  CHECK(form->state_count() == chain + 1);
  CHECK_FALSE(normal_form_of(system(most + 1), Observed::traces, budget));
}

TEST_CASE("an antichain forgets sets beyond its limit, and covers nothing without reason") {
  const Lts lts = naive::letter_before(12);
  LazyLts rows(lts);
  Budget budget;
  NormalForm form(rows, budget);
  for (std::uint32_t n = 0; n < form.size(); ++n)
    for (std::size_t i = 0; i < form.initials(NodeId{n}).size(); ++i) form.after(NodeId{n}, i);
  const auto members = [&](std::uint32_t n) {
    const auto all = form.members(NodeId{n});
    return std::set<StateId>(all.begin(), all.end());
  };
  Antichain antichain(form);
  std::vector<std::uint32_t> added;  // six letters and the beginning: none contains another one
  for (std::uint32_t n = 0; n < form.size(); ++n)
    if (members(n).size() == 7 && added.size() < Antichain::list_max + 40) {
      antichain.add({NodeId{n}, StateId{0}});
      added.push_back(n);
    }
  REQUIRE(added.size() == Antichain::list_max + 40);
  std::size_t kept = 0;
  for (const std::uint32_t n : added) kept += antichain.covers({NodeId{n}, StateId{0}}) ? 1 : 0;
  CHECK(kept == Antichain::list_max);
  for (std::uint32_t n = 0; n < form.size(); ++n) {
    const auto all = members(n);
    const bool is_justified = std::ranges::any_of(added, [&](std::uint32_t less) {
      const auto few = members(less);
      return std::ranges::includes(all, few);
    });
    if (antichain.covers({NodeId{n}, StateId{0}})) CHECK(is_justified);
  }
}

TEST_CASE("more sets than an antichain keeps: verdicts and evidence are the same") {
  const auto ask = [](std::uint32_t pairs, Model model, Pruning pruning) {
    const Lts specification = naive::letter_before(20);
    const Lts implementation = pairs_of_letters(pairs);
    EventNames names;
    SharedEvents shared_specification(specification, names);
    SharedEvents shared_implementation(implementation, names);
    LazyLts left(shared_implementation);
    LazyLts right(shared_specification);
    Budget budget({.states_max = 1'000'000});
    Asking asking;
    asking.pruning = pruning;
    return check({Property::refinement, model, &left, &right, {}}, budget, asking);
  };
  for (const Model model : {Model::T, Model::F, Model::FD}) {
    const Verdict all = ask(11, model, Pruning::automatic);
    const Verdict pruned = ask(11, model, Pruning::always);
    REQUIRE(all.outcome == Outcome::fails);
    REQUIRE(pruned.outcome == Outcome::fails);
    CHECK(pruned.evidence.front().path.size() == all.evidence.front().path.size());
  }
}

TEST_CASE("where the trial sees few states because they are wide, it lasts longer; where it sees many, it does not") {
  // Rings side by side: one, whose states offer much that nobody takes part in; or three, with 64,000 states together.
  const auto networks_made = [](std::uint32_t rings, std::uint32_t length, std::uint32_t width) {
    TermBuilder t;
    const EventId step = t.event("step");
    std::vector<EventId> offered{step};
    for (std::uint32_t i = 0; i < width; ++i) offered.push_back(t.event("offered" + std::to_string(i)));
    for (std::uint32_t i = 0; i < length; ++i)
      t.define("AT" + std::to_string(i), [&, i] {
        std::vector<ProcessId> after(offered.size(), t.stop());
        after.front() = t.call("AT" + std::to_string((i + 1) % length));
        return t.menu(offered, after);
      });
    t.define("STEP", [&] { return t.prefix(step, t.call("STEP")); });
    const ProcessId ring = t.apply(Operator::parallel, {t.call("AT0"), t.call("STEP")}, offered);
    const ProcessId whole = t.apply(Operator::interleave, std::vector<ProcessId>(rings, ring));
    Budget budget;
    ReferenceSystem system(t.terms, t, whole);
    system.set_budget(&budget);
    LazyLts rows(system);
    std::optional<CompiledNetwork> network;
    std::uint32_t made = 0;
    Question question{Property::divergence_free, Model::FD, &rows, nullptr, {}};
    question.network =
        NetworkImplementation{[&]() -> Network& { return ++made, network.emplace(t.terms, t, whole, nullptr); },
                              [&](std::span<const LocalId> state) { return system.state(network->term(state)); }};
    Asking asking;
    asking.prove = Prove::search;
    const Verdict verdict = check(question, budget, asking);
    CHECK(verdict.outcome == Outcome::holds);
    return made;
  };
  CHECK(networks_made(1, 100, 2000) == 1);  // to see how many components there are
  CHECK(networks_made(3, 40, 2) > 1);
}
