// Renamed and hidden events: what rules cover, and the laws of CSP's renaming and hiding.
#include "semantics/relabelling.hpp"

#include <catch2/catch.hpp>

#include "checker/comparison.hpp"
#include "frontend/catalogue.hpp"
#include "semantics/relabelling_reader.hpp"
#include "tests/checker/naive.hpp"

using namespace tryst;

namespace {

Lts applied(const Lts& lts, std::vector<std::pair<std::string, std::string>> rules, std::vector<std::string> hidden) {
  Relabelling relabelling;
  for (auto& [from, to] : rules) relabelling.rename(from, to);
  for (const std::string& label : hidden) relabelling.hide(label);
  Budget budget;
  return relabelled(lts, relabelling, budget);
}

// The same states and transitions, by the names of the events.
bool same(const Lts& one, const Lts& other) {
  if (one.state_count() != other.state_count()) return false;
  const auto named = [](const Lts& lts, std::uint32_t s) {
    std::vector<std::pair<std::string, StateId>> row;
    for (const Transition& t : lts.transitions(static_cast<StateId>(s)))
      row.emplace_back(lts.events().name(t.event), t.target);
    std::sort(row.begin(), row.end());
    return row;
  };
  for (std::uint32_t s = 0; s < one.state_count(); ++s)
    if (named(one, s) != named(other, s)) return false;
  return true;
}

struct Read {
  Relabelling left, right;
  std::vector<std::string> errors;
};

Read read(const std::string& text) {
  Read result;
  SourceSet sources;
  FileId file{};
  sources.add("names", text, file);
  Diagnostics diagnostics;
  read_relabelling(sources, file, diagnostics, result.left, result.right);
  for (const Diagnostic& each : diagnostics.all())
    result.errors.push_back(std::string(each.code) + " " + std::string(sources.text(each.span)));
  return result;
}

}  // namespace

TEST_CASE("a rule covers a label and what follows the name of a channel") {
  Relabelling relabelling;
  REQUIRE(relabelling.rename("c", "d"));
  REQUIRE(relabelling.rename("c.1", "e"));
  REQUIRE_FALSE(relabelling.rename("c", "x"));
  relabelling.rename("gone", "");
  relabelling.hide("h");
  CHECK(relabelling.apply("c") == "d");
  CHECK(relabelling.apply("c.0") == "d.0");
  CHECK(relabelling.apply("c.1") == "e");
  CHECK(relabelling.apply("c.1.true") == "e.true");
  CHECK(relabelling.apply("c(1)") == "d(1)");
  CHECK(relabelling.apply("c<a>") == "d<a>");
  CHECK(relabelling.apply("c !1") == "d !1");
  CHECK(relabelling.apply("cc.0") == "cc.0");
  CHECK(relabelling.apply("h.2") == "");
  CHECK(relabelling.apply("hh") == "hh");
  CHECK(relabelling.unused() == std::vector<std::string>{"gone"});
  CHECK(relabelling.apply("gone.7") == "");
  CHECK(relabelling.unused().empty());
}

TEST_CASE("hiding and renaming commute as in CSP") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Lts lts = naive::random_system(seed, 5, 3, 2.0, 0.3, seed % 2 == 0);
    CAPTURE(seed);
    // (P \ A) \ B = P \ (A u B) = (P \ B) \ A
    const Lts both = applied(lts, {}, {"a", "b"});
    CHECK(same(applied(applied(lts, {}, {"a"}), {}, {"b"}), both));
    CHECK(same(applied(applied(lts, {}, {"b"}), {}, {"a"}), both));
    // f(P) \ f(A) = f(P \ A) for an injective f
    const std::vector<std::pair<std::string, std::string>> swap{{"a", "b"}, {"b", "a"}, {"c", "z"}};
    CHECK(same(applied(lts, swap, {"b"}), applied(applied(lts, {}, {"a"}), swap, {})));
    CHECK(same(applied(applied(lts, swap, {}), {{"a", "b"}, {"b", "a"}, {"z", "c"}}, {}), lts));
    // g(f(P)) = (g o f)(P)
    CHECK(same(applied(applied(lts, {{"a", "b"}}, {}), {{"b", "c"}}, {}), applied(lts, {{"a", "c"}, {"b", "c"}}, {})));
    // Renaming to tau is hiding.
    CHECK(same(applied(lts, {{"a", ""}}, {}), applied(lts, {}, {"a"})));
  }
}

TEST_CASE("hiding and renaming keep bisimilar systems bisimilar") {
  Budget budget;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Lts lts = naive::random_system(seed, 7, 2, 1.6, 0.4, false);
    for (const Relation relation : {Relation::strong, Relation::branching, Relation::dp_branching, Relation::weak}) {
      const Lts small = minimise(lts, relation, budget);
      CAPTURE(seed, name(relation));
      CHECK(compare(applied(lts, {}, {"a"}), applied(small, {}, {"a"}), relation, budget).outcome == Outcome::holds);
      CHECK(compare(applied(lts, {{"a", "b"}}, {}), applied(small, {{"a", "b"}}, {}), relation, budget).outcome ==
            Outcome::holds);
    }
  }
}

TEST_CASE("a file of rules may speak of one system only") {
  Read result = read("-- names\nsend -> transmit\r\n\nleft:\n  in -> x \nright:\nout->tau\nboth:\nack.0 -> y");
  CHECK(result.errors.empty());
  CHECK(result.left.apply("send.1") == "transmit.1");
  CHECK(result.right.apply("send.1") == "transmit.1");
  CHECK(result.left.apply("in") == "x");
  CHECK(result.right.apply("in") == "in");
  CHECK(result.left.apply("out") == "out");
  CHECK(result.right.apply("out") == "");
  CHECK(result.left.apply("ack.0") == "y");
}

TEST_CASE("what is wrong with a file of rules is pointed at") {
  CHECK(read("a = b\n").errors == std::vector<std::string>{"P0651 a = b"});
  CHECK(read("a ->\n-> b\na -> b -> c\n").errors ==
        std::vector<std::string>{"P0651 a ->", "P0651 -> b", "P0651 a -> b -> c"});
  CHECK(read("a -> b\nleft:\na -> c\n").errors == std::vector<std::string>{"P0652 a"});
  CHECK(read("tau -> a\nb -> tick\n").errors == std::vector<std::string>{"P0653 tau", "P0653 tick"});
}

TEST_CASE("the catalogue's examples of wrong rules provoke their codes") {
  for (const CatalogueEntry& entry : catalogue::relabelling()) {
    const std::vector<std::string> errors = read(std::string(entry.example)).errors;
    REQUIRE_FALSE(errors.empty());
    CHECK(errors.front().starts_with(entry.code));
  }
}
