// Verdicts in symbols against verdicts by enumeration, on random networks whose integers have a range: 0..3 is small
// enough to be enumerated, and no more than a condition to the solver.
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "tests/cli/decided.hpp"

namespace tryst::cli {

namespace {

// Processes P0(n) .. P2(n) over channels a, b, c of integers, and a specification S(n) with at most one way to go on
// after each event.
class RandomScript {
 public:
  explicit RandomScript(unsigned seed, bool is_behind_event = false)
      : random_(seed), is_behind_event_(is_behind_event) {}

  std::string text() {
    std::string out = "channel a, b, c : {0..3}\n";
    for (int p = 0; p < 3; ++p) out += "P" + std::to_string(p) + "(n) = " + process(2) + "\n";
    out += "S(n) = " + offer("a", "S") + " [] " + offer("b", "S") + " [] " + offer("c", "S") + "\n";
    const std::string shared = pick({"a", "b", "a, b", "b, c"});
    const std::string network = "(P0(" + number() + ") [| {| " + shared + " |} |] P1(" + number() + "))" +
                                (chance(2) ? " ||| P2(" + number() + ")" : "");
    const std::string hidden = chance(2) ? " \\ {| " + pick({"a", "b", "c"}) + " |}" : "";
    const std::string whole = "(" + network + ")" + hidden;
    out += "N = " + (is_behind_event_ ? "a!0 -> (" + whole + ")" : whole) + "\n";
    out += "assert S(" + number() + ") [T= N\nassert N :[deadlock free [F]]\n";
    return out;
  }

 private:
  bool chance(int n) { return std::uniform_int_distribution<>(0, n - 1)(random_) == 0; }
  std::string pick(const std::vector<std::string>& from) {
    return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random_)];
  }
  std::string number() { return pick({"0", "1", "2", "3"}); }
  std::string value(bool has_input) {
    std::string e = has_input ? pick({"x", "n", "x+n", "n+1", "x+1"}) : pick({"n", "n+1", "3-n", "2*n"});
    return e == "n" || e == "x" ? e : "(" + e + ") % 4";
  }
  std::string condition(bool has_input) {
    return value(has_input) + pick({" < ", " == ", " != ", " >= "}) + (has_input && chance(2) ? "x" : number());
  }
  std::string target(bool has_input) {
    if (chance(12)) return "STOP";
    const auto call = [&] { return pick({"P0(", "P1(", "P2("}) + value(has_input) + ")"; };
    if (chance(3)) return "(if " + condition(has_input) + " then " + call() + " else " + call() + ")";
    if (chance(8)) return "(" + call() + " |~| " + call() + ")";
    return call();
  }
  std::string event(const std::string& channel, bool& has_input) {
    has_input = chance(2);
    if (!has_input) return channel + "!" + value(false);
    return channel + (chance(3) ? "?x:{n..3}" : "?x");
  }
  std::string process(int depth) {
    if (depth > 0 && !chance(3)) {
      const std::string left = process(depth - 1);
      return "(" + left + (chance(6) ? " |~| " : " [] ") + process(depth - 1) + ")";
    }
    bool has_input = false;
    const std::string prefix = event(pick({"a", "b", "c"}), has_input);
    const std::string guard = chance(3) ? condition(false) + " & " : "";
    return "(" + guard + prefix + " -> " + target(has_input) + ")";
  }
  std::string offer(const std::string& channel, const std::string& name) {
    const std::string guard = chance(2) ? condition(false) + " & " : "";
    return "(" + guard + channel + "?x" + (chance(2) ? ":{n..3}" : "") + " -> " + name + "(" + value(true) + "))";
  }

  std::mt19937 random_;
  bool is_behind_event_;
};

}  // namespace

TEST_CASE("what is decided in symbols is what enumeration decides") {
  agree_with_enumeration(12, 8, 2, [](unsigned seed) { return RandomScript(seed).text(); });
}

