// Up-to techniques: when outputs to receptors are taken for granted, and that verdicts on growing processes which rest
// on them are those of the definitions, executed on finite processes with as many copies of a receptor as it has
// outputs.
#include <catch2/catch.hpp>
#include <random>

#include "checker/pi/equivalence.hpp"
#include "tests/pi/naive_bisimilarity.hpp"
#include "tests/pi/pi_fixture.hpp"
#include "tests/pi/samples.hpp"

using namespace tryst;
using naive_pi::Kind;
using naive_pi::Ptr;

namespace {

const pi::Equivalence weak_late{pi::Instantiation::late, true, false};

// The process after receptions; the same where there are none.
std::string received(PiModel& model, const std::string& process) {
  const pi::TermId t = model.term(process);
  const auto after =
      after_receptions({pi::Stage::pair, t, model.terms.nil(), false, 0, {}, {}}, weak_late, model.terms);
  return model.terms.show(after ? after->left : t);
}

Ptr product(const Ptr& p, const Ptr& q) { return make(Kind::parallel, {}, p, q); }

// (^d)(!d(x).body | p), where p sends to d at most `copies` times; with finitely many copies, or for ever.
Ptr behind_receptor(const Ptr& body, Ptr p, int copies) {
  const Ptr input = make(Kind::input, {"d", "x"}, body);
  if (copies == 0) p = product(make(Kind::replication, {}, input), p);
  for (int i = 0; i < copies; ++i) p = product(input, p);
  return make(Kind::restriction, {"d"}, p);
}

int outputs_to(const Ptr& p, const std::string& name) {
  if (!p) return 0;
  return (p->kind == Kind::output && p->names[0] == name ? 1 : 0) + outputs_to(p->left, name) +
         outputs_to(p->right, name);
}

// Grows once a has happened.
Ptr growing(const Ptr& p) {
  const Ptr output = make(Kind::output, {"d", "b"}, make(Kind::nil, {}));
  return make(Kind::input, {"a"}, product(output, p));
}

// Outputs on c, with whatever they send, become outputs to the receptor d.
Ptr sending_to_receptor(const Ptr& p) {
  if (!p) return p;
  std::vector<std::string> names = p->names;
  if (p->kind == Kind::output && names[0] == "c" && names.size() == 2 && names[1] != "d") names[0] = "d";
  return make(p->kind, names, sending_to_receptor(p->left), sending_to_receptor(p->right));
}

}  // namespace

TEST_CASE("an output to a receptor is received, whatever else there is") {
  PiModel model("agent A(d) = 'd<d>.0");
  CHECK(received(model, "(^d)(!d(x).'c<x>.0 | 'd<a>.b.0)") == received(model, "(^d)(!d(x).'c<x>.0 | b.0) | 'c<a>.0"));
  CHECK(received(model, "(^d)(!d(x).'c<x>.0 | 'd<a>.0 | a.'d<b>.0)") ==
        received(model, "'c<a>.0 | (^d)(!d(x).'c<x>.0 | a.'d<b>.0)"));
  CHECK(received(model, "(^d,e)(!d(x).'e<x>.0 | !e(x).'c<x>.0 | 'd<a>.0)") == received(model, "'c<a>.0"));
}

TEST_CASE("a name that others may come to know, compare or listen to is no receptor's") {
  PiModel model("agent A(d) = 'd<d>.0");
  for (const char* process :
       {"(^d)(!d(x).'c<x>.0 | 'd<a>.0 | 'b<d>.0)", "(^d)(!d(x).'c<x>.0 | 'd<a>.0 | a(y).[y=d]b.0)",
        "(^d)(!d(x).'c<x>.0 | 'd<a>.0 | d(x).0)", "(^d)(!d(x).'c<x>.0 | 'd<a>.0 | b.d(x).0)",
        "(^d)(!d(x).'c<x>.'a<d>.0 | 'd<a>.0)", "(^d)(!d(x).'c<x>.0 | 'd<a>.0 | b.A(d))",
        "(^d)(!d(x).'c<x>.0 | 'd<a,b>.0)", "(^d)(d(x).'c<x>.0 | 'd<a>.0)", "(^d)(!d(x).'c<x>.0 | b.'d<a>.0)",
        "!d(x).'c<x>.0 | 'd<a>.0"}) {
    INFO(process);
    CHECK(received(model, process) == model.terms.show(model.term(process)));
  }
}

