// Composed and compressed networks against the search on the rules: the same verdicts, whatever compressions a process
// names and wherever; evidence is replayed where it is made. And the compressions by themselves: what they keep is
// compared by the relations of checker/equivalence.hpp.
#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "checker/comparison.hpp"
#include "checker/compose/composed_check.hpp"
#include "checker/compose/composed_lts.hpp"
#include "checker/compose/composed_pairs.hpp"
#include "checker/compose/composer.hpp"
#include "checker/compose/compression.hpp"
#include "checker/compose/lasso.hpp"
#include "frontend/csp/builtin.hpp"
#include "semantics/csp/compiled_network.hpp"
#include "semantics/csp/reference_system.hpp"
#include "semantics/lts_writer.hpp"
#include "tests/checker/naive.hpp"
#include "tests/semantics/process_syntax.hpp"
#include "tests/semantics/random_priority.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

constexpr EventId a{2};
constexpr EventId b{3};

constexpr Builtin compressions[] = {Builtin::sbisim,         Builtin::wbisim,    Builtin::dbisim,
                                    Builtin::normal,         Builtin::diamond,   Builtin::tau_loop_factor,
                                    Builtin::model_compress, Builtin::explicate, Builtin::lazyenumerate};

// Static operators over sequential processes, and networks behind an event or before `;`, with compressions anywhere;
// perhaps with priority around everything.
struct Shape {
  std::size_t form = 0;  // 0: a process
  Process process{};
  std::vector<Shape> operands{};
  std::optional<Builtin> compression{};
  std::optional<std::uint32_t> priority{};  // a seed
};

constexpr std::size_t shape_forms = 16;

Shape random_shape(std::mt19937& random, std::size_t depth) {
  Shape shape;
  shape.form = depth == 0 ? 0 : 1 + random() % (shape_forms - 1);
  if (random() % 2 == 0) shape.compression = compressions[random() % std::size(compressions)];
  if (shape.form == 0) {
    shape.process = random_process(random, 1 + random() % 7, forms().size());
    return shape;
  }
  const std::size_t operands = shape.form < 6 ? 2 + random() % 2 : shape.form < 8 ? 2 : 1;
  for (std::size_t i = 0; i < operands; ++i)
    shape.operands.push_back(random_shape(random, depth - 1 - random() % depth));
  return shape;
}

ProcessId term_of(TermBuilder& t, const Shape& shape) {
  std::vector<ProcessId> p;
  for (const Shape& operand : shape.operands) p.push_back(term_of(t, operand));
  const auto term = [&] {
    switch (shape.form) {
      case 0: return tryst::csp::term_of(t, shape.process);
      case 1: return t.apply(Operator::interleave, p);
      case 2: return t.apply(Operator::parallel, p, {a});
      case 3: return t.apply(Operator::parallel, p, {a, b});
      case 4: return t.alphabetised(p, std::vector<std::vector<EventId>>(p.size(), {a, b}));
      case 5: return t.apply(Operator::parallel, p, {b});
      case 6: return t.link(p[0], p[1], {{a, b}});
      case 7: return t.link(p[0], p[1], {{a, a}});
      case 8: return t.apply(Operator::hide, p, {a});
      case 9: return t.apply(Operator::hide, p, {b});
      case 10: return t.rename(p[0], {{a, b}, {b, a}});
      case 11: return t.rename(p[0], {{a, a}, {a, b}});
      case 12: return t.prefix(b, p[0]);
      case 13: return t.apply(Operator::exception, {p[0], t.prefix(b, t.skip())}, {a});
      case 14: return t.apply(Operator::interrupt, {p[0], t.prefix(b, t.prefix(a, t.skip()))});
      default: return t.apply(Operator::sequential, {p[0], t.prefix(b, t.skip())});
    }
  }();
  ProcessId whole = term;
  if (shape.compression) {
    Term compressed{.op = Operator::compressed, .payload = static_cast<std::uint32_t>(*shape.compression)};
    compressed.operands = {term};
    whole = t.term(std::move(compressed));
  }
  if (!shape.priority) return whole;
  std::mt19937 random(*shape.priority);
  return with_priority(t, whole, random);
}

std::string text_of(const Shape& shape) {
  std::string text = shape.form == 0 ? tryst::csp::text_of(shape.process) : std::to_string(shape.form) + "(";
  for (const Shape& operand : shape.operands) text += text_of(operand) + ", ";
  if (shape.form != 0) text += ")";
  if (shape.compression) text = "c" + std::to_string(static_cast<int>(*shape.compression)) + "{" + text + "}";
  return shape.priority ? "priority " + std::to_string(*shape.priority) + " around " + text : text;
}

