// Distinguishing formulas against the definitions of the logics on explicit sets, and how formulas are written.
#include "checker/formula.hpp"

#include <catch2/catch.hpp>

#include "checker/comparison.hpp"
#include "checker/formula_text.hpp"
#include "checker/quotient.hpp"
#include "checker/satisfaction.hpp"
#include "tests/checker/naive.hpp"
#include "tests/checker/naive_formulas.hpp"
#include "tests/checker/neighbours.hpp"

using namespace tryst;
using naive::neighbours;

namespace {

constexpr Relation bisimulations[] = {Relation::strong, Relation::branching, Relation::dp_branching, Relation::weak,
                                      Relation::dp_weak};

const EventId a{2}, b{3}, c{4};
const StateId s0{0}, s1{1}, s2{2}, s3{3};

Comparison compared(const Lts& left, const Lts& right, Relation relation) {
  Budget budget;
  return compare(left, right, relation, budget);
}

std::string formula_of(const Lts& left, const Lts& right, Relation relation) {
  const Comparison result = compared(left, right, relation);
  return result.formula ? text(*result.formula, result.events) : "none";
}

// Empty, or what is wrong with the formula as a witness that the two initial states are not related.
std::string fault(const Lts& left, const Lts& right, Relation relation) {
  const Comparison result = compared(left, right, relation);
  if (result.outcome == Outcome::holds) return "";
  if (!result.formula) return "there is none";
  const auto& [formulas, root] = *result.formula;
  const Union both = disjoint_union(left, right);
  const auto satisfying = naive::satisfying(both.lts, formulas, root);
  const std::string shown = text(*result.formula, result.events);
  if (!satisfying.contains(index(both.left))) return "false on the left: " + shown;
  if (satisfying.contains(index(both.right))) return "true on the right: " + shown;
  const auto alike = naive::alike(both.lts, relation, formulas.depth(root) - 1);
  return alike[index(both.left)][index(both.right)] ? "" : "not of least depth: " + shown;
}

// Any formula with any modalities over the events τ, a and b.
Distinction random_formula(std::uint64_t seed) {
  std::uint64_t state = seed * 0x9e3779b97f4a7c15 + 1;
  const auto below = [&](std::uint64_t n) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % n;
  };
  Distinction distinction{};
  for (std::uint64_t i = 0, size = 1 + below(6); i < size; ++i) {
    Formulas::Parts parts;
    const Modality modality = static_cast<Modality>(below(5));
    for (auto* some : {&parts.before, &parts.after})
      for (std::uint64_t n = below(3); n > 0 && distinction.formulas.size() > 0; --n)
        some->push_back(static_cast<FormulaId>(below(distinction.formulas.size())));
    const bool is_divergence = modality == Modality::divergence || modality == Modality::weak_divergence;
    const EventId events[] = {tau, a, b};
    if (modality != Modality::branching_step) parts.before.clear();
    distinction.root =
        distinction.formulas.add(modality, below(2) == 0, is_divergence ? tau : events[below(3)], std::move(parts));
  }
  return distinction;
}

}  // namespace

TEST_CASE("states that are not bisimilar have a formula, true left, false right, and of least depth") {
  std::size_t distinguished[std::size(bisimulations)] = {};
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const auto [left, right] = neighbours(seed);
    for (const Relation relation : bisimulations) {
      CAPTURE(seed, name(relation));
      REQUIRE(fault(left, right, relation) == "");
      const Comparison result = compared(left, right, relation);
      CHECK(result.formula.has_value() == (result.outcome == Outcome::fails));
      distinguished[static_cast<std::size_t>(relation)] += result.formula ? 1 : 0;
    }
  }
  for (const std::size_t count : distinguished) CHECK(count > 300);
}

TEST_CASE("unrelated systems with many internal steps have a formula of least depth") {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const auto states = 3 + static_cast<std::uint32_t>(seed % 6);
    const Lts left = naive::random_system(2 * seed, states, 2, 2.0, 0.6, seed % 4 == 0);
    const Lts right = naive::random_system(2 * seed + 1, states, 2, 2.0, 0.6, seed % 4 == 0);
    for (const Relation relation : bisimulations) {
      CAPTURE(seed, name(relation));
      REQUIRE(fault(left, right, relation) == "");
    }
  }
}

