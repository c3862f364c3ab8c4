// Transition systems of π-processes against one another, and against the same systems written in CSP.
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "checker/comparison.hpp"
#include "semantics/relabelling.hpp"
#include "tests/pi/naive_pi.hpp"
#include "tests/pi/pi_fixture.hpp"
#include "tests/pi/samples.hpp"
#include "tests/semantics/script_fixture.hpp"

using namespace tryst;

namespace {

using Steps = std::set<std::pair<std::string, pi::TermId>>;

Steps steps_of(PiModel& model, pi::TermId t, pi::Semantics semantics) {
  pi::PiSystem system(model.transitions, t, semantics);
  std::vector<Transition> row;
  system.successors(system.initial(), row);
  Steps steps;
  for (const Transition& each : row)
    steps.emplace(std::string(system.events().name(each.event)), system.term(each.target));
  return steps;
}

// All lists of `length` out of `known` and `fresh`, in which a fresh name occurs only after those before it.
std::vector<std::vector<pi::Name>> receptions(std::size_t length, const std::vector<pi::Name>& known,
                                              const std::vector<pi::Name>& fresh) {
  std::vector<std::vector<pi::Name>> all{{}};
  for (; length > 0; --length) {
    std::vector<std::vector<pi::Name>> longer;
    for (const auto& list : all) {
      std::vector<pi::Name> choices = known;
      for (const pi::Name n : fresh) {
        choices.push_back(n);
        if (std::find(list.begin(), list.end(), n) == list.end()) break;
      }
      for (const pi::Name n : choices) {
        longer.push_back(list);
        longer.back().push_back(n);
      }
    }
    all = std::move(longer);
  }
  return all;
}

// What the late transitions are when the names received are chosen at once.
Steps instantiated(PiModel& model, pi::TermId t) {
  const auto free = model.terms.free_names(t);
  const std::vector<pi::Name> known(free.begin(), free.end());
  Steps out;
  for (const auto& [label, target] : steps_of(model, t, pi::Semantics::late)) {
    const auto bracket = label.find('(');
    if (bracket == std::string::npos) {
      out.emplace(label, target);
      continue;
    }
    const auto arity = static_cast<std::uint32_t>(std::count(label.begin(), label.end(), ',')) + 1;
    const std::vector<pi::Name> fresh = pi::Terms::least_fresh_names(arity, known);
    for (const auto& names : receptions(arity, known, fresh)) {
      std::vector<std::pair<pi::Name, pi::Name>> by;
      std::string text;
      for (std::uint32_t i = 0; i < arity; ++i) {
        by.emplace_back(fresh[i], names[i]);
        text += (i == 0 ? "" : ",") + model.terms.text(names[i]);
      }
      out.emplace(label.substr(0, bracket) + "<" + text + ">", model.terms.settle(model.terms.substitute(target, by)));
    }
  }
  return out;
}

}  // namespace

TEST_CASE("early transitions are late ones with the names chosen at once") {
  std::mt19937 random(21);
  for (int i = 0; i < 1500; ++i) {
    PiModel model;
    const std::string text = naive_pi::text(naive_pi::random_process(random, 2 + i % 8));
    INFO(text);
    std::set<pi::TermId> seen;
    std::vector<pi::TermId> open{model.term(text)};
    while (!open.empty() && seen.size() < 50) {
      const pi::TermId t = open.back();
      open.pop_back();
      if (!seen.insert(t).second) continue;
      const Steps early = steps_of(model, t, pi::Semantics::early);
      CHECK(early == instantiated(model, t));
      for (const auto& [label, target] : early) open.push_back(target);
    }
  }
}

namespace {

// A protocol without names that are sent: sequential processes that call one another, side by side. `pi` and `csp` are
// the definitions and the system in either language.
struct Protocol {
  std::string pi_definitions, pi_system, csp_definitions, csp_system;
};

constexpr int process_count = 4;

std::string called(int i, bool in_pi) { return "P" + std::to_string(i) + (in_pi ? "(a,b)" : ""); }

// Both sides of P | Q offer what they offer alone, and meet on s.x (P receives) and r.x (Q receives).
std::string csp_product(const std::string& left, const std::string& right) {
  return "((" + left + ")[[in.x <- in.x, in.x <- s.x, out.x <- out.x, out.x <- r.x | x <- N]] [| {| s, r |} |] (" +
         right + ")[[in.x <- in.x, in.x <- r.x, out.x <- out.x, out.x <- s.x | x <- N]]) \\ {| s, r |}";
}

Protocol random_protocol(std::mt19937& random) {
  Protocol out;
  out.csp_definitions = "datatype N = a | b\nchannel in, out, s, r : N\n";
  for (int i = 0; i < process_count; ++i) {
    const auto next = [&, to = static_cast<int>(random() % (process_count + 1))](bool in_pi) {
      return to == process_count ? std::string(in_pi ? "0" : "STOP") : called(to, in_pi);
    };
    std::string pi, csp;
    if (random() % 5 == 0) {
      pi = "t." + next(true);
      csp = "SKIP ; " + next(false);
    } else {
      for (std::size_t k = 1 + random() % 3; k > 0; --k) {
        const bool sends = random() % 2 == 0;
        const std::string name = random() % 2 == 0 ? "a" : "b";
        const int to = static_cast<int>(random() % process_count);
        pi += (pi.empty() ? "" : " + ") + std::string(sends ? "'" : "") + name + "." + called(to, true);
        csp += (csp.empty() ? "" : " [] ") + std::string(sends ? "out." : "in.") + name + " -> " + called(to, false);
      }
    }
    out.pi_definitions += "agent " + called(i, true) + " = " + pi + "\n";
    out.csp_definitions += called(i, false) + " = " + csp + "\n";
  }
  out.pi_system = called(0, true);
  out.csp_system = called(0, false);
  for (std::size_t k = 1 + random() % 2; k > 0; --k) {
    const int more = static_cast<int>(random() % process_count);
    out.pi_system += " | " + called(more, true);
    out.csp_system = csp_product(out.csp_system, called(more, false));
  }
  return out;
}

}  // namespace

TEST_CASE("a protocol in CSP and the same in the π-calculus are strongly bisimilar") {
  std::mt19937 random(22);
  Relabelling to_csp;
  for (const std::string name : {"a", "b"}) {
    to_csp.rename(name, "in." + name);
    to_csp.rename("'" + name, "out." + name);
  }
  for (int i = 0; i < 200; ++i) {
    const Protocol protocol = random_protocol(random);
    INFO(protocol.pi_definitions << protocol.pi_system << "\n" << protocol.csp_definitions << protocol.csp_system);
    PiModel model(protocol.pi_definitions);
    csp::ScriptFixture script(protocol.csp_definitions);
    csp::Evaluator& evaluator = script.evaluator();
    csp::ReferenceSystem system(evaluator.terms(), evaluator,
                                evaluator.process(script.expression(protocol.csp_system)));
    Budget budget(Limits{0, 200'000, 0});
    const Lts in_csp = explore(system, budget);
    const Lts in_pi = relabelled(model.lts(protocol.pi_system, pi::Semantics::late), to_csp, budget);
    CHECK(compare(in_csp, in_pi, Relation::strong, budget).outcome == Outcome::holds);
  }
}
