// Structural congruence gives equal ids.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <utility>
#include <vector>

#include "tests/pi/naive_pi.hpp"
#include "tests/pi/pi_fixture.hpp"
#include "tests/pi/samples.hpp"

using namespace tryst;

TEST_CASE("structurally congruent processes are one term") {
  const std::vector<std::pair<std::string, std::string>> laws{
      {"a.0 | 0", "a.0"},
      {"a.0 | 'b.0", "'b.0 | a.0"},
      {"(a.0 | 'b.0) | c.0", "a.0 | ('b.0 | c.0)"},
      {"a.0 + 0", "a.0"},
      {"a.0 + b.0", "b.0 + a.0"},
      {"(a.0 + b.0) + c.0", "a.0 + (b.0 + c.0)"},
      {"a.0 + a.0", "a.0"},
      {"(^x)0", "0"},
      {"(^x)a.b.0", "a.b.0"},
      {"(^x)(^y)'a<x>.'a<y>.x.y.0", "(^y)(^x)'a<x>.'a<y>.x.y.0"},
      {"(^x,y)'a<x>.'a<y>.0", "(^p)(^q)'a<q>.'a<p>.0"},
      {"(^x)('a<x>.0 | b.0)", "b.0 | (^y)'a<y>.0"},
      {"(^x)(x.0 | (^y)('x<y>.0 | 'a<x>.0))", "(^x,y)('a<x>.0 | 'x<y>.0 | x.0)"},
      {"(^x,y)('x.0 | x.0 | 'y<a>.0 | y(z).0)", "(^y)('y<a>.0 | y(z).0) | (^x)('x.0 | x.0)"},
      {"a(x).'x.0", "a(y).'y.0"},
      {"a(x,y).'x<y>.0", "a(y,x).'y<x>.0"},
      {"[a=a]b.0", "b.0"},
      {"[a=b]b.0", "[b=a]b.0"},
      {"[a=b]0", "0"},
      {"[a#a]b.0", "0"},
      {"!!a.0", "!a.0"},
      {"a.0 | !a.0", "!a.0"},
      {"!a.0 | !a.0", "!a.0"},
      {"!(a.0 | 'b.0 + c.0)", "!a.0 | !'b.0 | !c.0"},
      {"(^x,y,z)('x<y>.0 | 'y<z>.0 | 'z<x>.0 | x(u).0)", "(^x,y,z)('z<y>.0 | 'y<x>.0 | z(u).0 | 'x<z>.0)"},
      {"(^x)x.'a.0", "0"},
      {"b.0 | (^x,y)('x<y>.0 | y(z).'a<z>.0)", "b.0"},
  };
  PiModel model;
  for (const auto& [left, right] : laws) {
    const pi::TermId l = model.term(left), r = model.term(right);
    INFO(left << "  and  " << right << "  are  " << model.terms.show(l) << "  and  " << model.terms.show(r));
    CHECK(l == r);
  }
}

TEST_CASE("processes that are not congruent stay apart") {
  PiModel model;
  for (const auto& [left, right] :
       std::vector<std::pair<std::string, std::string>>{{"a.0 | a.0", "a.0"},
                                                        {"(^x)('a<x>.0 | 'b<x>.0)", "(^x)'a<x>.0 | (^x)'b<x>.0"},
                                                        {"a(x,y).'x<y>.0", "a(x,y).'y<x>.0"},
                                                        {"(^x,y)'a<x,y>.'x<y>.0", "(^x,y)'a<x,y>.'y<x>.0"},
                                                        {"[a=b]c.0", "c.0"},
                                                        {"a(x).[x=b]c.0", "a(x).0"},
                                                        {"!a.b.0", "b.0 | !a.b.0"}}) {
    INFO(left << "  and  " << right);
    CHECK(model.term(left) != model.term(right));
  }
}

namespace {

// The same process with operands of | and + exchanged at random.
naive_pi::Ptr shuffled(const naive_pi::Ptr& p, std::mt19937& random) {
  auto copy = *p;
  if (copy.left) copy.left = shuffled(copy.left, random);
  if (copy.right) copy.right = shuffled(copy.right, random);
  const bool commutes = copy.kind == naive_pi::Kind::parallel || copy.kind == naive_pi::Kind::sum;
  if (commutes && random() % 2 == 0) std::swap(copy.left, copy.right);
  return std::make_shared<const naive_pi::Process>(copy);
}

}  // namespace

TEST_CASE("renaming what is bound and exchanging operands does not change a random term") {
  std::mt19937 random(7);
  PiModel model;
  for (int i = 0; i < 2000; ++i) {
    const naive_pi::Ptr p = naive_pi::random_process(random, 3 + i % 12);
    const naive_pi::Ptr q = shuffled(naive_pi::substitute(p, "nobody", "nobody"), random);
    const pi::TermId l = model.term(naive_pi::text(p)), r = model.term(naive_pi::text(q));
    INFO(naive_pi::text(p) << "\n" << naive_pi::text(q) << "\n" << model.terms.show(l) << "\n" << model.terms.show(r));
    CHECK(l == r);
  }
}

TEST_CASE("substituting free names is renaming them in the text") {
  std::mt19937 random(8);
  PiModel model;
  const pi::Name a = model.terms.constant("a"), b = model.terms.constant("b");
  for (int i = 0; i < 1000; ++i) {
    const naive_pi::Ptr p = naive_pi::random_process(random, 3 + i % 8);
    const pi::TermId substituted = model.terms.settle(model.terms.substitute(model.term(naive_pi::text(p)), {{a, b}}));
    const naive_pi::Ptr renamed = naive_pi::substitute(p, "a", "b");
    INFO(naive_pi::text(p) << "\n" << naive_pi::text(renamed));
    CHECK(substituted == model.term(naive_pi::text(renamed)));
  }
}
