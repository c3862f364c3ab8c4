// The text of values.
#include <catch2/catch.hpp>

#include "semantics/budget.hpp"
#include "tests/semantics/value_fixture.hpp"

namespace tryst::csp {

TEST_CASE("values are shown as CSPM writes them") {
  Declarations s;
  const auto type = s.datatype("T");
  const auto leaf = s.constructor(type, "M::Leaf");
  const auto node = s.constructor(type, "Node", [&] {
    return s.values.dot(std::vector{s.table.values_of(type), s.range(0, 5)});
  });
  const auto c = s.channel("c", [&] { return s.values.dot(std::vector{s.range(-1, 5), s.booleans()}); });
  CHECK(s.show(s.dot({s.d(c), s.n(1), s.values.boolean(true)})) == "c.1.true");
  CHECK(s.show(s.dot({s.d(c), s.n(-1)})) == "c.-1");
  CHECK(s.show(s.dot({s.d(node), s.d(leaf), s.n(0)})) == "Node.M::Leaf.0");
  CHECK(s.show(s.tuple({s.n(1), s.sequence({s.n(2), s.n(3)})})) == "(1,<2,3>)");
  CHECK(s.show(s.values.empty_sequence()) == "<>");
  CHECK(s.show(s.values.string("a\"b\n")) == "\"a\\\"b\\n\"");
  CHECK(s.show(s.values.character('x')) == "'x'");
  CHECK(s.show(s.values.character('\'')) == "'\\''");
  CHECK(s.show(s.range(1, 3)) == "{1,2,3}");
  CHECK(s.show(s.range(1, 1000)) == "{1..1000}");
  CHECK(s.show(s.values.map({{s.n(1), s.n(2)}})) == "(| 1 => 2 |)");
  CHECK(s.show(s.values.map({})) == "(|  |)");
  CHECK(s.show(s.values.process(ProcessId{0})) == "<process>");
}

TEST_CASE("what would be read as another token is shown otherwise") {
  Declarations s;
  const auto c = s.channel("c", [&] { return s.values.dot(std::vector{s.range(-1, 5), s.booleans()}); });
  CHECK(s.show(s.set({s.n(-2), s.n(-1)})) == "{ -2,-1}");
  CHECK(s.show(s.range(-1, 1)) == "{ -1,0,1}");
  CHECK(s.show(s.range(-1000, -1)) == "{ -1000..-1}");
  CHECK(s.show(s.sequence({s.n(-1), s.n(-2)})) == "< -1,-2>");
  CHECK(s.show(s.sequence({s.sequence({s.n(-1)})})) == "<< -1>>");
  CHECK(s.show(s.set({s.dot({s.n(-1), s.n(-2)})})) == "{ -1.-2}");
  CHECK(s.show(s.tuple({s.n(-1), s.d(c)})) == "(-1,c)");
  CHECK(s.show(s.values.map({{s.n(-1), s.n(-2)}, {s.n(1), s.n(2)}})) == "(| -1 => -2, 1 => 2 |)");
  CHECK(s.show(s.values.character('\\')) == "'\\\\'");
  CHECK(s.show(s.values.string("{-<")) == "\"{-<\"");
  CHECK(s.show(s.values.string("a\\")) == "<'a','\\\\'>");
}

TEST_CASE("symbolic sets are shown as expressions that denote them") {
  Declarations s;
  const auto type = s.datatype("Nat");
  s.constructor(type, "Z");
  s.constructor(type, "S", [&] { return s.table.values_of(type); });
  const auto c = s.channel("c", [&] { return s.values.dot(std::vector{s.range(0, 1), s.values.all_integers()}); });
  CHECK(s.show(s.values.int_from(-3)) == "{ -3..}");
  CHECK(s.show(s.values.all_integers()) == "Int");
  CHECK(s.show(sequences_over(s.table, s.range(0, 1))) == "Seq({0,1})");
  CHECK(s.show(powerset(s.table, s.values.int_from(0))) == "Set({0..})");
  CHECK(s.show(s.table.values_of(type)) == "Nat");
  CHECK(s.show(productions(s.table, s.d(c))) == "{|c|}");
  CHECK(s.show(productions(s.table, s.dot({s.d(c), s.n(1)}))) == "{|c.1|}");
  const ValueId factors[] = {s.set({s.d(c)}), s.range(0, 1), s.values.int_from(0)};
  CHECK(s.show(dot_product(s.table, factors)) == "{c.x1.x2 | x1<-{0,1}, x2<-{0..}}");
  CHECK(s.show(set_union(s.table, s.range(0, 1), s.values.int_from(5))) == "union({0,1},{5..})");
  CHECK(s.show(set_difference(s.table, s.values.all_integers(), s.range(0, 0))) == "diff(Int,{0})");
}

TEST_CASE("a small value with an enormous text is a limit") {
  Declarations s;
  ValueId v = s.n(0);
  for (int i = 0; i < 64; ++i) v = s.tuple({v, v});
  CHECK_THROWS_AS(s.show(v), LimitReached);
}

}  // namespace tryst::csp