TEST_CASE("receptors that send to themselves come to an end") {
  PiModel model;
  CHECK_FALSE(received(model, "(^d)(!d(x).'d<x>.0 | 'd<a>.0)").empty());
  CHECK_FALSE(received(model, "(^d)(!d(x).('d<x>.0 | 'c<x>.0) | 'd<a>.0)").empty());
}

TEST_CASE("processes with receptors are weakly related as their finite copies are") {
  std::mt19937 random(21);
  int related = 0, unrelated = 0, reduced = 0;
  for (int i = 0; i < 120; ++i) {
    const Ptr body = substitute(naive_pi::random_process(random, 1 + i % 2, naive_pi::Mismatch::without), "c", "x");
    const Ptr inside = sending_to_receptor(naive_pi::random_process(random, 1 + i % 3, naive_pi::Mismatch::without));
    const Ptr p = growing(inside), q = growing(i % 4 == 0 ? inside : sending_to_receptor(neighbour(inside, random)));
    const Ptr other = i % 2 == 0 ? neighbour(body, random) : body;
    const int copies = std::max({outputs_to(p, "d"), outputs_to(q, "d"), 1});
    if (copies > 2) continue;
    PiModel model;
    const pi::TermId left = model.term(text(behind_receptor(body, p, 0)));
    const pi::TermId right = model.term(text(behind_receptor(other, q, 0)));
    for (const pi::Equivalence& e : pi::all_equivalences()) {
      if (!e.weak) continue;
      const bool expected =
          naive_pi::Bisimilarity(e).relates(behind_receptor(body, p, copies), behind_receptor(other, q, copies));
      Budget budget(Limits{0, 2000, 0});
      const pi::Comparison found = compare(model.transitions, left, right, e, {}, budget);
      INFO(name(e) << "\n" << text(behind_receptor(body, p, 0)) << "\n" << text(behind_receptor(other, q, 0)));
      CHECK(found.outcome == (expected ? Outcome::holds : Outcome::fails));
      ++(expected ? related : unrelated);
      reduced += found.up_to.receptions;
    }
  }
  CHECK(related > 50);
  CHECK(unrelated > 20);
  CHECK(reduced > 50);
}

TEST_CASE("forwarders one after the other are a forwarder, though both grow for ever") {
  PiModel model;
  const auto outcome = [&](const char* left, const char* right, const pi::Equivalence& e) {
    Budget budget(Limits{0, 20'000, 0});
    return compare(model.transitions, model.term(left), model.term(right), e, {}, budget).outcome;
  };
  for (const pi::Equivalence& e : pi::all_equivalences()) {
    INFO(name(e));
    CHECK(outcome("(^b)(!a(x).'b<x>.0 | !b(x).'c<x>.0)", "!a(x).'c<x>.0", e) ==
          (e.weak ? Outcome::holds : Outcome::fails));
    CHECK(outcome("(^b,d)(!a(x).'b<x>.0 | !b(x).'d<x>.0 | !d(x).'c<x>.0)", "(^b)(!a(x).'b<x>.0 | !b(x).'c<x>.0)", e) ==
          (e.weak ? Outcome::holds : Outcome::fails));
    // A forwarder that may lose what it forwards.
    CHECK(outcome("(^b)(!a(x).'b<x>.0 | !b(x).('c<x>.0 + t.0))", "!a(x).'c<x>.0", e) == Outcome::fails);
  }
}

TEST_CASE("ground bisimilarity of growing processes is known from early bisimilarity") {
  PiModel model("agent Out(a,b) = a(x).('b<x>.0 | Out(a,b))\n");
  for (const char* relation : {"strong-ground", "weak-ground"}) {
    Budget budget(Limits{0, 20'000, 0});
    const pi::Comparison found = compare(model.transitions, model.term("!a(x).'b<x>.0"), model.term("Out(a,b)"),
                                         *pi::equivalence_named(relation), {}, budget);
    CHECK(found.outcome == Outcome::holds);
    CHECK(found.witnessed.instantiation == pi::Instantiation::early);
  }
}
