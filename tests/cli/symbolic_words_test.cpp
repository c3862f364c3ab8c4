// Sequences that are too long to be listed: words against plain sequences, verdicts against enumeration.
#include <catch2/catch.hpp>
#include <chrono>
#include <random>
#include <string>
#include <thread>

#include "checker/solver.hpp"
#include "checker/symbolic/word_cases.hpp"
#include "semantics/symbolic/expressions.hpp"
#include "tests/cli/decided.hpp"

namespace tryst::cli {

namespace {

// Expressions over words w0 .. w2 and integers, with what they are worth.
class RandomWords {
 public:
  explicit RandomWords(unsigned seed) : random_(seed) {
    for (int i = 0; i < 3; ++i) {
      words.push_back(store.fresh_word());
      Word word;
      for (int n = number(0, 3); n > 0; --n) word.push_back(number(0, 2));
      numbers.integers[*store.length_of(words.back())] = static_cast<std::int64_t>(word.size());
      numbers.words[words.back()] = word;
    }
    integer = store.fresh();
    numbers.integers[integer] = number(0, 2);
  }

  // Elements are only taken where there are enough.
  std::pair<ExpressionId, Word> word(int depth) {
    if (depth == 0) {
      const VariableId v = words[static_cast<std::size_t>(number(0, 2))];
      return {store.variable(v), numbers.words.at(v)};
    }
    switch (number(0, 3)) {
      case 0: {
        const auto [e, n] = item(depth - 1);
        return {store.unit(e), {n}};
      }
      case 1: {
        const auto [e, w] = word(depth - 1);
        const int front = number(0, static_cast<int>(w.size()));
        const int end = number(0, static_cast<int>(w.size()) - front);
        return {store.rest(e, front, end), Word(w.begin() + front, w.end() - end)};
      }
      default: {
        const auto [a, left] = word(depth - 1);
        const auto [b, right] = word(depth - 1);
        Word all = left;
        all.insert(all.end(), right.begin(), right.end());
        return {store.join({a, b}), all};
      }
    }
  }
  std::pair<ExpressionId, std::int64_t> item(int depth) {
    const auto [e, w] = word(depth);
    if (w.empty() || number(0, 2) == 0) return {store.variable(integer), numbers.integers.at(integer)};
    const int at = number(0, static_cast<int>(w.size()) - 1);
    if (number(0, 1) == 0) return {store.element(e, at), w[static_cast<std::size_t>(at)]};
    return {store.element(e, at - static_cast<int>(w.size())), w[static_cast<std::size_t>(at)]};
  }
  int number(int least, int most) { return std::uniform_int_distribution<>(least, most)(random_); }

  Expressions store;
  std::vector<VariableId> words;
  VariableId integer{};
  Numbers numbers;

 private:
  std::mt19937 random_;
};

// A process with a sequence of messages, beside a plain one, and a specification.
class RandomScript {
 public:
  explicit RandomScript(unsigned seed) : random_(seed) {}

  std::string text() {
    std::string out =
        "datatype M = Up | Down | Num.{0..1}\nchannel a, b : M\nchannel e : {0..6}\nchannel go\n"
        "size(Up) = 0\nsize(Down) = 1\nsize(Num.n) = n\n"
        "Q(s, n) = #s < 6 & a?m -> Q(" +
        grown() + ", n) [] " + other() + " [] " + shrinking() + "\n";
    out += "S(n) = a?x -> S(" + pick({"n", "size(x)"}) + ") [] b?x" + pick({"", ":{Up, Num.1}"}) + " -> S(n) [] e?x" +
           pick({"", ":{n..6}"}) + " -> S(n) [] go -> S(n)\n";
    const std::string partner =
        pick({"STOP", "RUN({| b |})", "R", "R", "R"}) + "\nR = b?m -> (go -> R [] a!m -> R) [] b!Up -> R\n";
    out += "N = Q(<>, 0) [| {| " + pick({"a", "b", "b"}) + " |} |] W\nW = " + partner;
    out += "assert S(0) [T= N\nassert N :[deadlock free [F]]\n";
    return out;
  }

