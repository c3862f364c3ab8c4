// Laws that hold for all processes, on random ones: what is the same process, what relations include, what contexts
// preserve. Laws from Sangiorgi & Walker, "The π-calculus", 2001, and Milner, Parrow & Walker, "A calculus of mobile
// processes", 1992.
#include <catch2/catch.hpp>
#include <random>

#include "checker/pi/equivalence.hpp"
#include "tests/pi/pi_fixture.hpp"
#include "tests/pi/samples.hpp"

using namespace tryst;
using naive_pi::Mismatch;
using naive_pi::Ptr;

namespace {

// Replication makes infinite systems: what is not decided within the limit must at least not be refuted.
constexpr std::uint64_t states_max = 400;

class Processes {
 public:
  pi::Comparison compare(const std::string& left, const std::string& right, const pi::Equivalence& equivalence,
                         const std::vector<std::string>& listed = {}) {
    const pi::TermId p = model_.term(left), q = model_.term(right);
    std::vector<pi::Name> names;
    for (const std::string& name : listed) names.push_back(model_.terms.constant(name));
    Budget budget(Limits{0, states_max, 0});
    return pi::compare(model_.transitions, p, q, equivalence, distinct_from_all(model_.terms, p, q, names), budget);
  }

  Outcome outcome(const std::string& left, const std::string& right, const std::string& relation) {
    return compare(left, right, *pi::equivalence_named(relation)).outcome;
  }

 private:
  PiModel model_;
};

std::string random_text(std::mt19937& random, int size, Mismatch mismatch = Mismatch::without) {
  return "(" + text(naive_pi::random_process(random, size, mismatch)) + ")";
}

// The same process with c called otherwise: x, which is then bound by the law around it.
std::string about(const std::string& name, std::mt19937& random, int size) {
  return "(" + text(substitute(naive_pi::random_process(random, size, Mismatch::without), "c", name)) + ")";
}

struct Law {
  const char* left;
  const char* right;
};

// P, Q, R stand for processes over a, b, c; X, Y, Z for processes in which x is free as well, and c is not.
std::string instance(const std::string& law, const std::vector<std::string>& processes) {
  std::string out;
  for (const char c : law) {
    const auto at = std::string("PQRXYZ").find(c);
    out += at == std::string::npos ? std::string(1, c) : processes[at];
  }
  return out;
}

void check_laws(unsigned seed, const std::vector<Law>& laws, const std::vector<std::string>& holds_in,
                const std::vector<std::string>& mostly_fails_in = {}) {
  std::mt19937 random(seed);
  for (const Law& law : laws) {
    Processes processes;
    std::size_t failures = 0;
    for (int i = 0; i < 25; ++i) {
      std::vector<std::string> parts;
      for (int k = 0; k < 3; ++k) parts.push_back(random_text(random, i % 4));
      for (int k = 0; k < 3; ++k) parts.push_back(about("x", random, i % 4));
      const std::string left = instance(law.left, parts), right = instance(law.right, parts);
      INFO(law.left << "  =  " << law.right << "\n" << left << "\n" << right);
      for (const std::string& relation : holds_in) {
        INFO(relation);
        CHECK(processes.outcome(left, right, relation) != Outcome::fails);
      }
      for (const std::string& relation : mostly_fails_in)
        failures += processes.outcome(left, right, relation) == Outcome::fails;
    }
    INFO(law.left << "  =  " << law.right);
    CHECK((mostly_fails_in.empty() || failures > 0));
  }
}

// The strong relations that imply all others.
const std::vector<std::string> finest{"strong-open", "late-congruence"};

}  // namespace

TEST_CASE("structural congruence, and what else is equal in every relation") {
  check_laws(1,
             {
                 {"P | 0", "P"},
                 {"P | Q", "Q | P"},
                 {"(P | Q) | R", "P | (Q | R)"},
                 {"P + 0", "P"},
                 {"P + Q", "Q + P"},
                 {"(P + Q) + R", "P + (Q + R)"},
                 {"P + P", "P"},
                 {"(^x)0", "0"},
                 {"(^x)(^y)(X | 'x<y>.Y | 'y<x>.P)", "(^y)(^x)('y<x>.P | 'x<y>.Y | X)"},
                 {"(^x)(P | X)", "P | (^x)X"},
                 {"(^x)P", "P"},
                 {"[a=a]P", "P"},
                 {"!P", "P | !P"},
                 {"(^x)(X + Y)", "(^x)X + (^x)Y"},
                 {"(^x)'a<b>.X", "'a<b>.(^x)X"},
                 {"(^x)a(y).X", "a(y).(^x)X"},
                 {"(^x)t.X", "t.(^x)X"},
                 {"(^x)x(y).X", "0"},
                 {"(^x)'x<b>.X", "0"},
                 {"(^x)[x=a]X", "0"},
                 {"[a=b]0", "0"},
                 {"[a=b](P + Q)", "[a=b]P + [a=b]Q"},
                 {"[a=b](P | Q)", "[a=b]P | [a=b]Q"},
                 {"P + [a=b]P", "P"},
                 {"!!P", "!P"},
                 {"!P | !P", "!P"},
                 {"!(P + Q)", "!P | !Q"},
                 {"!(P | Q)", "!P | !Q"},
                 {"(^x)!x(y).X", "0"},
                 {"(^x)('x<b>.P | x(y).Q)", "t.(P | Q)"},
             },
             finest);
}

