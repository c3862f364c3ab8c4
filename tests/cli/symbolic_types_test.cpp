// Datatypes, sequences, tuples and Booleans with unknown integers, and networks with renaming and links: verdicts in
// symbols against verdicts by enumeration, on random scripts whose integers have a range.
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "tests/cli/decided.hpp"

namespace tryst::cli {

namespace {

// Processes P0, P1 of a sequence of messages, a tuple and a Boolean; a network that renames, links and hides.
class RandomScript {
 public:
  explicit RandomScript(unsigned seed) : random_(seed) {}

  std::string text() {
    std::string out =
        "datatype M = Req | Data.{0..2} | Pair.{0..1}.Bool\n"
        "channel a, b : M\nchannel c, d : {0..2}.Bool\nchannel e : {0..2}\nchannel go\n"
        "size(Req) = 0\nsize(Data.n) = n\nsize(Pair.n.v) = if v then n else 1-n\n"
        "swap((x, y)) = (y, x)\n";
    for (int p = 0; p < 2; ++p) {
      name_ = "P" + std::to_string(p);
      out += name_ + "(s, t, f) = " + choice(2) + "\n";
    }
    out += "S(n) = " + specified("a", "x") + " [] " + specified("b", "x") + " [] c?x?y -> S(x) [] d?x?y -> " +
           (chance(2) ? "S((x+1)%3)" : "S(n)") + " [] e?x" + (chance(3) ? ":{n..2}" : "") + " -> S(x) [] go -> S(0)\n";
    out += "N = " + network() + "\nassert S(1) [T= N\nassert N :[deadlock free [F]]\n";
    return out;
  }

 private:
  bool chance(int n) { return std::uniform_int_distribution<>(0, n - 1)(random_) == 0; }
  std::string pick(const std::vector<std::string>& from) {
    return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random_)];
  }
  std::string message() {
    return pick({"Req", "Data.1", "Data.(fst(t)%3)", "Pair.(fst(t)%2).f", "Pair.1.true", "Data.2"});
  }
  std::string target() {
    const std::string s = pick({"s", "s", "<>", "tail2(s)"});
    const std::string t = pick({"t", "t", "swap(t)", "(fst(t), 1)", "((fst(t)+1)%3, fst(t))"});
    return name_ + "(" + s + ", " + t + ", " + pick({"f", "f", "not f", "fst(t) == 1"}) + ")";
  }
  std::string called(const std::string& s) {
    return name_ + "(" + s + ", " + pick({"t", "swap(t)"}) + ", " + pick({"f", "not f"}) + ")";
  }
  std::string prefix() {
    switch (std::uniform_int_distribution<>(0, 9)(random_)) {
      case 0: return "#s < 2 & " + pick({"a", "b"}) + "?m -> " + called(pick({"s^<m>", "<m>^s"}));
      case 1: return "#s < 2 & " + pick({"a", "b"}) + "?Data.x -> " + called("s^<Data.x>");
      case 2: return "s != <> & " + pick({"a", "b"}) + "!head(s) -> " + called("tail(s)");
      case 3: return "not null(s) & e!(size(head(s))) -> " + target();
      case 4: return pick({"a", "b"}) + "!" + message() + " -> " + target();
      case 5: return pick({"c", "d"}) + "?x?y -> " + name_ + "(s, (x, fst(t)), y)";
      case 6: return pick({"c", "d"}) + "!(fst(t)%3)!f -> " + target();
      case 7: return "member(fst(t), {0, 2}) & e?x:{fst(t)..2} -> " + name_ + "(s, (x, 0), f)";
      case 8: return "f & go -> " + target();
      default: return "if f then go -> " + target() + " else e!(fst(t)%3) -> " + target();
    }
  }
  std::string choice(int depth) {
    if (depth == 0 || chance(4)) return "(" + prefix() + ")";
    return "(" + choice(depth - 1) + (chance(6) ? " |~| " : " [] ") + choice(depth - 1) + ")";
  }
  std::string specified(const std::string& channel, const std::string& x) {
    if (chance(2)) return channel + "?" + x + " -> S(size(" + x + "))";
    return channel + "?" + x + " -> S(n)";
  }
  std::string network() {
    const std::string left = "P0(<>, (1, 0), " + pick({"true", "false"}) + ")";
    const std::string right = "P1(<Data.1>, (0, 2), true)";
    const std::string renamed = pick({"[[a <- b]]", "[[c <- d, d <- c]]", "[[c.1 <- d.2]]", "[[a.Req <- b.Req]]",
                                      "[[a <- a, a <- b]]", "[[c.i <- d.(2-i) | i <- {0..1}]]"});
    switch (std::uniform_int_distribution<>(0, 3)(random_)) {
      case 0: return "(" + left + renamed + " [| {| a, c |} |] " + right + ")";
      case 1: return "(" + left + " [| {| b, d |} |] " + right + ")" + renamed + " \\ {| b |}";
      case 2: return left + " [" + pick({"a <-> b", "c <-> d", "c.1 <-> c.1, a <-> a"}) + "] " + right;
      default: return "(" + left + " ||| " + right + renamed + ")";
    }
  }