 private:
  bool chance(int n) { return std::uniform_int_distribution<>(0, n - 1)(random_) == 0; }
  std::string pick(const std::vector<std::string>& from) {
    return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random_)];
  }
  std::string grown() { return pick({"s^<m>", "<m>^s", "s^<m>", "<Up>^s^<m>"}); }
  std::string shrinking() {
    return pick(
        {"s != <> & b!head(s) -> Q(tail(s), n)", "not null(s) & b!head(s) -> Q(tail(s), #s % 2)",
         "T(s, n)\nT(<>, n) = e!n -> Q(<>, n)\nT(<x>^xs, n) = b!x -> Q(xs, n)",
         "T(s, n)\nT(<>, n) = go -> Q(<>, n)\nT(xs^<x>, n) = b!x -> Q(xs, 1-n)\n",
         "T(s, n)\nT(<>, n) = STOP\nT(<x>^xs, n) = if x == Up then b!x -> Q(xs, n) else e!(size(x)) -> Q(xs, n)",
         "#s >= 2 & b!head(tail(s)) -> Q(tail(s), n)", "s == <Up, Down> & b!Up -> Q(<>, 1-n)",
         "a?m -> (if elem(m, s) then b!m -> Q(tail(s), n) else go -> Q(s, n))", "#s < 4 & go -> Q(s^s, n)",
         "s != <> & b!head(s) -> (if tail(s) == <head(s)> then e!n -> Q(s, n) else Q(s, n))",
         "#s < 3 & go -> V(s, <>)\nV(s, t) = a?m -> (if #t > 2 then Q(t, 0) else V(s, t^<m>))\n"
         "  [] (if s == t then e!6 -> Q(<>, 1) else b!Up -> Q(s^t, 0))"});
  }
  std::string other() {
    return pick({"e!#s -> Q(s, n)", "#s == 5 & go -> STOP", "go -> Q(<>, n)", "#s == 2 & e!n -> Q(s^<Down>, n)",
                 "s != <> & e!(size(head(s))) -> Q(s, size(head(s)))"});
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("words in normal form are worth what plain sequences are") {
  for (unsigned seed = 1; seed <= 3000; ++seed) {
    RandomWords r(seed);
    const auto [e, w] = r.word(3);
    INFO(seed << " " << r.store.text(e, [](VariableId v) { return "v" + std::to_string(index(v)); }));
    REQUIRE(r.store.word(e, r.numbers) == w);
    REQUIRE(r.store.value(r.store.length(e), r.numbers) == static_cast<std::int64_t>(w.size()));
    const auto [f, v] = r.word(2);
    REQUIRE(r.store.value(r.store.same(e, f), r.numbers) == (w == v));
    REQUIRE(r.store.value(r.store.negation(r.store.same(e, f)), r.numbers) == (w != v));
    const auto [i, n] = r.item(2);
    REQUIRE(r.store.value(i, r.numbers) == n);
    Expressions::Assignment known;
    for (const auto& [variable, word] : r.numbers.words) known.emplace(variable, r.store.constant(word));
    for (const auto& [variable, value] : r.numbers.integers) known.emplace(variable, r.store.number(value));
    CHECK(r.store.substitute(e, known) == r.store.constant(w));
  }
}

TEST_CASE("conditions on words that can be met are not found impossible") {
  std::size_t refuted = 0;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    RandomWords r(seed);
    std::vector<ExpressionId> conditions;
    bool can_be_met = true;
    for (int i = 0; i < 3; ++i) {
      const auto [a, left] = r.word(i == 0 ? 0 : 2);
      const auto [b, right] = r.word(2);
      const ExpressionId condition = r.number(0, 1) == 0 ? r.store.same(a, b) : r.store.negation(r.store.same(a, b));
      const bool holds = r.store.value(condition, r.numbers) == 1;
      can_be_met = can_be_met && holds;
      conditions.push_back(condition);
    }
    // Elements are known to exist.
    for (const VariableId w : r.words)
      conditions.push_back(r.store.equal(r.store.variable(*r.store.length_of(w)),
                                         r.store.number(r.numbers.integers.at(*r.store.length_of(w)))));
    bool is_impossible = true;
    for (const auto& each : integer_cases(r.store, conditions)) {
      Solver solver(r.store);
      for (const ExpressionId condition : each) solver.require(condition, 0);
      is_impossible = is_impossible && solver.check() == Solver::Answer::no;
    }
    INFO(seed);
    CHECK((!can_be_met || !is_impossible));
    refuted += is_impossible;
  }
  CHECK(refuted > 60);
}

TEST_CASE("random processes with long sequences of messages are decided in symbols as by enumeration") {
  agree_with_enumeration(5, 6, 3, [](unsigned seed) { return RandomScript(seed).text(); });
}

TEST_CASE("a sequence without a bound is described by what it is made of") {
  const std::string header =
      "channel in, out, mid : Int\nQUEUE(s) = in?x -> QUEUE(s^<x>) [] s != <> & out!head(s) -> QUEUE(tail(s))\n"
      "LEFT(s) = in?x -> LEFT(s^<x>) [] s != <> & mid!head(s) -> LEFT(tail(s))\n"
      "RIGHT(s) = mid?x -> RIGHT(s^<x>) [] s != <> & out!head(s) -> RIGHT(tail(s))\n";
  const AssertionReport two =
      one(header + "assert QUEUE(<>) [T= (LEFT(<>) [| {| mid |} |] RIGHT(<>)) \\ {| mid |}\n", ProofChoice::symbolic);
  CHECK(two.status == Status::holds);
  CHECK(two.argument.find("x3 == x2^x1") != std::string::npos);
  const AssertionReport stack = one(header +
                                        "STACK(s) = in?x -> STACK(<x>^s) [] s != <> & out!head(s) -> STACK(tail(s))\n"
                                        "assert QUEUE(<>) [T= STACK(<>)\n",
                                    ProofChoice::symbolic);
  REQUIRE(stack.status == Status::fails);
  CHECK(stack.counterexamples[0].trace.size() == 3);
  const std::string bounded =
      header + "BUF(s) = #s < 1000 & in?x -> BUF(s^<x>) [] s != <> & out!head(s) -> BUF(tail(s))\n";
  CHECK(one(bounded + "assert BUF(<>) :[deadlock free [F]]\n", ProofChoice::symbolic).status == Status::holds);
  CHECK(one(bounded + "assert QUEUE(<>) [T= BUF(<>)\n", ProofChoice::symbolic).status == Status::holds);
}

TEST_CASE("elements of a sequence keep the ranges that they were put in with") {
  const AssertionReport ranged =
      one("channel in, out : {0..3}\n"
          "Q(s) = in?m -> Q(s^<m>) [] s != <> & out!head(s) -> Q(tail(s))\nassert Q(<>) :[deadlock free [F]]\n",
          ProofChoice::symbolic);
  CHECK(ranged.status == Status::holds);
  const AssertionReport wrong =
      one("channel in : {0..4}\nchannel out : {0..3}\n"
          "Q(s) = in?m -> Q(s^<m>) [] s != <> & out!head(s) -> Q(tail(s))\nassert Q(<>) :[deadlock free [F]]\n",
          ProofChoice::symbolic);
  CHECK(wrong.status == Status::error);
}

TEST_CASE("an interruption ends what the solver does long before its time is over") {
  Expressions e;
  const auto power = [&](ExpressionId x) { return e.multiply(x, e.multiply(x, x)); };
  std::vector<ExpressionId> v;
  for (int i = 0; i < 3; ++i) v.push_back(e.variable(e.fresh()));
  Solver solver(e);
  for (const ExpressionId x : v) solver.require(e.less(e.number(1), x), 0);
  solver.require(e.equal(e.add(power(v[0]), power(v[1])), power(v[2])), 0);
  const auto start = std::chrono::steady_clock::now();
  std::thread user([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    Budget::interrupted = true;
  });
  bool interrupted = false;
  try {
    solver.check(30);
  } catch (const LimitReached& limit) {
    interrupted = limit.interrupted;
  }
  user.join();
  Budget::interrupted = false;
  CHECK(interrupted);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(15));
  Solver again(e);
  again.require(e.equal(v[0], e.number(3)), 0);
  CHECK(again.check() == Solver::Answer::yes);
  CHECK(again.value(*e.bare_variable(v[0]), 0) == 3);
}