TEST_CASE("laws of the strong relations that tell them apart") {
  const std::vector<std::string> literal{"strong-late", "strong-early", "strong-ground"};
  // The expansion law: names that differ do not communicate, unless they may come to be the same.
  check_laws(2, {{"a.P | 'b.Q", "a.(P | 'b.Q) + 'b.(a.P | Q)"}}, literal, {"strong-open"});
  check_laws(3,
             {{"a.P | 'b.Q", "a.(P | 'b.Q) + 'b.(a.P | Q) + [a=b]t.(P | Q)"},
              {"a(x).X | 'b<c>.Q", "a(x).(X | 'b<c>.Q) + 'b<c>.(a(x).X | Q) + [a=b](^y)('y<c>.Q | y(x).X)"}},
             finest);
  check_laws(4, {{"t.P + t.0", "t.P + t.0 + t.[a=b]P"}}, {"strong-late", "late-congruence"}, {"strong-open"});
  check_laws(5, {{"a(x).X + a(x).Y", "a(x).X + a(x).Y + a(x).([x=b]X + [x#b]Y)"}},
             {"strong-early", "strong-ground", "weak-early"}, {"strong-late"});
  check_laws(6, {{"a(x).[x=b]X", "a(x).0"}}, {"strong-ground", "weak-ground"}, {"strong-early"});
}

TEST_CASE("laws of the weak relations") {
  const std::vector<std::string> weak{"weak-open", "weak-late", "weak-early", "weak-ground"};
  const std::vector<std::string> strong{"strong-ground"};
  check_laws(7, {{"t.P", "P"}, {"P + t.P", "t.P"}}, weak);
  check_laws(
      8, {{"a(y).t.P", "a(y).P"}, {"'a<b>.(P + t.Q) + 'a<b>.Q", "'a<b>.(P + t.Q)"}, {"(^w)('w.P | w.t.Q)", "P | Q"}},
      weak);
  check_laws(9, {{"a.t.b.P", "a.b.P"}}, weak, strong);
}

TEST_CASE("a private name, sent once, sends two names as one message would") {
  std::mt19937 random(10);
  Processes processes;
  for (int i = 0; i < 100; ++i) {
    const std::string p = random_text(random, i % 4);
    const std::string q =
        "(" + text(substitute(naive_pi::random_process(random, 3, Mismatch::without), "a", "x")) + ")";
    const std::string direct = "(^m)('m<b,c>." + p + " | m(x,y)." + q + ")";
    const std::string in_two = "(^m)((^w)'m<w>.'w<b>.'w<c>." + p + " | m(v).v(x).v(y)." + q + ")";
    INFO(direct << "\n" << in_two);
    for (const char* relation : {"weak-open", "weak-late", "weak-early", "weak-ground"})
      CHECK(processes.outcome(direct, in_two, relation) == Outcome::holds);
  }
}

namespace {

// finer, coarser: what the first relates the second relates.
const std::vector<std::pair<std::string, std::string>> inclusions{
    {"strong-open", "late-congruence"},   {"late-congruence", "strong-late"}, {"late-congruence", "early-congruence"},
    {"early-congruence", "strong-early"}, {"strong-late", "strong-early"},    {"strong-early", "strong-ground"},
    {"strong-open", "weak-open"},         {"strong-late", "weak-late"},       {"strong-early", "weak-early"},
    {"strong-ground", "weak-ground"},     {"weak-open", "weak-late"},         {"weak-late", "weak-early"},
    {"weak-early", "weak-ground"}};

// A process and one that is often equivalent to it.
std::pair<Ptr, Ptr> random_pair(std::mt19937& random, int i) {
  const Ptr p = naive_pi::random_process(random, 2 + i % 7, Mismatch::without);
  if (i % 5 == 0) return naive_pi::choices_on_reception(random, 2, Mismatch::without);
  return {p, neighbour(i % 2 == 0 ? p : neighbour(p, random), random)};
}

}  // namespace

