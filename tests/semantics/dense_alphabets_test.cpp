// Alphabets that are given by productions which nobody lists, against sets of events computed in C++.
#include <random>

#include "semantics/csp/compiled_network.hpp"
#include "semantics/network/network_system.hpp"
#include "tests/semantics/script_fixture.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

// c.i and d are dense, e is listed, g has a dense channel's events behind a constructor.
const std::string script =
    "datatype T = A.{0..69} | B\n"
    "channel c : {0..2}.{0..79}\nchannel d : {0..99}\nchannel e : {0..3}\nchannel g : {0..1}.T\n"
    "ALL = c?i?j -> STOP [] d?k -> STOP [] e?k -> STOP [] g?i?t -> STOP\n";

using Events = std::set<std::string>;

struct Set {
  std::string text;
  Events events;
};

Set productions(const std::string& prefix, const Events& all) {
  Set set{"{|" + prefix + "|}", {}};
  for (const std::string& event : all)
    if (event == prefix || event.starts_with(prefix + ".")) set.events.insert(event);
  return set;
}

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 80; ++j) all_.insert("c." + number(i) + "." + number(j));
    for (int k = 0; k < 100; ++k) all_.insert("d." + number(k));
    for (int k = 0; k < 4; ++k) all_.insert("e." + number(k));
    for (int i = 0; i < 2; ++i) {
      all_.insert("g." + number(i) + ".B");
      for (int j = 0; j < 70; ++j) all_.insert("g." + number(i) + ".A." + number(j));
    }
  }

  const Events& all() const { return all_; }

  Set set(int depth) {
    if (depth == 0 || pick(4) == 0) return simple();
    const Set left = set(depth - 1);
    const Set right = set(depth - 1);
    Set made;
    switch (pick(6)) {
      case 0:
      case 1: made.text = "union(" + left.text + ", " + right.text + ")"; break;
      case 2: made.text = "Union({" + left.text + ", " + right.text + ", {}})"; break;
      case 3: made.text = "(if member(d.3, " + left.text + ") then " + left.text + " else " + right.text + ")"; break;
      case 4: made.text = "diff(" + left.text + ", " + right.text + ")"; break;
      default: made.text = "inter(" + left.text + ", " + right.text + ")"; break;
    }
    if (made.text.starts_with("(if")) {
      made.events = left.events.contains("d.3") ? left.events : right.events;
      return made;
    }
    for (const std::string& event : all_) {
      const bool l = left.events.contains(event), r = right.events.contains(event);
      const bool in = made.text.starts_with("diff") ? l && !r : made.text.starts_with("inter") ? l && r : l || r;
      if (in) made.events.insert(event);
    }
    return made;
  }

 private:
  static std::string number(int n) { return std::to_string(n); }
  int pick(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }

  Set simple() {
    const std::string i = number(pick(3));
    switch (pick(9)) {
      case 0: return productions("c", all_);
      case 1: return productions("d", all_);
      case 2: return productions("e", all_);
      case 3: return productions("d." + number(pick(100)), all_);
      case 4: return productions("c." + i + "." + number(pick(80)), all_);
      case 5: return productions("g." + number(pick(2)) + (pick(2) == 0 ? "" : ".A"), all_);
      case 6: {
        Set both = productions("c.0", all_);
        both.text = "Union({ {|c.k|} | k <- {0.." + i + "} })";
        for (int k = 1; k <= std::stoi(i); ++k) both.events.merge(productions("c." + number(k), all_).events);
        return both;
      }
      default: return productions("c." + i, all_);
    }
  }

  std::mt19937 random_;
  Events all_;
};

std::string joined(const Events& events) {
  std::string text;
  for (const std::string& event : events) text += (text.empty() ? "" : " ") + event;
  return text;
}

// What the network of a process can do at first.
std::string network_initials(ScriptFixture& s, const std::string& text) {
  Evaluator& evaluator = s.evaluator();
  CompiledNetwork network(evaluator.terms(), evaluator, evaluator.process(s.expression(text)), nullptr);
  NetworkSystem system(network);
  std::vector<Transition> out;
  system.successors(system.initial(), out);
  Events names;
  for (const Transition& t : out) names.emplace(system.events().name(t.event));
  return joined(names);
}

}  // namespace

