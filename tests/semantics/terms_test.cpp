// The store of terms, event sets and relations.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "tests/semantics/term_builder.hpp"

using namespace tryst;
using namespace tryst::csp;

TEST_CASE("equal terms are the same term") {
  TermBuilder t;
  const EventId a = t.event("a");
  const EventId b = t.event("b");
  const ProcessId p = t.prefix(a, t.stop());
  CHECK(p == t.prefix(a, t.stop()));
  CHECK(p != t.prefix(b, t.stop()));
  CHECK(p != t.prefix(a, t.stop(), {5, 6}));  // where a prefix is written is part of it
  CHECK(t.term({.op = Operator::stop, .span = {1, 2}}) == t.stop());
  CHECK(t.apply(Operator::parallel, {p, p}, {a, b}) == t.apply(Operator::parallel, {p, p}, {b, a, b}));
  CHECK(t.apply(Operator::parallel, {p, p}, {a}) != t.apply(Operator::sync_external, {p, p}, {a}));
  CHECK(t.rename(p, {{a, b}}) != t.rename(p, {{b, a}}));
  t.terms.check();
}

TEST_CASE("a term comes back as it was built") {
  TermBuilder t;
  const EventId a = t.event("a");
  const EventId b = t.event("b");
  const ProcessId p = t.menu({a, b}, {t.stop(), t.skip()});
  const TermView view = t.terms[p];
  CHECK(view.op == Operator::prefix);
  CHECK(std::vector<EventId>(view.events.begin(), view.events.end()) == std::vector<EventId>{a, b});
  CHECK(std::vector<ProcessId>(view.operands.begin(), view.operands.end()) ==
        std::vector<ProcessId>{t.stop(), t.skip()});
  const TermView order = t.terms[t.prioritise_po(p, {a, b}, {{a, b}}, {a})];
  CHECK(order.sets.size() == 2);
  CHECK(t.terms.pairs(order.relation).size() == 1);
  const TermView call = t.terms[t.term({.op = Operator::suspended, .span = {7, 9}, .payload = 42})];
  CHECK(call.payload == 42);
  CHECK(call.span == Span{7, 9});
}

TEST_CASE("with_operands() finds what intern() would") {
  TermBuilder t;
  std::mt19937 random(5);
  std::vector<ProcessId> leaves;
  for (int i = 0; i < 50; ++i) leaves.push_back(t.prefix(t.event("e" + std::to_string(i)), t.stop()));
  for (int i = 0; i < 5000; ++i) {
    std::vector<ProcessId> operands(1 + random() % 6);
    for (ProcessId& operand : operands) operand = leaves[random() % leaves.size()];
    const ProcessId base = t.apply(Operator::interleave, operands);
    std::vector<Terms::Change> changes;
    for (std::uint32_t k = 0; k < operands.size(); ++k)
      if (random() % 2 == 0) {
        operands[k] = leaves[random() % leaves.size()];
        changes.push_back({k, operands[k]});
      }
    const bool first = random() % 2 == 0;
    const ProcessId expected = first ? t.apply(Operator::interleave, operands) : no_id<ProcessId>;
    const ProcessId changed = t.terms.with_operands(base, changes);
    REQUIRE(changed == t.apply(Operator::interleave, operands));
    REQUIRE((!first || changed == expected));
  }
  t.terms.check();
}

TEST_CASE("views stay valid while the store grows, and records may be long") {
  TermBuilder t;
  std::vector<ProcessId> many(200'000, t.stop());
  const ProcessId wide = t.apply(Operator::interleave, many);
  const TermView view = t.terms[wide];
  std::vector<EventId> events;
  for (int i = 0; i < 100'000; ++i) events.push_back(t.event("e" + std::to_string(i)));
  const ProcessId menu = t.menu(events, std::vector<ProcessId>(events.size(), wide));
  for (int i = 0; i < 100'000; ++i) t.prefix(events[static_cast<std::size_t>(i)], t.skip());
  CHECK(view.operands.data() == t.terms[wide].operands.data());
  CHECK(view.operands.back() == t.stop());
  CHECK(t.terms[menu].events.back() == events.back());
  CHECK(t.terms[menu].operands.front() == wide);
  CHECK(t.terms.with_operand(wide, 199'999, t.skip()) != wide);
  t.terms.check();
}

TEST_CASE("membership of event sets agrees with their elements, thick or thin") {
  Alphabets alphabets;
  std::mt19937 random(6);
  for (int i = 0; i < 200; ++i) {
    const std::uint32_t range = i % 2 == 0 ? 200 : 10'000'000;
    std::set<EventId> elements;
    for (std::size_t k = random() % 40; k > 0; --k)
      elements.insert(EventId{2 + static_cast<std::uint32_t>(random() % range)});
    const EventSetId set = alphabets.event_set({elements.begin(), elements.end()});
    for (const EventId e : elements) {
      REQUIRE(alphabets.contains(set, e));
      for (const std::uint32_t near : {index(e) - 1, index(e) + 1})
        REQUIRE(alphabets.contains(set, EventId{near}) == (elements.count(EventId{near}) != 0));
    }
    REQUIRE(!alphabets.contains(set, tau));
    REQUIRE(!alphabets.contains(set, tick));
    Alphabets::Membership is_member(alphabets, set);
    std::vector<EventId> asked{tau, tick};
    for (const EventId e : elements) asked.insert(asked.end(), {EventId{index(e) - 1}, e, e, EventId{index(e) + 1}});
    for (int order = 0; order < 3; ++order) {  // ascending, twice, and in any order
      for (const EventId e : asked) REQUIRE(is_member(e) == (elements.count(e) != 0));
      if (order == 1) std::shuffle(asked.begin(), asked.end(), random);
    }
    REQUIRE(alphabets.event_set({elements.rbegin(), elements.rend()}) == set);
  }
}

TEST_CASE("an infinite set asks its test once an event, and never about τ and ✓") {
  Alphabets alphabets;
  std::map<EventId, int> asked;
  const EventSetId set = alphabets.event_set(77, [&asked](EventId e) { return ++asked[e], index(e) % 2 == 0; });
  CHECK(alphabets.event_set(77, nullptr) == set);
  for (int round = 0; round < 2; ++round)
    for (std::uint32_t e = 0; e < 300; ++e) CHECK(alphabets.contains(set, EventId{e}) == (e >= 2 && e % 2 == 0));
  Alphabets::Membership is_member(alphabets, set);
  for (std::uint32_t e = 0; e < 300; ++e) CHECK(is_member(EventId{e}) == (e >= 2 && e % 2 == 0));
  CHECK(asked.size() == 298);
  for (const auto& [e, times] : asked) CHECK(times == 1);
  CHECK(!alphabets.elements(set).has_value());
}

TEST_CASE("a relation is found from both sides") {
  Alphabets alphabets;
  const EventId a{2}, b{3}, c{4};
  const RelationId r = alphabets.relation({{b, c}, {a, c}, {a, b}, {a, c}});
  CHECK(alphabets.pairs(r).size() == 3);
  CHECK(alphabets.images(r, a).size() == 2);
  CHECK(alphabets.images(r, c).empty());
  CHECK(alphabets.preimages(r, c).size() == 2);
  CHECK(alphabets.preimages(r, c)[1] == Alphabets::Pair{c, b});
  CHECK(alphabets.relation({{a, b}, {a, c}, {b, c}}) == r);
}