TEST_CASE("what is not simulated has a positive formula of least depth") {
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const auto [left, right] = neighbours(seed);
    const Union both = disjoint_union(left, right);
    for (const Relation relation : {Relation::simulation, Relation::ready_simulation})
      for (const bool preorder : {false, true}) {
        Budget budget;
        const Comparison result = compare(left, right, relation, budget, {preorder, false});
        CAPTURE(seed, name(relation), preorder);
        if (result.outcome == Outcome::holds) {
          CHECK_FALSE(result.formula);
          continue;
        }
        REQUIRE(result.formula);
        REQUIRE((result.evidence_is_left || !preorder));
        const auto& [formulas, root] = *result.formula;
        const std::uint32_t claimed = index(result.evidence_is_left ? both.left : both.right);
        const std::uint32_t other = index(result.evidence_is_left ? both.right : both.left);
        const auto satisfying = naive::satisfying(both.lts, formulas, root);
        REQUIRE(satisfying.contains(claimed));
        REQUIRE_FALSE(satisfying.contains(other));
        REQUIRE(naive::alike(both.lts, relation, formulas.depth(root) - 1)[claimed][other]);
        for (std::uint32_t f = 0; f < formulas.size(); ++f) {
          const FormulaId id = static_cast<FormulaId>(f);
          REQUIRE(formulas[id].modality == Modality::step);
          REQUIRE((!formulas[id].negated || (relation == Relation::ready_simulation && formulas.after(id).empty())));
        }
      }
  }
}

TEST_CASE("the model checker agrees with explicit sets on random formulas") {
  Budget budget;
  std::size_t satisfied = 0, all = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const Lts lts = naive::random_system(seed, 2 + static_cast<std::uint32_t>(seed % 6), 2, 1.8, 0.5, false);
    const Distinction distinction = random_formula(seed);
    const auto expected = naive::satisfying(lts, distinction.formulas, distinction.root);
    for (std::uint32_t s = 0; s < lts.state_count(); ++s) {
      CAPTURE(seed, s, text(distinction, lts.events()));
      REQUIRE(satisfies(lts, static_cast<StateId>(s), distinction, lts.events(), budget) == expected.contains(s));
      satisfied += expected.contains(s) ? 1 : 0;
      ++all;
    }
  }
  CHECK(satisfied > all / 4);
  CHECK(satisfied < 3 * all / 4);
}

TEST_CASE("the model checker finds events by their names") {
  EventNames other;
  const EventId z = other.intern("z");
  const EventId other_a = other.intern("a");
  const Lts lts(2, s0, {{s0, a, s1}}, naive::letters(1));
  Budget budget;
  Distinction distinction{};
  distinction.root = distinction.formulas.add(Modality::step, false, other_a, {});
  CHECK(satisfies(lts, s0, distinction, other, budget));
  distinction.root = distinction.formulas.add(Modality::step, false, z, {});
  CHECK_FALSE(satisfies(lts, s0, distinction, other, budget));
}

TEST_CASE("a formula reads like mCRL2's") {
  // a.(b + c) and a.b + a.c
  const Lts left(3, s0, {{s0, a, s1}, {s1, b, s2}, {s1, c, s2}}, naive::letters(3));
  const Lts right(4, s0, {{s0, a, s1}, {s0, a, s3}, {s1, b, s2}, {s3, c, s2}}, naive::letters(3));
  CHECK(formula_of(left, right, Relation::strong) == "[\"a\"]<\"c\">true");
  CHECK(formula_of(right, left, Relation::strong) == "<\"a\">[\"c\"]false");
  const Lts nothing(1, s0, {}, naive::letters(1));
  const Lts ticks(2, s0, {{s0, tick, s1}, {s0, tau, s1}}, naive::letters(1), {s1});
  CHECK(formula_of(nothing, ticks, Relation::strong) == "[tau]false");
  CHECK(formula_of(nothing, ticks, Relation::weak) == "[tau*.tick.tau*]false");
}

TEST_CASE("the logics see what their relations see of internal steps") {
  // a + τ.b and a + b: the first may lose a
  const Lts loses(4, s0, {{s0, a, s1}, {s0, tau, s2}, {s2, b, s3}}, naive::letters(2));
  const Lts keeps(3, s0, {{s0, a, s1}, {s0, b, s2}}, naive::letters(2));
  CHECK(formula_of(loses, keeps, Relation::weak) == "<tau*>[tau*.\"a\".tau*]false");
  CHECK(formula_of(loses, keeps, Relation::branching) == "<tau*>[tau*.\"a\"]false");
  // a.(b + τ.c) and the same with a.c: weakly bisimilar, not branching bisimilar
  const Lts once(4, s0, {{s0, a, s1}, {s1, b, s3}, {s1, tau, s2}, {s2, c, s3}}, naive::letters(3));
  const Lts twice(4, s0, {{s0, a, s1}, {s0, a, s2}, {s1, b, s3}, {s1, tau, s2}, {s2, c, s3}}, naive::letters(3));
  CHECK(formula_of(once, twice, Relation::weak) == "none");
  CHECK(formula_of(twice, once, Relation::branching) == "<tau*.\"a\">[tau*.\"b\"]false");
  const Lts diverges(2, s0, {{s0, a, s1}, {s1, tau, s1}}, naive::letters(1));
  const Lts stops(2, s0, {{s0, a, s1}}, naive::letters(1));
  CHECK(formula_of(diverges, stops, Relation::branching) == "none");
}

