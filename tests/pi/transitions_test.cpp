// The transitions of canonical terms against the rules executed on plain trees; and transition systems by hand.
#include <catch2/catch.hpp>
#include <deque>
#include <map>
#include <random>

#include "checker/comparison.hpp"
#include "tests/pi/naive_pi.hpp"
#include "tests/pi/pi_fixture.hpp"
#include "tests/pi/samples.hpp"

using namespace tryst;

namespace {

// A fresh name has the number of fresh names met before it on the path, so that two systems choose the same ones.
std::string fresh(std::uint32_t k) { return "_" + std::to_string(k); }

std::string list(const std::vector<std::string>& names, const std::string& open, const std::string& close) {
  if (names.empty()) return "";
  std::string out = open;
  for (std::size_t i = 0; i < names.size(); ++i) out += (i == 0 ? "" : ",") + names[i];
  return out + close;
}

// All tuples over the names known and fresh ones in the order of their first use; the number of fresh ones with each.
using Tuples = std::vector<std::pair<std::vector<std::string>, std::uint32_t>>;
Tuples tuples(std::size_t arity, std::uint32_t k) {
  Tuples all{{{}, 0}};
  for (std::size_t at = 0; at < arity; ++at) {
    Tuples longer;
    for (const auto& [tuple, used] : all) {
      std::vector<std::string> choices{"a", "b", "c"};
      for (std::uint32_t i = 0; i < k + used + 1; ++i) choices.push_back(fresh(i));
      for (std::size_t c = 0; c < choices.size(); ++c) {
        auto next = tuple;
        next.push_back(choices[c]);
        longer.emplace_back(next, used + (c + 1 == choices.size() ? 1 : 0));
      }
    }
    all = longer;
  }
  return all;
}

struct Step {
  std::string label;  // empty: τ
  std::uint32_t fresh_used;
};

// Builds the transition system of `root`; `steps(process, k, add)` gives its transitions.
template <class Process, class Steps>
Lts build(const Process& root, const Steps& steps, auto key) {
  EventNames events;
  std::vector<Lts::Edge> edges;
  std::map<decltype(key(root, 0u)), std::uint32_t> numbers;
  std::vector<std::pair<Process, std::uint32_t>> states;
  const auto meet = [&](const Process& p, std::uint32_t k) {
    const auto [at, is_new] = numbers.try_emplace(key(p, k), static_cast<std::uint32_t>(states.size()));
    if (is_new) states.emplace_back(p, k);
    return static_cast<StateId>(at->second);
  };
  meet(root, 0);
  for (std::size_t i = 0; i < states.size(); ++i) {
    const auto [p, k] = states[i];
    steps(p, k, [&](const std::string& label, std::uint32_t used, const Process& target) {
      const EventId event = label.empty() ? tau : events.intern(label);
      edges.push_back({static_cast<StateId>(i), event, meet(target, k + used)});
    });
  }
  return Lts(static_cast<std::uint32_t>(states.size()), StateId{0}, edges, events);
}

void naive_steps(const naive_pi::Ptr& p, std::uint32_t k, bool early, const auto& add) {
  for (const naive_pi::Move& move : naive_pi::moves(p)) {
    if (move.kind == 't') {
      add("", 0, move.target);
    } else if (move.kind == 'o') {
      naive_pi::Ptr target = move.target;
      std::vector<std::string> objects = move.objects;
      for (std::uint32_t i = 0; i < move.extruded.size(); ++i) {
        target = naive_pi::substitute(target, move.extruded[i], fresh(k + i));
        for (std::string& object : objects)
          if (object == move.extruded[i]) object = "^" + fresh(k + i);
      }
      add("'" + move.subject + list(objects, "<", ">"), static_cast<std::uint32_t>(move.extruded.size()), target);
    } else {
      Tuples all;
      if (early) {
        all = tuples(move.objects.size(), k);
      } else {
        std::vector<std::string> only;
        for (std::uint32_t i = 0; i < move.objects.size(); ++i) only.push_back(fresh(k + i));
        all.emplace_back(only, static_cast<std::uint32_t>(only.size()));
      }
      for (const auto& [tuple, used] : all) {
        naive_pi::Ptr target = move.target;
        for (std::size_t i = 0; i < tuple.size(); ++i) target = naive_pi::substitute(target, move.objects[i], tuple[i]);
        add(move.subject + list(tuple, early ? "<" : "(", early ? ">" : ")"), used, target);
      }
    }
  }
}

void canonical_steps(PiModel& model, pi::TermId t, std::uint32_t k, bool early, const auto& add) {
  const auto name = [&](pi::Name n) { return model.terms.text(n); };
  for (const pi::Commitment& c : model.transitions.of(t, pi::Mode::literal)) {
    std::vector<pi::Name> next;
    for (std::uint32_t i = 0; i < c.binders; ++i) next.push_back(pi::fresh_name(k + i));
    if (c.kind == pi::ActionKind::tau) {
      add("", 0, c.target);
    } else if (c.kind == pi::ActionKind::output) {
      std::vector<std::string> objects;
      for (const pi::Name object : c.objects)
        objects.push_back(pi::is_bound(object) ? "^" + name(next[pi::number(object)]) : name(object));
      add("'" + name(c.subject) + list(objects, "<", ">"), c.binders, model.transitions.target(c, next));
    } else if (!early) {
      std::vector<std::string> objects;
      for (const pi::Name n : next) objects.push_back(name(n));
      add(name(c.subject) + list(objects, "(", ")"), c.binders, model.transitions.target(c, next));
    } else {
      std::vector<pi::Name> known;
      for (const char* each : {"a", "b", "c"}) known.push_back(model.terms.constant(each));
      for (std::uint32_t i = 0; i < k; ++i) known.push_back(pi::fresh_name(i));
      pi::early_tuples(c.binders, known, next, [&](std::span<const pi::Name> tuple) {
        std::vector<std::string> objects;
        std::uint32_t used = 0;
        for (const pi::Name n : tuple) {
          objects.push_back(name(n));
          if (pi::is_fresh(n) && pi::number(n) >= k) used = std::max(used, pi::number(n) - k + 1);
        }
        add(name(c.subject) + list(objects, "<", ">"), used, model.transitions.target(c, tuple));
        return true;
      });
    }
  }
}

}  // namespace