TEST_CASE("finer relations imply coarser ones") {
  std::mt19937 random(11);
  std::map<std::pair<std::string, std::string>, int> strict;
  for (int i = 0; i < 2000; ++i) {
    Processes processes;
    const auto [p, q] = random_pair(random, i);
    INFO(text(p) << "\n" << text(q));
    std::map<std::string, Outcome> outcomes;
    for (const pi::Equivalence& e : pi::all_equivalences())
      outcomes[name(e)] = processes.compare(text(p), text(q), e).outcome;
    for (const auto& [finer, coarser] : inclusions) {
      INFO(finer << " and " << coarser);
      CHECK((outcomes[finer] != Outcome::holds || outcomes[coarser] != Outcome::fails));
      strict[{finer, coarser}] += outcomes[finer] == Outcome::fails && outcomes[coarser] == Outcome::holds;
    }
  }
  // Each inclusion is strict on some of them.
  for (const auto& [pair, count] : strict) {
    INFO(pair.first << " and " << pair.second);
    CHECK(count > 0);
  }
}

TEST_CASE("finer relations imply coarser ones for processes that grow") {
  // Ground bisimilarity is decided without leaving out what both sides share: so it refutes what that would get wrong.
  std::mt19937 random(15);
  int related = 0;
  for (int i = 0; i < 100; ++i) {
    const std::string p = about("x", random, 1 + i % 3), q = i % 2 == 0 ? p : about("x", random, 1 + i % 3);
    PiModel model("agent Grow(a,b) = a(x).(" + q + " | Grow(a,b))");
    const pi::TermId left = model.term("!a(x)." + p), right = model.term("Grow(a,b)");
    INFO(p << "\n" << q);
    std::map<std::string, Outcome> outcomes;
    for (const pi::Equivalence& e : pi::all_equivalences()) {
      Budget budget(Limits{0, 60, 0});
      if (!e.weak) outcomes[name(e)] = pi::compare(model.transitions, left, right, e, {}, budget).outcome;
    }
    for (const auto& [finer, coarser] : inclusions) {
      INFO(finer << " and " << coarser);
      if (!finer.starts_with("weak") && !coarser.starts_with("weak"))
        CHECK((outcomes[finer] != Outcome::holds || outcomes[coarser] != Outcome::fails));
    }
    related += outcomes["strong-open"] == Outcome::holds && outcomes["strong-ground"] != Outcome::holds;
  }
  CHECK(related > 20);
}

TEST_CASE("a verdict depends neither on sides, nor on what names are called") {
  std::mt19937 random(12);
  const naive_pi::Renaming injective{{"a", "c"}, {"b", "d"}, {"c", "a"}};
  for (int i = 0; i < 800; ++i) {
    Processes processes;
    const auto [p, q] = random_pair(random, i);
    for (const pi::Equivalence& e : pi::all_equivalences()) {
      const Outcome outcome = processes.compare(text(p), text(q), e).outcome;
      INFO(name(e) << "\n" << text(p) << "\n" << text(q));
      CHECK(processes.compare(text(q), text(p), e).outcome == outcome);
      CHECK(processes.compare(text(rename(p, injective)), text(rename(q, injective)), e).outcome == outcome);
      CHECK(processes.compare(alpha_text(p), text(q), e).outcome == outcome);
      CHECK(processes.compare(text(p), text(p), e).outcome == Outcome::holds);
    }
  }
}

TEST_CASE("open bisimilarity survives substitutions that respect the distinction, and more distinctions") {
  std::mt19937 random(13);
  for (int i = 0; i < 1000; ++i) {
    Processes processes;
    const auto [p, q] = random_pair(random, i);
    INFO(text(p) << "\n" << text(q));
    for (const char* relation : {"strong-open", "weak-open"}) {
      const pi::Equivalence open = *pi::equivalence_named(relation);
      const bool related = processes.compare(text(p), text(q), open).outcome == Outcome::holds;
      const bool apart = processes.compare(text(p), text(q), open, {"c"}).outcome == Outcome::holds;
      const auto after = [&](const naive_pi::Renaming& sigma, const std::vector<std::string>& listed) {
        return processes.compare(text(rename(p, sigma)), text(rename(q, sigma)), open, listed).outcome;
      };
      if (related) CHECK(apart);
      if (related) CHECK(after({{"a", "b"}, {"c", "b"}}, {}) == Outcome::holds);
      if (apart) CHECK(after({{"a", "b"}}, {"c"}) == Outcome::holds);
      if (apart) CHECK(processes.compare(text(p), text(q), open, {"a", "b", "c"}).outcome == Outcome::holds);
    }
  }
}