TEST_CASE("shared subformulas are written once") {
  Distinction d{};
  Formulas& formulas = d.formulas;
  const FormulaId leaf = formulas.add(Modality::step, false, a, {});
  const FormulaId left = formulas.add(Modality::step, false, a, {{}, {leaf}});
  const FormulaId right = formulas.add(Modality::step, true, b, {{}, {leaf}});
  CHECK(formulas.add(Modality::step, true, b, {{}, {leaf, leaf}}) == right);
  d.root = formulas.add(Modality::step, false, tick, {{}, {right, left}});
  CHECK(formulas.depth(d.root) == 3);
  // A formula and its negation are written each.
  CHECK(text(d, naive::letters(2)) == "<tick>(<\"a\"><\"a\">true && [\"b\"][\"a\"]false)");
  d.root = formulas.add(Modality::step, false, b, {{}, {leaf, left}});
  CHECK(text(d, naive::letters(2)) == "X1 = <\"a\">true\n<\"b\">(X1 && <\"a\">X1)");
  CHECK(mcf(d, naive::letters(2)) ==
        "mu X(n: Nat = 0).\n     (val(n == 0) && <b>(X(1) && <a>X(1)))\n  || (val(n == 1) && <a>true)\n");
}

TEST_CASE("every modality and its negation are written as mCRL2 reads them") {
  EventNames events;
  const EventId sent = events.intern("send.1.true");
  const auto written = [&](Modality modality, bool negated, EventId event, bool with_before) {
    Distinction d{};
    const FormulaId p = d.formulas.add(Modality::step, false, tau, {});
    const FormulaId q = d.formulas.add(Modality::step, true, tick, {});
    d.root = d.formulas.add(modality, negated, event, {with_before ? std::vector{p} : std::vector<FormulaId>{}, {q}});
    return mcf(d, events);
  };
  CHECK(written(Modality::step, false, sent, false) == "<send(1,true)>[tick]false\n");
  CHECK(written(Modality::weak_step, false, sent, false) == "<tau*.send(1,true).tau*>[tick]false\n");
  CHECK(written(Modality::weak_step, true, tau, false) == "[tau*]<tick>true\n");
  CHECK(written(Modality::branching_step, false, sent, true) == "<tau*>(<tau>true && <send(1,true)>[tick]false)\n");
  CHECK(written(Modality::branching_step, true, sent, true) == "[tau*]([tau]false || [send(1,true)]<tick>true)\n");
  CHECK(written(Modality::branching_step, false, tau, true) ==
        "mu X(n: Nat = 0).\n     (val(n == 0) && <tau*>(<tau>true && (X(1) || <tau>X(1))))\n"
        "  || (val(n == 1) && [tick]false)\n");
  CHECK(written(Modality::divergence, false, tau, false) == "<tau*>(nu D2. ([tick]false && <tau>D2))\n");
  CHECK(written(Modality::divergence, true, tau, false) == "[tau*](mu D2. (<tick>true || [tau]D2))\n");
  CHECK(written(Modality::weak_divergence, false, tau, false) == "(nu D2. (<tau*>[tick]false && <tau>D2))\n");
  CHECK(written(Modality::weak_divergence, true, tau, false) == "(mu D2. ([tau*]<tick>true || [tau]D2))\n");
}

TEST_CASE("two long chains are told apart without recursion") {
  const auto chain = [](std::uint32_t length) {
    std::vector<Lts::Edge> edges;
    for (std::uint32_t s = 0; s + 1 < length; ++s)
      edges.push_back({static_cast<StateId>(s), s % 3 == 2 ? tau : a, static_cast<StateId>(s + 1)});
    return Lts(length, StateId{0}, std::move(edges), naive::letters(1));
  };
  for (const Relation relation : bisimulations) {
    const Comparison result = compared(chain(9000), chain(9003), relation);
    CAPTURE(name(relation));
    REQUIRE(result.outcome == Outcome::fails);
    CHECK(result.formula->formulas.depth(result.formula->root) == (relation == Relation::strong ? 9000 : 6001));
    CHECK(text(*result.formula, result.events).size() > 6000);
    CHECK(compared(chain(3000), chain(3000), relation).outcome == Outcome::holds);
  }
}