TEST_CASE("canonical terms do what the rules allow to plain trees") {
  std::mt19937 random(11);
  for (int i = 0; i < 1500; ++i) {
    const bool early = i % 2 == 0;
    const naive_pi::Ptr p = naive_pi::random_process(random, early ? 3 + i % 4 : 4 + i % 6);
    PiModel model;
    const pi::TermId t = model.term(naive_pi::text(p));
    INFO((early ? "early: " : "late: ") << naive_pi::text(p) << "\n" << model.terms.show(t));
    const Lts by_rules = build(
        p, [&](const naive_pi::Ptr& each, std::uint32_t k, const auto& add) { naive_steps(each, k, early, add); },
        [](const naive_pi::Ptr& each, std::uint32_t k) { return std::pair(naive_pi::text(each), k); });
    const Lts canonical = build(
        t, [&](pi::TermId each, std::uint32_t k, const auto& add) { canonical_steps(model, each, k, early, add); },
        [](pi::TermId each, std::uint32_t k) { return std::pair(index(each), k); });
    Budget budget;
    CHECK(compare(by_rules, canonical, Relation::strong, budget).outcome == Outcome::holds);
    CHECK(canonical.state_count() <= by_rules.state_count());
  }
}

namespace {

// Processes cut off after some steps.
template <class Process>
using Cut = std::pair<Process, int>;

}  // namespace

TEST_CASE("replicated processes do what the rules allow, as far as they are followed") {
  std::mt19937 random(13);
  for (int i = 0; i < 300; ++i) {
    const naive_pi::Ptr body = naive_pi::random_process(random, 1 + i % 4), other = naive_pi::random_process(random, 2);
    const naive_pi::Ptr p =
        naive_pi::make(naive_pi::Kind::parallel, {}, other, naive_pi::make(naive_pi::Kind::replication, {}, body));
    PiModel model;
    INFO(naive_pi::text(p));
    const auto key = [](const auto& shown) {
      return [&, shown](const auto& each, std::uint32_t k) { return std::tuple(shown(each.first), each.second, k); };
    };
    constexpr int steps_max = 3;
    const Lts by_rules = build(
        Cut<naive_pi::Ptr>(p, 0),
        [&](const Cut<naive_pi::Ptr>& each, std::uint32_t k, const auto& add) {
          if (each.second == steps_max) return;
          naive_steps(each.first, k, false, [&](const std::string& label, std::uint32_t used, const naive_pi::Ptr& to) {
            add(label, used, Cut<naive_pi::Ptr>(to, each.second + 1));
          });
        },
        key([](const naive_pi::Ptr& each) { return naive_pi::alpha_text(each); }));
    const Lts canonical = build(
        Cut<pi::TermId>(model.term(naive_pi::text(p)), 0),
        [&](const Cut<pi::TermId>& each, std::uint32_t k, const auto& add) {
          if (each.second == steps_max) return;
          canonical_steps(model, each.first, k, false,
                          [&](const std::string& label, std::uint32_t used, pi::TermId to) {
                            add(label, used, Cut<pi::TermId>(to, each.second + 1));
                          });
        },
        key([](pi::TermId each) { return index(each); }));
    Budget budget;
    CHECK(compare(by_rules, canonical, Relation::strong, budget).outcome == Outcome::holds);
  }
}