  std::mt19937 random_;
  std::string name_;
};

}  // namespace

TEST_CASE("random processes with data of all kinds are decided in symbols as by enumeration") {
  agree_with_enumeration(10, 6, 2, [](unsigned seed) {
    return "fst((x, _)) = x\ntail2(s) = if null(s) then s else tail(s)\n" + RandomScript(seed).text();
  });
}

TEST_CASE("a renamed or linked network of integers without a range is decided") {
  const std::string header = "channel in, out, left, right : Int\nCOPY = left?x -> right!x -> COPY\n";
  const AssertionReport chain = one(header +
                                    "CHAIN = COPY[[left <- in]] [right <-> left] COPY[[right <- out]]\n"
                                    "S(s) = #s < 2 & in?x -> S(s^<x>) [] #s > 0 & out!head(s) -> S(tail(s))\n"
                                    "assert S(<>) [T= CHAIN\n");
  CHECK(chain.status == Status::holds);
  const AssertionReport wrong = one(header +
                                    "CHAIN = COPY[[left <- in, left <- out]] [right <-> left] COPY[[right <- out]]\n"
                                    "S(s) = #s < 2 & in?x -> S(s^<x>) [] #s > 0 & out!head(s) -> S(tail(s))\n"
                                    "assert S(<>) [T= CHAIN\n");
  REQUIRE(wrong.status == Status::fails);
  CHECK(wrong.counterexamples[0].trace.size() == 1);
  CHECK(one(header + "assert [right <-> left] i:<1, 2, 3> @ COPY :[deadlock free [F]]\n").status == Status::holds);
  CHECK(one(header + "assert COPY[[left <- right, right <- left]] [| {| left, right |} |] COPY :[deadlock free [F]]\n")
            .status == Status::fails);
}

TEST_CASE("what a renaming or a link cannot say in symbols is refused") {
  const std::string header =
      "datatype M = Data.Int\nchannel a : M\nchannel b : Int\nchannel c : {0..}\nP = b?x -> P\nQ = a?m -> Q\n";
  const auto reason = [&](const std::string& process) {
    const AssertionReport report = one(header + "assert " + process + " :[deadlock free [F]]\n", ProofChoice::symbolic);
    CHECK(report.status == Status::inconclusive);
    return report.reason;
  };
  CHECK(reason("Q[[a.Data <- b]]") == "a renaming or link ends inside a field");
  CHECK(reason("P[[b <- c]]") == "a renaming or link joins channels of different types");
  CHECK(reason("P [b <-> b, b.1 <-> b.2] P") == "an event may be linked to two events");
}

}  // namespace tryst::cli
