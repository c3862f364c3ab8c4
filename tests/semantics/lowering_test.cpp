// What lowering captures, delays and lifts, looked at in the core itself.
#include <algorithm>

#include "semantics/csp/lowering.hpp"
#include "semantics/csp/set_operations.hpp"
#include "tests/semantics/script_fixture.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

class NoFields final : public FieldSource {
  std::vector<ValueId> fields(DataId) override { return {}; }
  [[noreturn]] void fields_are_cyclic(DataId) override { std::abort(); }
};

struct Lowered {
  explicit Lowered(const std::string& text)
      : script(text), data(values, source), lowering(script.typed(), data, core) {}

  const Code& code(const std::string& name) const {
    const auto at = std::find_if(core.codes.begin(), core.codes.end(), [&](const Code& c) { return c.name == name; });
    REQUIRE(at != core.codes.end());
    return *at;
  }
  std::size_t count(Op op) const {
    return static_cast<std::size_t>(
        std::count_if(core.nodes.begin(), core.nodes.end(), [&](const Node& n) { return n.op == op; }));
  }

  ScriptFixture script;
  NoFields source;
  Values values;
  DataTable data;
  Core core;
  Lowering lowering;
};

}  // namespace

TEST_CASE("a lifted function captures what it and its companions refer to") {
  const Lowered l(
      "f(a, b, c) = let g(x) = x + a + h(x)\n h(x) = if x == b then 0 else g(x - 1)\n k(x) = x within g(1) + k(c)\n");
  CHECK(l.code("g").captures.size() == 2);
  CHECK(l.code("h").captures.size() == 2);
  CHECK(l.code("k").captures.empty());
  CHECK(l.count(Op::closure) == 0);
}

TEST_CASE("a process of a let captures variables, and makes the values of the let anew") {
  const Lowered l("channel e : {0..9}\nf(a, b) = let s = {a}\n t = card(s)\n P = e?x:s -> e!t -> P within (P, b)\n");
  CHECK(l.code("P").process);
  CHECK(l.code("P").captures.size() == 1);
  CHECK(l.core.node_lists[l.code("P").prologue].size() == 1);
  CHECK(l.code("s").captures.size() == 1);
}

TEST_CASE("literals, variables and data are not delayed") {
  CHECK(Lowered("f(x, y) = x\ng(a) = f(a, 3)\n").count(Op::delay) == 0);
  CHECK(Lowered("f(x, y) = x\ng(a) = f((a, a), <a, \"text\">)\n").count(Op::delay) == 0);
  CHECK(Lowered("f(x, y) = x\ng(a) = f(\\ x @ a, f)\n").count(Op::delay) == 0);
  CHECK(Lowered("f(x, y) = x\ng(a) = f(f(a, a), a)\n").count(Op::delay) == 1);
}

TEST_CASE("a pattern that always matches needs no clauses") {
  CHECK(Lowered("f(x, _) = x\n").count(Op::clauses) == 0);
  CHECK(Lowered("f((x, _)) = x\n").count(Op::clauses) == 1);
}

TEST_CASE("values of a let are in the order of their needs") {
  const Lowered ordered("f(x) = let a = b + 1\n b = c + 1\n c = x within a\n");
  const Lowered recursive("f(x) = let a = <x>^b\n b = <x>^a within a\n");
  const auto flagged = [](const Lowered& l) {
    return std::any_of(l.core.nodes.begin(), l.core.nodes.end(),
                       [](const Node& n) { return n.op == Op::let && n.flag; });
  };
  CHECK_FALSE(flagged(ordered));
  CHECK(flagged(recursive));
}

TEST_CASE("every slot of a code lies in its frame") {
  const Lowered l(R"(
channel tock, a
channel c : {0..3}.{0..3}
f(0, <x>^s) = let (p, q) = (x, s) within {y + p | y <- {0..x}, y != #q}
f(n, _) = f(n - 1, <n>)
P(n) = c?x!n -> ([] y:{0..x} @ c.y.n -> P(y)) [] (P(n)[[c.x <- c.n | x <- {0..n}]])
Timed { Q(n) = a -> (if n == 0 then STOP else Q(n - 1)) }
)");
  for (const Code& code : l.core.codes) {
    CHECK(code.parameters <= code.frame_size);
    for (Slot s : code.captures) CHECK(s < code.frame_size);
    CHECK(code.process_slots.size() == code.frame_size);
  }
  for (const Node& n : l.core.nodes)
    if (n.code != no_id<CodeId> && n.op != Op::timed_choice)
      CHECK(n.sources.count == l.core.codes[n.code].captures.size());
}