TEST_CASE("sequences without a bound are joined, compared and searched") {
  const std::string header = "channel in, other, out : Int\nchannel flush, equal, differ, dup\n";
  const std::string fifo = "FIFO(s) = in?x -> FIFO(s^<x>) [] s != <> & out!head(s) -> FIFO(tail(s))\n";
  const std::string batch =
      "B(p, q) = in?x -> B(p^<x>, q) [] flush -> B(<>, q^p) [] q != <> & out!head(q) -> B(p, tail(q))\n";
  CHECK(one(header + fifo + batch + "assert FIFO(<>) [T= B(<>, <>) \\ {flush}\n", ProofChoice::symbolic).status ==
        Status::holds);
  const std::string wrong =
      "W(p, q) = in?x -> W(p^<x>, q) [] flush -> W(<>, p^q) [] q != <> & out!head(q) -> W(p, tail(q))\n";
  const AssertionReport first =
      one(header + fifo + wrong + "assert FIFO(<>) [T= W(<>, <>) \\ {flush}\n", ProofChoice::symbolic);
  REQUIRE(first.status == Status::fails);
  CHECK(first.counterexamples[0].trace.size() == 3);

  const std::string histories =
      "H(s, t) = in?x -> H(s^<x>, t) [] other?x -> H(s, t^<x>)\n"
      "  [] (if s == t then equal -> H(s, t) else differ -> H(s, t))\n";
  CHECK(one(header + histories + "assert H(<>, <>) :[deadlock free]\n", ProofChoice::symbolic).status == Status::holds);
  const std::string counted =
      "C(n) = in?x -> C(n+1) [] other?x -> C(n-1) [] n == 0 & equal -> C(n) [] differ -> C(n)\n";
  CHECK(one(header + histories + counted + "assert C(0) [T= H(<>, <>)\n", ProofChoice::symbolic).status ==
        Status::holds);
  const std::string never =
      "N = in?x -> N [] other?x -> N [] equal -> E\nE = in?x -> D [] other?x -> D [] equal -> E\n"
      "D = in?x -> D [] other?x -> D [] differ -> D\n";
  const AssertionReport again = one(header + histories + never + "assert N [T= H(<>, <>)\n", ProofChoice::symbolic);
  REQUIRE(again.status == Status::fails);  // before anything has come, they are equal; one more, and they differ

  const std::string server =
      "S(q) = in?x -> (if elem(x, q) then dup -> S(q) else S(q^<x>))\n"
      "  [] q != <> & out!head(q) -> S(tail(q))\n";
  CHECK(one(header + server + "assert S(<>) :[deadlock free]\n", ProofChoice::symbolic).status == Status::holds);
  const AssertionReport twice =
      one(header + server + "R = in?x -> R [] out?x -> R\nassert R [T= S(<>)\n", ProofChoice::symbolic);
  REQUIRE(twice.status == Status::fails);
  CHECK(twice.counterexamples[0].trace.size() == 3);
  CHECK(twice.counterexamples[0].trace[0] == twice.counterexamples[0].trace[1]);
}

TEST_CASE("what is not said of words is refused") {
  const AssertionReport report =
      one("channel in : Int\nchannel go\nQ(s) = in?x -> Q(s^<{x}>) [] go -> Q(s)\nassert Q(<>) :[deadlock free [F]]\n",
          ProofChoice::symbolic);
  CHECK(report.status == Status::inconclusive);
  CHECK(report.reason.find("elements that are not made of integers and constants") != std::string::npos);
}

}  // namespace tryst::cli