TEST_CASE("a symbolic transition whose condition holds is a literal one, and the other way round") {
  std::mt19937 random(12);
  for (int i = 0; i < 1500; ++i) {
    PiModel model;
    const std::string text = naive_pi::text(naive_pi::random_process(random, 3 + i % 8));
    const pi::TermId t = model.term(text);
    INFO(text);
    std::vector<pi::Commitment> satisfied;
    for (pi::Commitment c : model.transitions.of(t, pi::Mode::symbolic)) {
      const bool holds =
          std::none_of(c.condition.begin(), c.condition.end(), [](const auto& each) { return each.equal; });
      c.condition.clear();
      if (holds && std::find(satisfied.begin(), satisfied.end(), c) == satisfied.end()) satisfied.push_back(c);
    }
    const auto& literal = model.transitions.of(t, pi::Mode::literal);
    CHECK(literal.size() == satisfied.size());
    for (const pi::Commitment& c : literal) CHECK(std::find(satisfied.begin(), satisfied.end(), c) != satisfied.end());
  }
}

TEST_CASE("a fresh name is used again when it has died") {
  PiModel model("agent Cell(i,o) = i(x).'o<x>.Cell(i,o)\nagent Gen(o) = (^x)'o<x>.x.Gen(o)");
  CHECK(model.lts("Cell(i,o)", pi::Semantics::late).state_count() == 2);
  CHECK(model.lts("Cell(i,o)", pi::Semantics::early).state_count() == 4);  // i, o or another one in the cell
  CHECK(model.lts("Gen(o)", pi::Semantics::late).state_count() == 2);
}

TEST_CASE("labels are written as the language writes prefixes") {
  PiModel model;
  const auto labels = [&](const std::string& text, pi::Semantics semantics) {
    const Lts lts = model.lts(text, semantics);
    std::string out;
    for (const Transition& t : lts.transitions(lts.initial())) out += std::string(lts.events().name(t.event)) + " ";
    return out;
  };
  CHECK(labels("a(x).0", pi::Semantics::late) == "a(_0) ");
  CHECK(labels("a(x).'b.0", pi::Semantics::early) == "a<a> a<b> a<_0> ");
  CHECK(labels("(^x)'a<b,x,x>.0", pi::Semantics::early) == "'a<b,^_0,^_0> ");
  CHECK(labels("[a=b]'c.0", pi::Semantics::symbolic) == "[a=b]'c ");
  CHECK(labels("[a=b]'c.0", pi::Semantics::late).empty());
  CHECK(labels("a.0 | 'b.0", pi::Semantics::symbolic).find("[a=b]t ") != std::string::npos);
}

TEST_CASE("a restricted subject blocks, a restricted object is extruded") {
  PiModel model;
  CHECK(model.lts("(^x)'x<a>.0", pi::Semantics::late).transition_count() == 0);
  CHECK(model.lts("(^x)'a<x>.'x.0", pi::Semantics::late).state_count() == 3);
}

TEST_CASE("what can never act again does not count as a state") {
  PiModel model("agent Client(req) = (^k)'req<k>.(k.0 | t.Client(req))\nagent Sys = (^req)(Client(req) | !req(k).0)");
  CHECK(model.lts("Sys", pi::Semantics::late).state_count() <= 4);
}

TEST_CASE("chains of definitions and explosions of components are limits, not crashes") {
  std::string chain;
  for (int i = 0; i < 20'000; ++i)
    chain += "agent A" + std::to_string(i) + "(a) = A" + std::to_string(i + 1) + "(a) + a.0\n";
  PiModel deep(chain + "agent A20000(a) = a.0\n");
  CHECK_THROWS_AS(deep.lts("A0(a)", pi::Semantics::late), LimitReached);
  std::string doubling = "agent B0(a) = a.0\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "B" + std::to_string(i - 1) + "(a)";
    doubling += "agent B" + std::to_string(i) + "(a) = " + before + " | " + before + "\n";
  }
  PiModel wide(doubling);
  CHECK_THROWS_AS(wide.lts("B59(a)", pi::Semantics::late), LimitReached);
}

TEST_CASE("different arities do not communicate, and are found") {
  PiModel model;
  const pi::TermId t = model.term("(^a)(a(x).0 | 'a.0)");
  CHECK(model.transitions.of(t, pi::Mode::literal).empty());
  CHECK(model.transitions.clashes(t).size() == 1);
}