TEST_CASE("a parallel behind an event is decided in symbols as by enumeration") {
  agree_with_enumeration(12, 8, 2, [](unsigned seed) { return RandomScript(seed, true).text(); });
  const std::string header =
      "channel start\nchannel in, mid, out : Int\nA = in?x -> mid!(x+1) -> A\nB = mid?x -> out!x -> B\n";
  const std::string spec =
      "S = start -> S1\nS1 = in?x -> S2(x+1)\nS2(y) = out!y -> S1 [] in?x -> S3(y, x+1)\n"
      "S3(y, z) = out!y -> S2(z)\n";
  const std::string system = "N = start -> ((A [| {| mid |} |] B) \\ {| mid |})\n";
  CHECK(one(header + spec + system + "assert S [T= N\n", ProofChoice::symbolic).status == Status::holds);
  CHECK(one(header + system + "assert N :[deadlock free]\n", ProofChoice::symbolic).status == Status::holds);
  const std::string ends =
      "C(n) = n > 0 & in?x -> C(n-1) [] n == 0 & SKIP\nN = start?_ -> (C(1) ||| C(2)) ; out!0 -> N\n";
  CHECK(
      one("channel start : {0}\nchannel in, out : Int\n" + ends + "assert N :[deadlock free]\n", ProofChoice::symbolic)
          .status == Status::holds);
}

TEST_CASE("integers without a range are decided where enumeration cannot list them") {
  const std::string header = "channel in, out : Int\nchannel go, bad\n";
  const AssertionReport copy = one(header + "C = in?x -> out!x -> C\nS = in?y -> out!y -> S\nassert S [T= C\n");
  CHECK(copy.status == Status::holds);
  CHECK_FALSE(copy.argument.empty());

  const AssertionReport wrong =
      one(header + "C = in?x -> out!(if x > 1000000 then 0 else x) -> C\nS = in?y -> out!y -> S\nassert S [T= C\n");
  REQUIRE(wrong.status == Status::fails);
  REQUIRE(wrong.counterexamples.size() == 1);
  CHECK(wrong.counterexamples[0].trace.size() == 2);
  CHECK(wrong.counterexamples[0].trace[1] == "out.0");

  const AssertionReport stuck = one(header +
                                    "P = in?x -> out!x -> P\nQ = in?y:{0..} -> out!(y+1) -> Q\n"
                                    "assert P [| {| in, out |} |] Q :[deadlock free [F]]\n");
  REQUIRE(stuck.status == Status::fails);
  CHECK(stuck.counterexamples[0].kind == "deadlock");
  CHECK(stuck.counterexamples[0].trace.size() == 1);
}

TEST_CASE("an invariant is found and printed as CSPM writes it") {
  const AssertionReport report =
      one("channel inc, dec, bad\nUP(n) = inc -> UP(n+1) [] n > 0 & dec -> UP(n-1) [] n < 0 & bad -> STOP\n"
          "assert STOP [T= UP(0) \\ {inc, dec}\n",
          ProofChoice::symbolic);
  CHECK(report.status == Status::holds);
  INFO(report.argument);
  CHECK((report.argument.find("invariant") != std::string::npos ||
         report.argument.find("induction") != std::string::npos));
}

TEST_CASE("a negated assertion fails where what it negates is proved, and holds where that is refuted") {
  const std::string header = "channel in, out : Int\nC = in?x -> out!x -> C\nS = in?y -> out!y -> S\n";
  const AssertionReport proved = one(header + "assert not S [T= C\n");
  CHECK(proved.status == Status::fails);
  CHECK(proved.counterexamples.empty());
  CHECK(one(header + "D = in?x -> out!(x+1) -> D\nassert not S [T= D\n").status == Status::holds);
}

TEST_CASE("what is beyond the depth is not decided, and said to be there") {
  const std::string text =
      "channel inc, bad\nUP(n) = n < 30 & inc -> UP(n+1) [] n == 30 & bad -> STOP\nassert STOP [T= UP(0) \\ {inc}\n";
  const AssertionReport shallow = one(text, ProofChoice::symbolic, 10);
  CHECK(shallow.status == Status::inconclusive);
  CHECK(shallow.reason.find("within 10 steps") != std::string::npos);
  const AssertionReport deeper = one(text, ProofChoice::symbolic, 40);
  REQUIRE(deeper.status == Status::fails);
  CHECK(deeper.counterexamples[0].steps.size() == 31);
}