struct Asked {
  Property property;
  Model model;
};

constexpr Asked questions[] = {
    {Property::refinement, Model::T},    {Property::refinement, Model::F},     {Property::refinement, Model::FD},
    {Property::deadlock_free, Model::F}, {Property::deadlock_free, Model::FD}, {Property::divergence_free, Model::FD},
};

// Those that the pair search answers, with named compressions as far as all of them respect it.
constexpr Asked other_questions[] = {
    {Property::deterministic, Model::F}, {Property::deterministic, Model::FD}, {Property::refinement, Model::V},
    {Property::refinement, Model::VD},   {Property::refinement, Model::R},     {Property::refinement, Model::RD},
    {Property::has_trace, Model::T},
};

struct Answers {
  Verdict expected;
  std::optional<Verdict> named;      // composed, where something is gained
  std::optional<Verdict> automatic;  // the same, of everything that is worth it
  Verdict network;                   // whatever the network's engine does
};

Verdict on_system(const Question& question, Budget& budget, const Asking& asking) {
  Asking once = asking;
  once.engine = Engine::system;
  return check(question, budget, once);
}

Answers answers(const Shape& specification_shape, const Shape& shape, Asked asked) {
  TermBuilder t;
  declare(t);
  const ProcessId process = term_of(t, shape);
  ReferenceSystem implementation(t.terms, t, process);
  const ProcessId specification_term = term_of(t, specification_shape);
  ReferenceSystem specification(t.terms, t, specification_term);
  std::optional<CompiledNetwork> network;
  LazyLts rows(implementation);
  LazyLts specification_rows(specification);
  Question question{asked.property, asked.model, &rows, nullptr, {}};
  if (asked.property == Property::refinement) question.specification = &specification_rows;
  if (asked.property == Property::has_trace) question.trace = {a, b};
  question.network =
      NetworkImplementation{[&]() -> Network& { return network.emplace(t.terms, t, process, nullptr); },
                            [&](std::span<const LocalId> state) { return implementation.state(network->term(state)); }};
  std::optional<CompiledNetwork> specification_network;
  question.specification_network = [&]() -> Network& {
    return specification_network.emplace(t.terms, t, specification_term, nullptr);
  };
  Budget budget({.states_max = 100'000});
  Answers result{};
  Asking asking;
  asking.engine = Engine::system;
  result.expected = check(question, budget, asking);
  if (result.expected.outcome == Outcome::inconclusive) return result;
  asking.engine = Engine::network;
  if (!std::ranges::any_of(questions,
                           [&](Asked q) { return q.property == asked.property && q.model == asked.model; })) {
    result.named = check_composed_pairs(question, budget, asking, on_system);
    asking.compose = shape.operands.size() == 2;
    result.network = check(question, budget, asking);
    return result;
  }
  result.named = check_composed(question, budget, asking);
  asking.compose = true;
  asking.reduction = false;  // with stubborn sets, deadlocks are not worth it
  result.automatic = check_composed(question, budget, asking);
  asking.reduction = true;
  result.network = check(question, budget, asking);
  return result;
}

}  // namespace

TEST_CASE("random networks: compressions change no verdict, below priority or not") {
  const bool priority = GENERATE(false, true);
  std::mt19937 random(71);
  std::size_t composed[3] = {};  // by outcome
  std::size_t divergences = 0;
  for (int round = 0; round < 2500; ++round) {
    Shape shape = random_shape(random, 1 + random() % 3);
    if (priority) shape.priority = random();
    const Shape specification = random_shape(random, random() % 3);
    for (const Asked asked : questions) {
      const Answers found = answers(specification, shape, asked);
      if (found.expected.outcome == Outcome::inconclusive) continue;
      INFO("property " << static_cast<int>(asked.property) << " in " << name(asked.model) << ": "
                       << text_of(specification) << " against " << text_of(shape));
      for (const auto* each : {&found.named, &found.automatic}) {
        if (!*each) continue;
        REQUIRE((*each)->outcome == found.expected.outcome);
        ++composed[static_cast<std::size_t>((*each)->outcome)];
        if ((*each)->outcome != Outcome::fails) continue;
        REQUIRE((*each)->evidence.size() == 1);
        divergences += (*each)->evidence.front().kind == EvidenceKind::divergence ? 1 : 0;
      }
      if (found.network.outcome == Outcome::inconclusive) continue;  // it does not stop at a divergence as early
      REQUIRE(found.network.outcome == found.expected.outcome);
      if (found.expected.outcome == Outcome::fails && found.network.is_shortest)
        CHECK(found.network.evidence.front().path.size() == found.expected.evidence.front().path.size());
    }
  }
  CHECK(composed[static_cast<std::size_t>(Outcome::holds)] > 5000);
  CHECK(composed[static_cast<std::size_t>(Outcome::fails)] > 8800);  // fewer if evidence is lost on its way
  CHECK(divergences > 3000);
}

TEST_CASE("random networks: compressions change no verdict of the other questions either") {
  const bool priority = GENERATE(false, true);
  std::mt19937 random(76);
  std::size_t composed = 0;
  for (int round = 0; round < 1500; ++round) {
    Shape shape = random_shape(random, 1 + random() % 3);
    if (priority) shape.priority = random();
    const Shape specification = random_shape(random, random() % 2);
    for (const Asked asked : other_questions) {
      const Answers found = answers(specification, shape, asked);
      if (found.expected.outcome == Outcome::inconclusive || found.network.outcome == Outcome::inconclusive) continue;
      INFO("property " << static_cast<int>(asked.property) << " in " << name(asked.model) << ": "
                       << text_of(specification) << " against " << text_of(shape));
      REQUIRE(found.network.outcome == found.expected.outcome);
      REQUIRE((!found.named || found.expected.outcome == Outcome::holds));
      composed += found.named ? 1 : 0;
      if (found.expected.outcome == Outcome::fails && asked.property != Property::deterministic)
        CHECK(found.network.evidence.front().path.size() == found.expected.evidence.front().path.size());
    }
  }
  CHECK(composed > 500);
}

// What a network is replaced by where two systems are compared or a smallest one is looked for.
TEST_CASE("random networks: composed up to each relation they stay related, and their smallest systems the same") {
  std::mt19937 random(79);
  std::size_t composed[16] = {};  // by relation
  for (int round = 0; round < 700; ++round) {
    Shape shape = random_shape(random, 1 + random() % 3);
    if (round % 3 == 0) shape.priority = random();
    TermBuilder t;
    declare(t);
    const ProcessId process = term_of(t, shape);
    ReferenceSystem reference(t.terms, t, process);
    Budget budget;
    const auto whole = budget.within(20'000, [&] { return explore(reference, budget); });
    if (!whole) continue;
    for (const Relation relation : all_relations()) {
      CompiledNetwork network(t.terms, t, process, nullptr);
      const auto small = composed_lts(network, relation, budget);
      if (!small) continue;
      INFO(name(relation) << ": " << text_of(shape));
      ++composed[static_cast<std::size_t>(relation)];
      REQUIRE(compare(*whole, *small, relation, budget).outcome == Outcome::holds);
      const auto least = [&](const Lts& lts) {
        std::ostringstream out;
        write_lts(minimise(Lts(lts), relation, budget), LtsFormat::aut, {}, out);
        return out.str();
      };
      CHECK(least(*whole) == least(*small));
    }
  }
  for (const Relation relation : all_relations()) CHECK(composed[static_cast<std::size_t>(relation)] > 200);
}

// How many states the parts have that are left of ten workers, each of three states.
std::vector<std::uint32_t> sizes_composed(bool equal) {
  constexpr std::uint32_t workers = 10;
  TermBuilder t;
  std::vector<ProcessId> crew;
  for (std::uint32_t i = 0; i < workers; ++i) {
    const std::string name = equal ? "W" : "W" + std::to_string(i);
    const auto event = [&](const char* kind) { return t.event(equal ? kind : kind + name); };
    t.define(name, [&t, name, first = event("first"), second = event("second"), third = event("third")] {
      return t.prefix(first, t.prefix(second, t.prefix(third, t.call(name))));
    });
    crew.push_back(t.call(name));
  }
  CompiledNetwork network(t.terms, t, t.apply(Operator::interleave, crew), nullptr);
  Budget budget;
  auto net = ActionNet::of(
      network, [](EventId e) { return e; }, {}, budget);
  Composer composer(std::move(*net), Observed::failures_divergences, budget);
  composer.begin(Compression::branching);
  composer.compose_automatically();
  std::vector<std::uint32_t> sizes;
  for (const PartId p : composer.net().present()) sizes.push_back(composer.net().part(p).state_count());
  std::ranges::sort(sizes);
  return sizes;
}

TEST_CASE("of equal components only how many are where is kept") {
  CHECK(sizes_composed(true) == std::vector<std::uint32_t>{3, 55});  // of nine workers, C(9 + 2, 2)
  CHECK(sizes_composed(false) == std::vector<std::uint32_t>(10, 3));
}

TEST_CASE("compressions keep what the models observe") {
  constexpr Compression all[] = {Compression::none,   Compression::strong,    Compression::branching,
                                 Compression::weak,   Compression::tau_loops, Compression::diamond,
                                 Compression::normal, Compression::best};
  Budget budget;
  std::size_t saved = 0;
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const Lts lts = naive::random_system(seed, static_cast<std::uint32_t>(3 + seed % 12), seed % 2 == 0 ? 2 : 3,
                                         1.5 + 0.1 * double(seed % 10), 0.15 * double(1 + seed % 4), false);
    for (const Compression how : all)
      for (const Observed observed : {Observed::traces, Observed::failures_divergences}) {
        INFO("seed " << seed << ", compression " << static_cast<int>(how));
        const Lts least = compressed(lts, how, observed, budget);
        least.check();
        CHECK(least.initial() == StateId{0});
        CHECK(least.state_count() <= lts.state_count());
        saved += lts.state_count() - least.state_count();
        const auto keeps = [&](Relation relation) {
          return compare(lts, least, relation, budget).outcome == Outcome::holds;
        };
        CHECK(keeps(Relation::weak_trace));
        if (observed == Observed::traces) continue;
        CHECK(keeps(Relation::failures));
        CHECK(keeps(Relation::failures_divergences));
      }
  }
  CHECK(saved > 10000);
}

TEST_CASE("a lasso performs the word and then the loop") {
  Budget budget;
  std::size_t found = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const Lts lts = naive::random_system(seed, static_cast<std::uint32_t>(2 + seed % 6), 2, 2.0, 0.3, false);
    Performance wanted;
    for (std::uint64_t bits = seed; bits > 1 && wanted.word.size() < 3; bits /= 2)
      wanted.word.push_back(bits % 2 == 0 ? a : b);
    wanted.loops = true;
    for (std::uint64_t i = 0; i < seed % 3; ++i) wanted.loop.push_back(i == 0 ? a : b);
    const auto lasso = find_lasso(lts, wanted, budget);
    // By the definition: states after the word, and what so many rounds lead to.
    const auto after_tau = [&](std::set<StateId> states) {
      for (std::size_t size = 0; size != states.size();) {
        size = states.size();
        for (const StateId s : std::set<StateId>(states))
          for (const Transition& t : lts.transitions(s))
            if (t.event == tau) states.insert(t.target);
      }
      return states;
    };
    const auto after = [&](std::set<StateId> states, const std::vector<EventId>& word) {
      states = after_tau(states);
      for (const EventId e : word) {
        std::set<StateId> next;
        for (const StateId s : states)
          for (const Transition& t : lts.transitions(s))
            if (t.event == e) next.insert(t.target);
        states = after_tau(next);
      }
      return states;
    };
    std::set<StateId> states = after({lts.initial()}, wanted.word);
    if (wanted.loop.empty()) {
      std::erase_if(states, [&](StateId s) {
        std::set<StateId> next;
        for (const Transition& t : lts.transitions(s))
          if (t.event == tau) next.insert(t.target);
        return !after_tau(next).contains(s);
      });
    } else {
      for (std::uint32_t round = 0; round <= lts.state_count(); ++round) states = after(states, wanted.loop);
    }
    INFO("seed " << seed);
    REQUIRE(lasso.has_value() == !states.empty());
    if (!lasso) continue;
    ++found;
    StateId at = lts.initial();
    std::vector<EventId> performed;
    StateId end_of_stem = at;
    REQUIRE(!lasso->loop.empty());
    for (int round = 0; round < 3; ++round) {
      if (round == 1) end_of_stem = at;
      for (const Transition& t : round == 0 ? lasso->stem : lasso->loop) {
        const auto row = lts.transitions(at);
        REQUIRE(std::find(row.begin(), row.end(), t) != row.end());
        at = t.target;
        if (t.event != tau) performed.push_back(t.event);
      }
    }
    CHECK(at == end_of_stem);
    std::vector<EventId> expected = wanted.word;
    while (!wanted.loop.empty() && expected.size() < performed.size())
      expected.insert(expected.end(), wanted.loop.begin(), wanted.loop.end());
    expected.resize(performed.size());
    CHECK(performed == expected);
  }
  CHECK(found > 300);
}
