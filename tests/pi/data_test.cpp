// Numbers and Booleans as messages: transitions, equivalences for all numbers, deadlocks.
#include <catch2/catch.hpp>
#include <random>

#include "checker/pi/data_bisimulation.hpp"
#include "checker/pi/data_deadlock.hpp"
#include "checker/pi/equivalence.hpp"
#include "tests/pi/naive_data.hpp"
#include "tests/pi/pi_fixture.hpp"
#include "tests/pi/samples.hpp"

using namespace tryst;

namespace {

// What it is called makes its sorts known.
constexpr const char* start = "Start(a,b,c)";

std::string with_start(const std::string& process, const std::string& definitions = "") {
  return definitions + "agent Start(a,b,c) = " + process + "\n";
}

// What a process over a, b and c can do, a line each.
std::string steps(const std::string& process, pi::Semantics semantics, const std::string& definitions = "") {
  PiModel model(with_start(process, definitions));
  pi::PiSystem system(model.transitions, model.term(start), semantics);
  std::vector<Transition> row;
  system.successors(system.initial(), row);
  std::string out;
  for (const Transition& t : row)
    out += std::string(t.event == tau ? "t" : system.events().name(t.event)) + " -> " +
           model.terms.show(system.term(t.target)) + "\n";
  return out;
}

pi::Comparison compare(const std::string& definitions, const std::string& left, const std::string& right,
                       const pi::Equivalence& equivalence) {
  const std::string text = definitions + "assert " + left + " ~ " + right;
  PiText read(text);
  INFO(text << "\n" << read.messages());
  REQUIRE_FALSE(read.diagnostics.has_errors());
  const pi::Command& command = read.script.commands[pi::CommandId{0}];
  pi::Terms terms;
  pi::Transitions transitions(terms);
  pi::Elaboration elaboration(read.script, terms, std::array{command.left, command.right});
  const pi::TermId p = elaboration.process(command.left), q = elaboration.process(command.right);
  Budget budget(Limits{20, 100'000, 0});
  const pi::Comparison found = pi::compare(transitions, p, q, equivalence, {}, budget);
  INFO(name(equivalence) << ": " << found.reason);
  CHECK(found.outcome != Outcome::inconclusive);
  return found;
}

Outcome outcome(const std::string& definitions, const std::string& left, const std::string& right,
                const std::string& relation) {
  return compare(definitions, left, right, *pi::equivalence_named(relation)).outcome;
}

void check_all(const std::string& definitions, const std::string& left, const std::string& right, Outcome expected) {
  for (const pi::Equivalence& e : pi::all_equivalences()) {
    INFO(left << "\n" << right << "\n" << name(e));
    CHECK(compare(definitions, left, right, e).outcome == expected);
  }
}

bool is_free_of_deadlock(const std::string& process, const std::string& definitions = "") {
  PiModel model(with_start(process, definitions), pi::Garbage::marked);
  const pi::TermId t = model.term(start);
  Budget budget(Limits{20, 10'000, 0});
  return find_deadlock_with_data(model.transitions, t, pi::Ending::proper, budget).outcome == Outcome::holds;
}

}  // namespace

TEST_CASE("numbers that are known are computed, and tests of them are gone") {
  CHECK(steps("P(a,2)", pi::Semantics::late, "agent P(a,n) = [n < 3]'a<n+1>.P(a,n+1) + [n >= 3]'a<0-n>.0\n") ==
        "'a<3> -> P(a,3)\n");
  CHECK(steps("P(a,3)", pi::Semantics::late, "agent P(a,n) = [n < 3]'a<n+1>.P(a,n+1) + [n >= 3]'a<0-n>.0\n") ==
        "'a<-3> -> 0\n");
  CHECK(steps("(^c)('c<4,true>.0 | c(x,y).[y=true][x+x=8]'a<x-1>.0)", pi::Semantics::symbolic) == "t -> 'a<3>.0\n");
  CHECK(steps("[true=false]'a<1>.0 + [true#false]'a<2>.0 + [2=2]'a<3>.0", pi::Semantics::late) ==
        "'a<2> -> 0\n'a<3> -> 0\n");
}

TEST_CASE("a Boolean that is received is one of two, a number a variable with conditions") {
  CHECK(steps("a(x).[x=true]'b<x>.0", pi::Semantics::late) == "a<false> -> 0\na<true> -> 'b<true>.0\n");
  for (const pi::Semantics semantics : {pi::Semantics::late, pi::Semantics::symbolic})
    CHECK(steps("a(x).[x > 3]'b<x>.0", semantics) == "a(_0) -> [4 <= _0]'b<_0>.0\n");
  PiModel model(with_start("a(x).([x > 3]'b<x+1>.0 + [x=1]'c<x>.0)"));
  const Lts lts = model.lts(start, pi::Semantics::early);
  CHECK(lts.state_count() == 3);
  CHECK(lts.transition_count() == 3);
  PiModel two(with_start("a(x,y).([x < y]'b<y-x>.0 + [x=y]t.[x > y]t.0)"));
  const Lts open = two.lts(start, pi::Semantics::late);
  std::set<std::string> labels;
  for (std::uint32_t s = 0; s < open.state_count(); ++s)
    for (const Transition& t : open.transitions(static_cast<StateId>(s))) labels.emplace(open.events().name(t.event));
  CHECK(labels == std::set<std::string>{"a(_0,_1)", "[_0+1 <= _1]'b<-_0+_1>", "[_0=_1]t", "[_1+1 <= _0]t"});
}

TEST_CASE("conditions are compared by what they mean, for all numbers") {
  check_all("", "a(x).[x < 3]'b<x>.0", "a(x).[x <= 2]'b<x>.0", Outcome::holds);
  check_all("", "a(x).[x < 3]'b<x>.0", "a(x).[x <= 3]'b<x>.0", Outcome::fails);
  check_all("", "a(x).[x > 7]'b<x-x>.0", "a(x).[x > 7]'b<0>.0", Outcome::holds);
  check_all("", "a(x).a(y).[x=y]'b<x>.0", "a(x).a(y).[x=y]'b<y>.0", Outcome::holds);
  check_all("", "a(x).a(y).([x < y]'b<1>.0 + [x >= y]'b<1>.0)", "a(x).a(y).'b<1>.0", Outcome::holds);
  // Far from every number that the processes mention.
  check_all("", "a(x).a(y).[x+x+x = y+y+500]'b<1>.0", "a(x).a(y).0", Outcome::fails);
  check_all("", "a(x).[x+x = 1001]'b<1>.0", "a(x).0", Outcome::holds);
  check_all("", "a(x).([x=true]'b<x>.0 + [x#true]'b<x>.0)", "a(x).'b<x>.[x#x]0", Outcome::holds);
}

TEST_CASE("early answers know the number that is received, late and open ones do not") {
  const std::string left = "a(x).'b<1>.0 + a(x).'b<2>.0", more = "a(x).([x < 9]'b<1>.0 + [x >= 9]'b<2>.0)";
  for (const char* relation : {"strong-early", "weak-early", "strong-ground", "early-congruence"})
    CHECK(outcome("", left, left + " + " + more, relation) == Outcome::holds);
  for (const char* relation : {"strong-late", "weak-late", "strong-open", "weak-open", "late-congruence"})
    CHECK(outcome("", left, left + " + " + more, relation) == Outcome::fails);
}

TEST_CASE("numbers may grow for ever") {
  const std::string definitions =
      "agent Count(a,n) = 'a<n>.Count(a,n+1)\nagent Other(a,n,m) = 'a<n-m>.Other(a,n+3,m+2)\n"
      "agent Double(a,n) = 'a<n+n>.Double(a,n+1)\nagent From(in,a) = in(n).Count(a,n)\n"
      "agent Also(in,a) = in(n).Other(a,n+5,5)\n";
  check_all(definitions, "Count(a,0)", "Other(a,4,4)", Outcome::holds);
  check_all(definitions, "Count(a,0)", "Double(a,0)", Outcome::fails);
  check_all(definitions, "From(in,a)", "Also(in,a)", Outcome::holds);
}

TEST_CASE("names and data together: a cell that is found by its name") {
  const std::string definitions =
      "agent Cell(put,get,n) = put(x).Cell(put,get,x) + 'get<n>.Cell(put,get,n)\n"
      "agent Server(new) = new(reply).(^put,get)'reply<put,get>.(Cell(put,get,0) | Server(new))\n"
      "agent User(new,in,out) = (^reply)'new<reply>.reply(put,get).in(x).'put<x>.get(y).[y > 10]'out<y>.0\n"
      "agent System(in,out) = (^new)(Server(new) | User(new,in,out))\n";
  CHECK(outcome(definitions, "System(in,out)", "in(x).[x > 10]'out<x>.0", "weak-open") == Outcome::holds);
  CHECK(outcome(definitions, "System(in,out)", "in(x).[x > 9]'out<x>.0", "weak-early") == Outcome::fails);
}

TEST_CASE("a difference is shown by a play with numbers, a bisimulation with conditions") {
  const pi::Comparison different =
      compare("", "a(x).[x > 41]'b<x>.0", "a(x).[x > 42]'b<x>.0", *pi::equivalence_named("strong-early"));
  REQUIRE(different.play.size() == 2);
  CHECK(different.play[0].challenge.action.objects.size() == 1);
  CHECK(is_sum(different.play[0].challenge.action.objects[0]));
  const pi::Comparison equal =
      compare("", "a(x).[x > 41]'b<x>.0", "a(x).[x >= 42]'b<x+0>.0", *pi::equivalence_named("strong-late"));
  CHECK(equal.bisimulation.empty());  // both are the same term
  const pi::Comparison related =
      compare("", "a(x).([x > 4]'b<x>.0 + [x <= 4]'b<x>.0)", "a(x).'b<x>.0", *pi::equivalence_named("weak-late"));
  CHECK(related.bisimulation.size() == related.conditions.size());
  CHECK_FALSE(related.bisimulation.empty());
}

TEST_CASE("a question that is not defined leaves nothing behind in the budget") {
  PiModel model(with_start("a(x).[x > 0][b#c]'b<x>.0", "agent Other(a,b,c) = a(x).[x > x]t.0\n"));
  const pi::Equivalence open = *pi::equivalence_named("strong-open"), weak = *pi::equivalence_named("weak-early");
  Budget budget;
  const auto outcome = [&](const char* left, const char* right, const pi::Equivalence& e) {
    return pi::compare(model.transitions, model.term(left), model.term(right), e, {}, budget).outcome;
  };
  CHECK(outcome(start, "0", open) == Outcome::fails);
  CHECK(outcome(start, "Other(a,b,c)", open) == Outcome::inconclusive);
  CHECK(outcome("t.a.b.0 | t.b.a.0 | t.c.a.0 | t.c.b.0 | t.c.c.0", "a.b.0 | b.a.0 | c.a.0 | t.c.b.0 | c.c.0", weak) ==
        Outcome::holds);
}

TEST_CASE("a process may be stuck for some numbers only") {
  CHECK(is_free_of_deadlock("P(a,b)", "agent P(a,b) = a(x).([x > 3]'b<x>.P(a,b) + [x <= 3]P(a,b))\n"));
  CHECK_FALSE(is_free_of_deadlock("P(a,b)", "agent P(a,b) = a(x).([x > 3]'b<x>.P(a,b) + [x < 3]P(a,b))\n"));
  CHECK(is_free_of_deadlock("a(x).a(y).([x < y]'b<x>.0 + [y < x]'b<y>.0 + [x=y]t.0)"));
  CHECK_FALSE(is_free_of_deadlock("a(x).a(y).([x < y]'b<x>.0 + [y < x]'b<y>.0)"));
  // What has been tested before is still known; what is forgotten does not matter.
  CHECK(is_free_of_deadlock("P(a,b)", "agent P(a,b) = a(x).[x > 3]t.([x > 2]'b<x>.P(a,b)) + a(x).P(a,b)\n") == false);
  CHECK(is_free_of_deadlock("a(x).([x > 3]t.[x > 2]'b<x>.0 + [x <= 3]'b<0>.0)"));
  CHECK_FALSE(is_free_of_deadlock("a(x).([x > 3]t.[x > 4]'b<x>.0 + [x <= 3]'b<0>.0)"));
}

namespace {

// What can never happen says what a and b carry.
constexpr const char* of_numbers = "([0 = 1]'a<0>.'b<0>.0 + ";

void check_random(unsigned seed, int pairs, int verdicts_min) {
  std::mt19937 random(seed);
  std::map<std::string, std::pair<int, int>> counts;
  for (int i = 0; i < pairs; ++i) {
    const naive_data::Ptr p = naive_data::random_process(random, 2 + i % 5);
    naive_data::Ptr q = neighbour(p, random);
    if (i % 3 == 0) q = neighbour(q, random);
    bool expected[2][2];
    for (const bool weak : {false, true})
      for (const bool late : {false, true}) expected[weak][late] = naive_data::Bisimilarity(weak, late).relates(p, q);
    for (const pi::Equivalence& e : pi::all_equivalences()) {
      // Data are values: ground bisimilarity tries them all, open bisimilarity answers before it knows them.
      const bool late = e.instantiation == pi::Instantiation::late || e.instantiation == pi::Instantiation::open;
      const bool related = expected[e.weak][late];
      INFO(name(e) << "\n" << text(p) << "\n" << text(q));
      CHECK(compare("", of_numbers + text(p) + ")", of_numbers + text(q) + ")", e).outcome ==
            (related ? Outcome::holds : Outcome::fails));
      ++(related ? counts[name(e)].first : counts[name(e)].second);
    }
  }
  for (const auto& [relation, verdicts] : counts) {
    INFO(relation << " " << verdicts.first << " " << verdicts.second);
    CHECK(verdicts.first > verdicts_min);
    CHECK(verdicts.second > verdicts_min);
  }
}

}  // namespace

TEST_CASE("random processes with numbers are related as the definitions say") { check_random(31, 300, 40); }

TEST_CASE("predicates agree with the game on processes that have only names") {
  std::mt19937 random(33);
  std::map<std::string, std::pair<int, int>> counts;
  for (int i = 0; i < 150; ++i) {
    const auto mismatch = i % 3 == 0 ? naive_pi::Mismatch::with : naive_pi::Mismatch::without;
    naive_pi::Ptr p = naive_pi::random_process(random, 2 + i % 4, mismatch), q = neighbour(p, random);
    if (i % 5 == 0) std::tie(p, q) = naive_pi::choices_on_reception(random, 1 + i % 3, mismatch);
    if (i % 4 == 0) {
      const std::size_t order = random();
      p = naive_pi::behind_interface(p, order);
      q = naive_pi::behind_interface(q, order);
    }
    PiModel model;
    const pi::TermId left = model.term(text(p)), right = model.term(text(q));
    for (const pi::Equivalence& e : pi::all_equivalences()) {
      if (e.instantiation == pi::Instantiation::open && mismatch == naive_pi::Mismatch::with) continue;
      Budget budget;
      const pi::Distinction distinction = distinct_from_all(
          model.terms, left, right, i % 2 == 0 ? std::vector<pi::Name>{} : std::vector{model.terms.constant("b")});
      const Outcome expected = pi::compare(model.transitions, left, right, e, distinction, budget).outcome;
      pi::DataGame game(model.transitions, left, right, e, distinction, budget, false);
      game.unfold(10'000);
      INFO(name(e) << "\n" << text(p) << "\n" << text(q));
      CHECK(compare_with_data(game, model.terms, budget).outcome == expected);
      ++(expected == Outcome::holds ? counts[name(e)].first : counts[name(e)].second);
    }
  }
  for (const auto& [relation, verdicts] : counts) {
    INFO(relation << " " << verdicts.first << " " << verdicts.second);
    CHECK(verdicts.first > 8);
    CHECK(verdicts.second > 8);
  }
}

TEST_CASE("more random processes with numbers are related as the definitions say", "[.long]") {
  check_random(32, 10'000, 1500);
}
