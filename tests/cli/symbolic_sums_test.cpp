// What numbers add up to, and what internal steps use up: verdicts against enumeration, and what is said of them.
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "tests/cli/decided.hpp"

namespace tryst::cli {

namespace {

// Two processes that hand tokens to each other, some of it hidden; numbers have a range, so that they can be enumerated.
class RandomTokens {
 public:
  explicit RandomTokens(unsigned seed) : random_(seed) {}

  std::string text() {
    const std::string hidden = pick({"a", "a, b", "b", "a, b, c", "c"});
    return "channel a, b, c : {0..3}\nchannel e\n"
           "P(n, m) = " +
           offer("P") + " [] " + offer("P") + "\nQ(n, m) = " + offer("Q") + " [] " + offer("Q") +
           (chance(2) ? " [] e -> Q(0, 0)" : "") + "\nN = (P(3, " + pick({"0", "2"}) + ") [| {| " +
           pick({"a", "a, b", "c"}) + " |} |] Q(0, 3)) \\ {| " + hidden + " |}\n" +
           "assert N :[divergence free]\nassert N :[deadlock free]\n";
  }

 private:
  bool chance(int n) { return std::uniform_int_distribution<>(0, n - 1)(random_) == 0; }
  std::string pick(const std::vector<std::string>& from) {
    return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random_)];
  }
  std::string offer(const std::string& name) {
    const std::string target =
        pick({"(n-1, m)", "(n-1, m+1)", "(n, m-1)", "(n+1, m-1)", "(n-1, 3)", "(n, m)", "(0, m)", "(m, n)"});
    std::string guard;
    if (target.find("n-1") != std::string::npos) guard += pick({"n > 0", "n > 1"}) + " & ";
    if (target.find("m-1") != std::string::npos) guard += "m > 0 & ";
    if (target.find("m+1") != std::string::npos) guard += "m < 3 & ";
    if (target.find("n+1") != std::string::npos) guard += "n < 3 & ";
    if (guard.empty() && chance(2)) guard = pick({"n < m & ", "n + m > 2 & ", "n == m & "});
    const std::string event = pick({"a", "b", "c"}) + pick({"?x", "!0", "!n", "?x:{n..3}"});
    return "(" + guard + event + " -> " + name + target + ")";
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("divergence that is excluded in symbols is none by enumeration") {
  agree_with_enumeration(40, 8, 3, [](unsigned seed) { return RandomTokens(seed).text(); });
}

TEST_CASE("internal steps that use something up do not go on for ever") {
  const std::string header =
      "channel in, mid, out : Int\nA(s) = in?x -> A(s^<x>) [] s != <> & mid!head(s) -> A(tail(s))\n"
      "B(s) = mid?x -> B(s^<x>) [] s != <> & out!head(s) -> B(tail(s))\n";
  const AssertionReport queues =
      one(header + "assert (A(<>) [| {| mid |} |] B(<>)) \\ {| mid |} :[deadlock free]\n", ProofChoice::symbolic);
  REQUIRE(queues.status == Status::holds);
  CHECK(queues.argument.find("internal steps end, because they use up #x1") != std::string::npos);
  const AssertionReport fed = one(header + "assert A(<>) \\ {| in, mid |} :[divergence free]\n", ProofChoice::symbolic);
  REQUIRE(fed.status == Status::inconclusive);
  CHECK(fed.reason == "divergence could not be excluded at A(x1)");
  const std::string two =
      "channel go, a, b : {0}\nP(i, j) = i > 0 & a!0 -> P(i-1, i+j) [] j > 0 & b!0 -> P(i, j-1)\n"
      "S = go?_ -> P(1000000, 1000000)\n";
  const AssertionReport lexicographic = one(two + "assert S \\ {| a, b |} :[divergence free]\n", ProofChoice::symbolic);
  CHECK(lexicographic.status == Status::holds);
  // Down to no number in particular: the difference is what is used up.
  CHECK(one("channel a\nP(n, m) = n > m & a -> P(n, m+1)\nassert P(50, -20) \\ {a} :[divergence free]\n",
            ProofChoice::symbolic)
            .status == Status::holds);
}

TEST_CASE("what numbers add up to is found") {
  const std::string header = "channel put, get, move : Int\n";
  const AssertionReport total = one(header +
                                        "A(n, m, k) = put?x:{1..} -> A(n+x, m, k) [] move?x:{1..n} -> A(n-x, m+x, k)\n"
                                        "  [] get?x:{1..m} -> A(n, m-x, k+x)\n"
                                        "S(all, out) = put?x:{1..} -> S(all+x, out) [] move?x -> S(all, out)\n"
                                        "  [] get?x:{1..all-out} -> S(all, out+x)\nassert S(0, 0) [T= A(0, 0, 0)\n",
                                    ProofChoice::symbolic);
  INFO(total.reason);
  REQUIRE(total.status == Status::holds);
  const AssertionReport lossy =
      one("channel in, out : Int\nchannel lose\n"
          "L(s) = in?x -> L(s^<x>) [] s != <> & out!head(s) -> L(tail(s)) [] s != <> & lose -> L(tail(s))\n"
          "S(i, o) = in?x -> S(i+1, o) [] o < i & out?x -> S(i, o+1)\nassert S(0, 0) [T= L(<>) \\ {lose}\n",
          ProofChoice::symbolic);
  CHECK(lossy.status == Status::holds);
}

}  // namespace tryst::cli