namespace {

// A context: a process with a hole somewhere in it. Under an input the hole's name b is bound.
std::string random_context(std::mt19937& random, bool binds) {
  const std::vector<std::string> around{"t.", "'a<b>.", "c(z).", "[a=b]", "(^c)", "a."};
  std::string context = "[]";
  for (int i = 0; i < 3; ++i) {
    const std::string other = random_text(random, 2);
    switch (random() % 3) {
      case 0: context = "(" + other + (random() % 2 == 0 ? " + " : " | ") + context + ")"; break;
      case 1: context = (binds && random() % 2 == 0 ? "c(b)." : around[random() % around.size()]) + context; break;
      default: context = "(" + context + " | " + other + ")"; break;
    }
  }
  return context;
}

std::string filled(const std::string& context, const Ptr& p) {
  const auto hole = context.find("[]");
  return context.substr(0, hole) + "(" + text(p) + ")" + context.substr(hole + 2);
}

}  // namespace

TEST_CASE("contexts preserve what they should") {
  std::mt19937 random(14);
  int used = 0;
  for (int i = 0; i < 2500; ++i) {
    Processes processes;
    const auto [p, q] = random_pair(random, i);
    const std::string binding = random_context(random, true), free = random_context(random, false);
    INFO(text(p) << "\n" << text(q) << "\n" << binding << "\n" << free);
    const auto related = [&](const char* relation) {
      return processes.outcome(text(p), text(q), relation) == Outcome::holds;
    };
    const auto check_in = [&](const std::string& context, const char* relation) {
      if (!related(relation)) return;
      INFO(relation);
      const Outcome outcome = processes.outcome(filled(context, p), filled(context, q), relation);
      CHECK(outcome != Outcome::fails);
      used += outcome == Outcome::holds;
    };
    if (!related("strong-ground") || text(p) == text(q)) continue;
    for (const char* congruence : {"strong-open", "late-congruence", "early-congruence"}) check_in(binding, congruence);
    for (const char* relation : {"strong-late", "strong-early"}) check_in(free, relation);
  }
  CHECK(used > 500);
}

TEST_CASE("processes that grow are compared up to the components that both have") {
  PiModel model(
      "agent Out(a,b) = a(x).('b<x>.0 | Out(a,b))\nagent Twice(a,b) = a(x).('b<x>.0 | a(y).('b<y>.0 | Twice(a,b)))\n"
      "agent Other(a,b,c) = a(x).('b<x>.0 | a(y).('c<y>.0 | Other(a,b,c)))\nagent For(a) = a.For(a)\n");
  const auto outcome = [&](const char* left, const char* right, const pi::Equivalence& equivalence) {
    Budget budget(Limits{0, 200, 0});
    return pi::compare(model.transitions, model.term(left), model.term(right), equivalence, {}, budget).outcome;
  };
  for (const pi::Equivalence& e : pi::all_equivalences()) {
    INFO(name(e));
    // Ground bisimilarity is not preserved by parallel composition: there, nothing is left out.
    const bool is_ground = e.instantiation == pi::Instantiation::ground;
    const Outcome related = is_ground ? Outcome::inconclusive : Outcome::holds;
    CHECK(outcome("!a(x).'b<x>.0", "Out(a,b)", e) == related);
    CHECK(outcome("Twice(a,b)", "Out(a,b)", e) == related);
    CHECK(outcome("Other(a,b,c)", "Out(a,b)", e) == Outcome::fails);
    CHECK(outcome("!(a.0 | 'b.0)", "!a.0 | !'b.0", e) == Outcome::holds);
    // Equivalent because of what they share: leaving it out proves nothing, and refutes nothing.
    CHECK(outcome("b.(For(a) | a.0)", "b.(For(a) | a.a.0)", e) == Outcome::holds);
  }
}

TEST_CASE("a name for a process changes nothing, whatever the definitions are called") {
  const std::string body = "i(x).'o<x>.";
  Processes direct;
  PiModel model("agent Cell(i,o) = " + body + "Cell(i,o)\nagent Twice(i,o) = " + body + body + "Twice(i,o)\n" +
                "agent Zelle(o,i) = " + body + "Zelle(o,i)\nagent Start(i,o) = Cell(i,o)\n");
  for (const pi::Equivalence& e : pi::all_equivalences())
    for (const char* other : {"Twice(i,o)", "Zelle(o,i)", "Start(i,o)", "i(x).'o<x>.Cell(i,o)"}) {
      Budget budget;
      INFO(name(e) << " " << other);
      CHECK(pi::compare(model.transitions, model.term("Cell(i,o)"), model.term(other), e, {}, budget).outcome ==
            Outcome::holds);
    }
}
