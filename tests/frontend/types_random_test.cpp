// Random scripts: what must hold of every script that is accepted.
#include <algorithm>
#include <random>

#include "tests/frontend/typed_script.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

constexpr const char* preamble =
    "datatype T = A | B.Int.Bool | C.T\n"
    "channel a\n"
    "channel c : Int\n"
    "channel d : Int.Bool\n"
    "channel t : T.{0..3}\n";
constexpr int functions = 3;

class Generator {
 public:
  Generator(unsigned seed, bool everything) : random_(seed), everything_(everything) {}

  std::string function(int n) {
    const std::string parameter = pattern(2);
    return "f" + std::to_string(n) + "(" + parameter + ") = " + expression(2);
  }

 private:
  int pick(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }

  // Variables get fresh names; those in scope can be used by the body.
  std::string pattern(int depth) {
    switch (pick(depth == 0 ? 3 : 9)) {
      case 0:
      case 1: return bind();
      case 2: return "_";
      case 3: return "(" + pattern(depth - 1) + ", " + pattern(depth - 1) + ")";
      case 4: return "<" + pattern(depth - 1) + ">^" + bind();
      case 5: return "B." + bind();
      case 6: return everything_ ? bind() + "." + bind() : bind();
      case 7: return "{" + pattern(depth - 1) + "}";
      default: return "C." + pattern(0);
    }
  }

  std::string bind() {
    scope_.push_back("x" + std::to_string(variables_++));
    return scope_.back();
  }

  std::string leaf() {
    const char* constants[] = {"1", "true", "A", "B", "a", "c", "d", "t", "<>", "{}", "STOP"};
    if (!scope_.empty() && pick(3) != 0) return scope_[static_cast<std::size_t>(pick(static_cast<int>(scope_.size())))];
    return constants[pick(11)];
  }

  std::string expression(int depth) {
    if (depth == 0) return leaf();
    const auto e = [&] { return expression(depth - 1); };
    switch (pick(20)) {
      case 0: return "(" + e() + ", " + e() + ")";
      case 1: return "<" + e() + ", " + e() + ">";
      case 2: return "{" + e() + "}";
      case 3: return "(if " + e() + " == " + e() + " then " + e() + " else " + e() + ")";
      case 4: return "(" + leaf() + "." + leaf() + ")";
      case 5: return "(" + leaf() + "." + leaf() + "." + leaf() + ")";
      case 6: return "f" + std::to_string(pick(functions)) + "(" + e() + ")";
      case 7: return everything_ ? "{| " + leaf() + " |}" : leaf();
      case 8: return "(" + e() + " + 1)";
      case 9: return "head(" + e() + ")";
      case 10: return "union(" + e() + ", " + e() + ")";
      case 11: return "extensions(" + leaf() + ")";
      case 12: return "(" + leaf() + "!" + leaf() + " -> STOP)";
      case 13: return "STOP[[" + leaf() + " <- " + leaf() + "]]";
      case 14: return "(STOP [| " + e() + " |] STOP)";
      case 15:
      case 16: {
        const std::size_t outer = scope_.size();
        const std::string p = pattern(1);
        const std::string body = expression(depth - 1);
        scope_.resize(outer);
        return "(\\ " + p + " @ " + body + ")";
      }
      case 17: {
        const std::size_t outer = scope_.size();
        const std::string set = e(), p = pattern(1);
        const std::string body = expression(depth - 1);
        scope_.resize(outer);
        return "{" + body + " | " + p + " <- " + set + "}";
      }
      default: return leaf();
    }
  }

  std::mt19937 random_;
  bool everything_;
  std::vector<std::string> scope_;
  int variables_ = 0;
};

std::vector<std::string> random_functions(unsigned seed, bool everything) {
  std::vector<std::string> all;
  for (int n = 0; n < functions; ++n)
    all.push_back(Generator(seed * functions + static_cast<unsigned>(n), everything).function(n));
  return all;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text = preamble;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace

// Two rules of the reference front end are exceptions. A parameter x.y may be used as an event: the inferred type says
// Event then, but an annotation would forbid to take it apart. And what can be extended by unknown fields counts as
// comparable, whatever it is extended to.
TEST_CASE("A function may be annotated with the type inferred for it", "[types]") {
  int accepted = 0;
  for (unsigned seed = 0; seed < 10000; ++seed) {
    const auto lines = random_functions(seed, false);
    const TypedScript script(joined(lines));
    if (!script.accepted()) continue;
    ++accepted;
    for (int n = 0; n < functions; ++n) {
      const std::string name = "f" + std::to_string(n);
      auto annotated = lines;
      annotated.push_back(name + " :: " + script.type_of(name));
      const TypedScript again(joined(annotated));
      INFO(joined(annotated) << again.mistakes());
      CHECK(again.accepted());
      // Inside a sequence within a dot, dots may stay unapplied: <(Int=>T).Int> is <T>.
      const bool unapplied = script.type_of(name).find(").") != std::string::npos;
      if (!unapplied) CHECK(again.type_of(name) == script.type_of(name));
    }
  }
  CHECK(accepted > 500);
}

TEST_CASE("The order of declarations changes neither types nor verdict", "[types]") {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    auto lines = random_functions(seed, true);
    const TypedScript script(joined(lines));
    std::reverse(lines.begin(), lines.end());
    const TypedScript reversed(joined(lines));
    INFO(joined(lines));
    CHECK(script.accepted() == reversed.accepted());
    if (!script.accepted()) continue;
    for (int n = 0; n < functions; ++n) {
      const std::string name = "f" + std::to_string(n);
      CHECK(script.type_of(name) == reversed.type_of(name));
    }
  }
}
