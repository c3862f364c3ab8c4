// Dotted values: combination, completion, extensions, productions, datatypes.
#include <catch2/catch.hpp>

#include "semantics/budget.hpp"
#include "tests/semantics/value_fixture.hpp"

namespace tryst::csp {
namespace {

// datatype A = B.F.{0,1}.F | C | D.{0,1,2} with F = {C, D.0, D.2};  channel ch : A.Bool;  channel a
struct Nested : Declarations {
  DatatypeId type = datatype("A");
  DataId b = constructor(type, "B", [this] { return values.dot(std::vector{inner(), range(0, 1), inner()}); });
  DataId c = constructor(type, "C");
  DataId d_ = constructor(type, "D", [this] { return range(0, 2); });
  DataId a = channel("a");
  DataId ch = channel("ch", [this] { return values.dot(std::vector{table.values_of(type), booleans()}); });

  ValueId inner() { return set({d(c), dot({d(d_), n(0)}), dot({d(d_), n(2)})}); }
  ValueId B() { return d(b); }
  ValueId C() { return d(c); }
  ValueId D() { return d(d_); }
};

// The definition: v.y for each y that completes v; and by the text.
void check_laws(Declarations& s, ValueId v) {
  CAPTURE(s.show(v));
  const ValueId products = productions(s.table, v);
  std::vector<ValueId> combined;
  std::vector<ValueId> firsts;
  const auto ys = elements(s.table, extensions(s.table, v));
  for (const ValueId y : *ys) {
    const Outcome whole = combine_dots(s.table, v, y);
    REQUIRE(whole.ok());
    CHECK(is_complete(s.table, whole.value));
    combined.push_back(whole.value);
    const std::vector<ValueId> fields = fields_of(s.table, y);
    firsts.push_back(fields.empty() ? y : fields[0]);
  }
  CHECK(s.values.set(combined) == products);
  CHECK(s.values.set(firsts) == next_field(s.table, v));

  // Independently: the values of the head whose text starts with that of v.
  const ValueId head = s.values.kind(v) == ValueKind::dot ? s.values.parts(v)[0] : v;
  std::vector<ValueId> starting;
  const auto all = elements(s.table, productions(s.table, head));
  for (const ValueId whole : *all) {
    if ((s.show(whole) + ".").starts_with(s.show(v) + ".")) starting.push_back(whole);
  }
  if (is_constructor_value(s.table, head)) CHECK(s.values.set(starting) == products);
}

}  // namespace

TEST_CASE("fields complete the innermost incomplete constructor first") {
  Nested s;
  const ValueId whole = s.dot({s.B(), s.D(), s.n(0), s.n(1), s.D(), s.n(2)});
  CHECK(s.values.parts(whole).size() == 4);
  CHECK(s.values.parts(whole)[1] == s.dot({s.D(), s.n(0)}));
  CHECK(s.show(whole) == "B.D.0.1.D.2");
  // One field at a time comes to the same.
  ValueId grown = s.B();
  for (const ValueId field : {s.D(), s.n(0), s.n(1), s.D(), s.n(2)}) grown = combine_dots(s.table, grown, field).value;
  CHECK(grown == whole);
  const ValueId parts[] = {s.B(), s.D(), s.n(0), s.n(1), s.D(), s.n(2)};
  CHECK(combine_dots(s.table, parts).value == whole);
  CHECK(s.dot({s.dot({s.B(), s.D()}), s.n(0), s.n(1), s.C()}) == s.dot({s.B(), s.D(), s.n(0), s.n(1), s.C()}));
}

TEST_CASE("a complete constructor value is one field, a list is several") {
  Nested s;
  const ValueId list = s.dot({s.n(0), s.n(1), s.D(), s.n(2)});
  CHECK(s.values.parts(list).size() == 3);
  CHECK(s.values.parts(s.dot({s.D(), s.n(0), s.n(1)})).size() == 2);
  CHECK(s.values.parts(s.dot({s.C(), s.n(1)})).size() == 2);
  CHECK(fields_of(s.table, s.dot({s.D(), s.n(0)})).size() == 1);
  CHECK(fields_of(s.table, s.dot({s.C(), s.n(0)})).size() == 2);
  CHECK(s.dot({s.B(), s.C(), s.dot({s.n(0), s.C()})}) == s.dot({s.B(), s.C(), s.n(0), s.C()}));
}

TEST_CASE("a field is checked as soon as it is complete") {
  Nested s;
  const auto fault = [&](ValueId left, ValueId right) { return combine_dots(s.table, left, right).fault; };
  const Fault direct = fault(s.D(), s.n(3));
  CHECK(direct.kind == FaultKind::outside_field);
  CHECK(direct.value == s.n(3));
  CHECK(direct.set == s.range(0, 2));
  CHECK(direct.data == s.d_);
  // D.1 is a value of its type but not of B's field.
  const Fault nested = fault(s.dot({s.B(), s.D()}), s.n(1));
  CHECK(nested.kind == FaultKind::outside_field);
  CHECK(nested.value == s.dot({s.D(), s.n(1)}));
  CHECK(nested.data == s.b);
  CHECK(nested.field == 0);
  CHECK(fault(s.dot({s.B(), s.C()}), s.n(2)).field == 1);
  CHECK(fault(s.d(s.ch), s.B()).kind == FaultKind::none);
}

TEST_CASE("extensions, productions and next fields obey their definitions") {
  Nested s;
  const std::vector<std::vector<ValueId>> prefixes = {
      {s.B()},
      {s.B(), s.D()},
      {s.B(), s.C()},
      {s.B(), s.C(), s.n(1)},
      {s.D()},
      {s.B(), s.C(), s.n(0), s.D()},
      {s.d(s.ch)},
      {s.d(s.ch), s.B()},
      {s.d(s.ch), s.D()},
      {s.d(s.ch), s.B(), s.D()},
      {s.d(s.ch), s.B(), s.D(), s.n(2), s.n(0)},
      {s.d(s.ch), s.C()},
      {s.d(s.a)},
      {s.C()},
      {s.n(5)},
      {s.d(s.ch), s.B(), s.C(), s.n(0), s.D()},
      {s.n(0), s.D()},
  };
  for (const auto& prefix : prefixes) check_laws(s, s.dot(prefix));
  // What starts with v, out of everything.
  const ValueId all = productions(s.table, s.d(s.ch));
  CHECK(card(s.table, all) == 2 * (3 * 2 * 3 + 1 + 3));
  CHECK(card(s.table, productions(s.table, s.dot({s.d(s.ch), s.B(), s.D()}))) == 2 * (2 * 2 * 3));
  CHECK(s.table.events() == set_union(s.table, all, s.set({s.d(s.a)})));
  s.values.check();
}

TEST_CASE("the fields of one set need not form a rectangle") {
  Declarations s;
  const auto z = s.datatype("Z");
  const auto a = s.constructor(z, "A", [&] { return s.values.dot(std::vector{s.range(0, 1), s.range(0, 1)}); });
  const auto y = s.datatype("Y");
  const auto x = s.constructor(y, "X", [&] {
    return s.set({s.dot({s.d(a), s.n(0), s.n(1)}), s.dot({s.d(a), s.n(1), s.n(0)})});
  });
  const auto c = s.channel("c", [&] { return s.table.values_of(y); });
  const auto at = [&](std::vector<ValueId> parts) { return s.dot(parts); };
  CHECK(s.show(extensions(s.table, at({s.d(x), s.d(a)}))) == "{0.1,1.0}");
  CHECK(extensions(s.table, at({s.d(x), s.d(a), s.n(0)})) == s.range(1, 1));
  CHECK(extensions(s.table, at({s.d(x), s.d(a), s.n(1)})) == s.range(0, 0));
  CHECK(productions(s.table, s.d(x)) == s.table.values_of(y));
  CHECK(s.show(productions(s.table, at({s.d(x), s.d(a), s.n(0)}))) == "{X.A.0.1}");
  CHECK(next_field(s.table, at({s.d(c), s.d(x), s.d(a)})) == s.range(0, 1));
  CHECK(combine_dots(s.table, at({s.d(x), s.d(a), s.n(0)}), s.n(0)).fault.kind == FaultKind::outside_field);
  for (const auto& prefix :
       std::vector<std::vector<ValueId>>{{s.d(x)}, {s.d(x), s.d(a)}, {s.d(c), s.d(x), s.d(a), s.n(0)}}) {
    check_laws(s, at(prefix));
  }
}

TEST_CASE("a field that is a subset of a datatype restricts what may follow") {
  Declarations s;
  const auto type = s.datatype("X");
  const auto y = s.constructor(type, "Y", [&] { return s.range(0, 1); });
  const auto z = s.datatype("Z");
  const auto a = s.constructor(z, "A", [&] { return s.set({s.dot({s.d(y), s.n(0)})}); });
  CHECK(s.show(extensions(s.table, s.d(a))) == "{Y.0}");
  CHECK(extensions(s.table, s.d(y)) == s.range(0, 1));
  CHECK(extensions(s.table, s.dot({s.d(a), s.d(y)})) == s.range(0, 0));
  CHECK(s.show(productions(s.table, s.dot({s.d(a), s.d(y)}))) == "{A.Y.0}");
}

TEST_CASE("channels may carry events") {
  Declarations s;
  const auto values = s.datatype("Values");
  const auto time = s.constructor(values, "time", [&] { return s.range(0, 1); });
  const auto c = s.channel("c", [&] { return s.table.values_of(values); });
  const auto e = s.channel("e", [&] { return s.set({s.dot({s.d(time), s.n(0)})}); });
  const auto rx =
      s.channel("rx", [&] { return set_union(s.table, productions(s.table, s.d(c)), productions(s.table, s.d(e))); });
  CHECK(extensions(s.table, s.dot({s.d(rx), s.d(c), s.d(time)})) == s.range(0, 1));
  CHECK(extensions(s.table, s.dot({s.d(rx), s.d(e), s.d(time)})) == s.range(0, 0));
  CHECK(s.show(productions(s.table, s.dot({s.d(rx), s.d(e)}))) == "{rx.e.time.0}");
  CHECK(s.show(s.dot({s.d(rx), s.d(c), s.d(time), s.n(1)})) == "rx.c.time.1");
  check_laws(s, s.d(rx));
}

TEST_CASE("a type that is a set of lists of fields must be a product") {
  Declarations s;
  const auto pair = [&](std::int64_t x, std::int64_t y) { return s.values.dot(std::vector{s.n(x), s.n(y)}); };
  const Fields square = type_fields(s.table, s.set({pair(0, 5), pair(0, 6), pair(1, 5), pair(1, 6)}));
  REQUIRE(square.ok());
  CHECK(square.sets == std::vector{s.range(0, 1), s.range(5, 6)});
  const Fields diagonal = type_fields(s.table, s.set({pair(0, 5), pair(1, 6)}));
  CHECK(diagonal.fault.kind == FaultKind::not_rectangular);
  CHECK(type_fields(s.table, s.n(1)).fault.kind == FaultKind::not_a_set);
  const Fields tuples = type_fields(s.table, s.tuple({s.range(0, 1), s.booleans()}));
  REQUIRE(tuples.sets.size() == 1);
  CHECK(card(s.table, tuples.sets[0]) == 4);
  const Fields infinite = type_fields(s.table, s.values.dot(std::vector{s.values.all_integers(), s.range(0, 1)}));
  CHECK(infinite.sets == std::vector{s.values.all_integers(), s.range(0, 1)});
  const ValueId named = type_set(s.table, s.values.dot(std::vector{s.values.all_integers(), s.range(0, 1)})).value;
  CHECK(type_fields(s.table, named).sets == infinite.sets);
}

TEST_CASE("recursive datatypes are symbolic, from whichever end they are reached") {
  for (const bool from_fields : {false, true}) {
    Declarations s;
    const auto nat = s.datatype("Nat");
    const auto zero = s.constructor(nat, "Z");
    const auto next = s.constructor(nat, "S", [&] { return s.table.values_of(nat); });
    if (from_fields) CHECK(s.table.arity(next) == 1);
    const ValueId all = s.table.values_of(nat);
    CHECK(s.values.kind(all) == ValueKind::datatype);
    CHECK(is_infinite(s.table, all));
    CHECK(extensions(s.table, s.d(next)) == all);
    CHECK(member(s.table, s.dot({s.d(next), s.d(next), s.d(zero)}), all));
    CHECK_FALSE(member(s.table, s.n(1), all));
    CHECK_FALSE(member(s.table, s.d(next), all));
    const ValueId positive = productions(s.table, s.d(next));
    CHECK(set_union(s.table, positive, s.set({s.d(zero)})) == all);
    CHECK(set_difference(s.table, all, positive) == s.set({s.d(zero)}));
    CHECK(set_intersection(s.table, all, positive) == positive);
    CHECK(subset(s.table, positive, all) == Answer::yes);
    CHECK(subset(s.table, all, positive) == Answer::no);
    CHECK(productions(s.table, s.dot({s.d(next), s.d(next)})) ==
          set_intersection(s.table, positive, productions(s.table, s.dot({s.d(next), s.d(next)}))));
  }
}

TEST_CASE("mutually recursive datatypes are symbolic; one of shared parts is tested in linear time") {
  Declarations s;
  const auto t = s.datatype("T");
  const auto u = s.datatype("U");
  const auto a = s.constructor(t, "A", [&] { return s.table.values_of(u); });
  const auto b = s.constructor(u, "B", [&] {
    return s.values.dot(std::vector{s.table.values_of(t), s.table.values_of(t)});
  });
  const auto c = s.constructor(u, "C");
  CHECK(is_infinite(s.table, s.table.values_of(u)));
  CHECK(is_infinite(s.table, s.table.values_of(t)));
  ValueId tree = s.dot({s.d(a), s.d(c)});
  for (int i = 0; i < 100; ++i) tree = s.dot({s.d(a), s.d(b), tree, tree});
  CHECK(member(s.table, tree, s.table.values_of(t)));
}

TEST_CASE("fields that need themselves are reported") {
  Declarations s;
  const auto type = s.datatype("T");
  DataId b{};
  b = s.constructor(type, "B", [&] { return productions(s.table, s.d(b)); });
  CHECK_THROWS_AS(s.table.fields(b), CyclicFields);
  CHECK_THROWS_AS(s.table.fields(b), CyclicFields);  // no trace of the first attempt
}

TEST_CASE("a subtype's clause stands for the completions of what it names") {
  Declarations s;
  const auto x = s.datatype("X");
  const auto xa = s.constructor(x, "A");
  const auto xb = s.constructor(x, "B", [&] { return s.range(0, 1); });
  const auto y = s.datatype("Y");
  const auto yd = s.constructor(y, "D", [&] { return s.values.dot(std::vector{s.table.values_of(x), s.booleans()}); });
  const auto of = [&](std::vector<ValueId> sets) { return restricted_productions(s.table, yd, sets); };
  CHECK(s.show(of({s.set({s.d(xa)})}).value) == "{D.A.false,D.A.true}");
  CHECK(of({s.set({s.d(xb)})}).value == productions(s.table, s.dot({s.d(yd), s.d(xb)})));
  CHECK(of({}).value == s.table.values_of(y));
  CHECK(of({s.range(7, 7)}).fault.kind == FaultKind::outside_field);
}

TEST_CASE("dot patterns meet the fields of nested constructor values one by one") {
  Nested s;
  {
    DotFields fields(s.table, s.dot({s.B(), s.D(), s.n(0), s.n(1), s.D(), s.n(2)}));  // B.D.x.y
    CHECK(fields.take(s.b));
    CHECK(fields.take(s.d_));
    CHECK(fields.take() == s.n(0));
    CHECK(s.show(fields.rest()) == "1.D.2");
  }
  {
    DotFields fields(s.table, s.dot({s.B(), s.C(), s.n(0), s.C()}));  // B.x.y
    CHECK(fields.take(s.b));
    CHECK(fields.take() == s.C());
    CHECK(s.show(fields.rest()) == "0.C");
  }
  {
    DotFields fields(s.table, s.dot({s.d(s.ch), s.C(), s.values.boolean(true)}));  // ch.D.x
    CHECK(fields.take(s.ch));
    CHECK_FALSE(fields.take(s.d_));
    CHECK(fields.take(s.c));
    CHECK_FALSE(fields.rest_is(s.c));
    CHECK(fields.rest() == s.values.boolean(true));
    CHECK(fields.at_end());
    CHECK_FALSE(fields.take().has_value());
  }
  {
    DotFields fields(s.table, s.C());
    CHECK(fields.rest_is(s.c));
  }
}

}  // namespace tryst::csp