TEST_CASE("random alphabets of dense channels hold the events that they should, in both engines") {
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    ScriptFixture s(script);
    Generator generator(seed);
    const Set set = generator.set(3);
    const Set other = generator.set(2);
    INFO("seed " << seed << ": " << set.text);
    Events outside, both;
    for (const std::string& event : generator.all()) {
      if (!set.events.contains(event)) outside.insert(event);
      if (set.events.contains(event) || other.events.contains(event)) both.insert(event);
    }
    const std::string parallel = "ALL [|" + set.text + "|] STOP";
    CHECK(s.initials(parallel) == joined(outside));
    CHECK(network_initials(s, parallel) == joined(outside));
    const std::string alphabetised = "ALL [" + set.text + " || " + other.text + "] ALL";
    CHECK(s.initials(alphabetised) == joined(both));
    CHECK(network_initials(s, alphabetised) == joined(both));
    Events hidden = outside;
    if (!set.events.empty()) hidden.insert("τ");
    CHECK(s.initials("ALL \\ " + set.text) == joined(hidden));
    CHECK(s.show("card(" + set.text + ")") == std::to_string(set.events.size()));
    CHECK(s.show(set.text + " == {x | x <- " + set.text + "}") == "true");
    CHECK(s.show("union(" + set.text + ", " + other.text + ") == Union({" + other.text + ", " + set.text + "})") ==
          "true");
  }
}

TEST_CASE("whoever of many has an event in a dense alphabet takes part in it") {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    ScriptFixture s(script);
    Generator generator(1'000 + seed);
    std::vector<Set> sets;
    std::string clauses;
    for (int i = 0; i < 12; ++i) {
      sets.push_back(generator.set(1));
      clauses += "if i == " + std::to_string(i) + " then " + sets.back().text + " else ";
    }
    INFO("seed " << seed);
    Events some;
    for (const Set& set : sets) some.insert(set.events.begin(), set.events.end());
    for (const std::string& event : sets[0].events) some.erase(event);
    const std::string process = "|| i : {0..11} @ [" + clauses + "{}] (if i == 0 then STOP else ALL)";
    CHECK(s.initials(process) == joined(some));
    CHECK(network_initials(s, process) == joined(some));
  }
}

TEST_CASE("ten thousand alphabets of a dense channel are a number each") {
  ScriptFixture s(
      "channel c : {0..9999}.{0..9999}\nP(i) = c.i.7 -> P(i)\n"
      "SYSTEM = || i : {0..9999} @ [{|c.i|}] P(i)\n");
  Evaluator& evaluator = s.evaluator();
  CompiledNetwork network(evaluator.terms(), evaluator, evaluator.process(s.expression("SYSTEM")), nullptr);
  CHECK(network.size() == 10'000);
  CHECK(evaluator.terms().events().size() < 20'000);  // those that are performed, and not 10⁸
}

TEST_CASE("renaming a dense channel renames its events, one by one or all at once") {
  ScriptFixture s(script + "channel c2 : {0..2}.{0..79}\nchannel d2 : {0..99}\nchannel x : {0..79}\n");
  const auto renamed = [](const Events& events, const std::string& from, const std::vector<std::string>& to) {
    Events result;
    for (const std::string& event : events) {
      const bool is_tied = event == from || event.starts_with(from + ".");
      if (!is_tied) result.insert(event);
      if (is_tied)
        for (const std::string& other : to) result.insert(other + event.substr(from.size()));
    }
    return result;
  };
  const Events all = Generator(0).all();
  const auto check = [&](const std::string& ties, const Events& expected) {
    INFO(ties);
    CHECK(s.initials("ALL[[" + ties + "]]") == joined(expected));
    CHECK(network_initials(s, "ALL[[" + ties + "]]") == joined(expected));
  };
  check("c <- c2", renamed(all, "c", {"c2"}));
  check("c.1 <- c2.2", renamed(all, "c.1", {"c2.2"}));
  check("c.1 <- c.2", renamed(all, "c.1", {"c.2"}));
  check("c.1 <- x", renamed(all, "c.1", {"x"}));
  check("c <- c2, d <- d2", renamed(renamed(all, "c", {"c2"}), "d", {"d2"}));
  check("c.0 <- c2.0, c.0 <- c2.1", renamed(all, "c.0", {"c2.0", "c2.1"}));
  check("c.i <- c2.i | i <- {0, 2}", renamed(renamed(all, "c.0", {"c2.0"}), "c.2", {"c2.2"}));
  check("c.0 <- c.1, c.1 <- c.0, e.1 <- d.7", [&] {
    Events result = all;
    result.erase("e.1");
    return result;
  }());
  Events both = renamed(all, "c.0", {"c2.0"});  // a whole channel, and one of its events elsewhere
  both.insert("e.3");
  check("c.0 <- c2.0, c.0.5 <- e.3", both);
}

TEST_CASE("what is renamed by keys is found backwards, too") {
  ScriptFixture s(
      "channel c, d : {0..999}.{0..99}\nP(i) = c.i.7 -> P(i)\n"
      "Q = (P(3) [[c <- d]]) [| {|d|} |] d.3?x -> d.3.7 -> STOP\n");
  CHECK(s.initials("Q") == "d.3.7");
  CHECK(s.size("Q") == std::pair<std::size_t, std::size_t>{3, 2});
}