// Peterson's algorithm for two that count what they do, but who comes sets the turn before the flag.
TEST_CASE("a run is found where most combinations of places are never reached") {
  constexpr double seconds = 200;
  const auto reports = decided(R"(
channel set_flag, get_flag : {0,1}.{0,1}.Bool
channel set_turn, get_turn : {0,1}.{0,1}
channel enter, leave : {0,1}.Int
FLAG(i, v) = set_flag?_!i?x -> FLAG(i, x) [] get_flag?_!i!v -> FLAG(i, v)
TURN(v) = set_turn?_?x -> TURN(x) [] get_turn?_!v -> TURN(v)
P(i, n) = set_turn.i.(1 - i) -> set_flag.i.i.true -> WAIT(i, n)
WAIT(i, n) = get_flag.i.(1 - i)?f ->
  (if f then get_turn.i?t -> (if t == i then INSIDE(i, n) else WAIT(i, n)) else INSIDE(i, n))
INSIDE(i, n) = enter.i.n -> leave.i.n -> set_flag.i.i.false -> P(i, n + 1)
MEMORY = FLAG(0, false) ||| FLAG(1, false) ||| TURN(0)
A = {| set_flag, get_flag, set_turn, get_turn |}
ONE_AT_A_TIME = enter?i?n -> leave.i?m -> ONE_AT_A_TIME
assert ONE_AT_A_TIME [T= ((P(0, 0) ||| P(1, 0)) [| A |] MEMORY) \ A
)",
                               ProofChoice::symbolic, 40, seconds);
  REQUIRE(reports.size() == 1);
  INFO(reports[0].reason);
  REQUIRE(reports[0].status == Status::fails);
  CHECK(reports[0].counterexamples[0].trace.size() == 2);
}

TEST_CASE("a specification that may go on in two ways is refused") {
  const AssertionReport report =
      one("channel a, b, c : Int\nS = a?x -> b!x -> S [] a?x -> c!x -> S\nP = a?x -> b!x -> P\nassert S [T= P\n",
          ProofChoice::symbolic);
  CHECK(report.status == Status::inconclusive);
  CHECK(report.reason.find("nondeterministic") != std::string::npos);
}

TEST_CASE("a mistake of the script that a run leads to is reported as such") {
  const AssertionReport report = one(
      "channel a : Int\nchannel b : {0..3}\nP(n) = a?x:{0..} -> b!(n+x) -> P(n)\nassert RUN({| a, b |}) [T= P(1)\n");
  CHECK(report.status == Status::error);
  REQUIRE(report.error);
  CHECK(report.error->code == "P0409");
}

TEST_CASE("where neither way leads to an answer, the mistake stands with the reason") {
  const AssertionReport report = one("channel a : Int\nP = a?x -> P\nassert P :[deterministic]\n");
  CHECK(report.status == Status::error);
  REQUIRE(report.error);
  CHECK(report.error->code == "P0408");
  CHECK(report.error->notes.size() >= 1);
}

TEST_CASE("sequences, tuples and datatypes with unknown integers keep their shape") {
  const std::string header = "datatype M = Data.Int | Stop\nchannel c, d : M\nchannel e : Int\n";
  CHECK(one(header + "P = c?m -> d!m -> P\nS = c?m -> (d!m -> S)\nassert S [T= P\n").status == Status::holds);
  CHECK(one(header + "P = c?Data.x -> e!(x+1) -> P [] c.Stop -> STOP\n"
                     "S = c?m -> T(m)\nT(Data.x) = e?y:{x..} -> S\nT(Stop) = STOP\nassert S [T= P\n")
            .status == Status::holds);
  CHECK(one("channel i, o : Int\nswap((a,b)) = (b,a)\nP(s) = #s < 3 & i?x -> P(<x>^s) [] not null(s) & o!head(s) -> "
            "P(tail(s))\n"
            "S(s) = #s < 3 & i?x -> S(s^<x>) [] not null(s) & o!head(s) -> S(tail(s))\nassert S(<>) [T= P(<>)\n")
            .status == Status::fails);
}

TEST_CASE("termination and sequential composition are those of the rules") {
  CHECK(one("channel a, b : Int\nP = (a?x -> SKIP ||| b?y -> SKIP)\nassert P :[deadlock free [F]]\n").status ==
        Status::holds);
  CHECK(one("channel a, b : Int\nQ(n) = (a!n -> SKIP) ; (b!(n+1) -> Q(n+1))\nS(n) = a.n -> b.(n+1) -> S(n+1)\n"
            "assert S(0) [T= Q(0)\n",
            ProofChoice::symbolic)
            .status == Status::holds);
}

}  // namespace tryst::cli
