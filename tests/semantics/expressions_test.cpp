// Expressions in normal form against plain arithmetic, and their text against the evaluator.
#include "semantics/symbolic/expressions.hpp"

#include <random>

#include "semantics/symbolic/projection.hpp"

#include "tests/semantics/script_fixture.hpp"

namespace tryst {

namespace {

std::int64_t floor_division(std::int64_t a, std::int64_t b) {
  const std::int64_t q = a / b;
  return a % b != 0 && (a % b < 0) != (b < 0) ? q - 1 : q;
}

// An expression, and what it is worth.
class Random {
 public:
  Random(unsigned seed, Expressions& store, std::map<VariableId, std::int64_t> values)
      : random_(seed), store_(store), values_(std::move(values)) {}

  std::pair<ExpressionId, std::int64_t> integer(int depth) {
    if (depth == 0 || number(0, 4) == 0) {
      if (number(0, 1) == 0) {
        const std::int64_t n = number(-9, 9);
        return {store_.number(n), n};
      }
      const auto at = std::next(values_.begin(), number(0, static_cast<int>(values_.size()) - 1));
      return {store_.variable(at->first), at->second};
    }
    const auto [a, x] = integer(depth - 1);
    const auto [b, y] = integer(depth - 1);
    const std::int64_t divisor = number(0, 1) == 0 ? number(1, 4) : -number(1, 4);
    switch (number(0, 4)) {
      case 0: return {store_.add(a, b), x + y};
      case 1: return {store_.subtract(a, b), x - y};
      case 2: return {store_.multiply(a, b), x * y};
      case 3: return {store_.quotient(a, divisor), floor_division(x, divisor)};
      default: return {store_.remainder(a, divisor), x - floor_division(x, divisor) * divisor};
    }
  }

  std::pair<ExpressionId, bool> condition(int depth) {
    if (depth == 0) {
      const auto [a, x] = integer(2);
      const auto [b, y] = integer(2);
      switch (number(0, 2)) {
        case 0: return {store_.less(a, b), x < y};
        case 1: return {store_.at_most(a, b), x <= y};
        default: return {store_.equal(a, b), x == y};
      }
    }
    const auto [a, x] = condition(depth - 1);
    const auto [b, y] = condition(depth - 1);
    switch (number(0, 2)) {
      case 0: return {store_.conjunction({a, b}), x && y};
      case 1: return {store_.disjunction({a, b}), x || y};
      default: return {store_.negation(a), !x};
    }
  }

 private:
  int number(int from, int to) { return std::uniform_int_distribution<>(from, to)(random_); }

  std::mt19937 random_;
  Expressions& store_;
  std::map<VariableId, std::int64_t> values_;
};

}  // namespace

TEST_CASE("an expression's normal form is worth what the expression is, and so is its text") {
  csp::ScriptFixture fixture("");
  for (unsigned seed = 1; seed <= 300; ++seed) {
    Expressions store;
    const VariableId a = store.fresh();
    const VariableId b = store.fresh();
    std::mt19937 numbers(seed);
    std::uniform_int_distribution<> some(-6, 6);
    const std::map<VariableId, std::int64_t> values{{a, some(numbers)}, {b, some(numbers)}};
    Random random(seed, store, values);
    const auto name = [&](VariableId v) { return v == a ? "a" : "b"; };
    const std::string bound =
        "let a = " + std::to_string(values.at(a)) + "\n    b = " + std::to_string(values.at(b)) + "\nwithin ";

    const auto [e, n] = random.integer(4);
    CHECK(store.value(e, values) == n);
    const auto [c, holds] = random.condition(2);
    INFO(store.text(c, name));
    CHECK(store.value(c, values) == (holds ? 1 : 0));
    CHECK(store.value(store.negation(c), values) == (holds ? 0 : 1));
    if (seed % 3 == 0) {
      CHECK(fixture.show(bound + "(" + store.text(e, name) + ")") == std::to_string(n));
      CHECK(fixture.show(bound + "(" + store.text(c, name) + ")") == (holds ? "true" : "false"));
    }

    const Expressions::Assignment numbers_of{{a, store.number(values.at(a))}, {b, store.number(values.at(b))}};
    CHECK(store.constant(store.substitute(e, numbers_of)) == n);
    CHECK(store.is(store.substitute(c, numbers_of), holds));
  }
}

TEST_CASE("a variable is eliminated as trying all its values would") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    Expressions store;
    const VariableId a = store.fresh();
    const VariableId b = store.fresh();
    std::mt19937 random(seed);
    const auto number = [&](int from, int to) { return std::uniform_int_distribution<>(from, to)(random); };
    const auto literal = [&] {
      const ExpressionId x = number(0, 2) == 0 ? store.number(number(-4, 4)) : store.variable(a);
      const ExpressionId y = store.add(store.variable(b), store.number(number(-3, 3)));
      return number(0, 3) == 0 ? store.equal(x, y) : number(0, 1) == 0 ? store.at_most(x, y) : store.less(y, x);
    };
    ExpressionId condition = store.conjunction({literal(), literal()});
    condition = store.disjunction({condition, store.conjunction({store.negation(literal()), literal()})});
    const auto projected = project(store, condition, {b});
    REQUIRE(projected);
    INFO(store.text(condition, [&](VariableId v) { return v == a ? "a" : "b"; }));
    for (std::int64_t n = -5; n <= 5; ++n) {
      bool possible = false;
      for (std::int64_t m = -20; m <= 20; ++m) possible = possible || store.value(condition, {{a, n}, {b, m}}) == 1;
      CHECK(store.value(*projected, {{a, n}}) == (possible ? 1 : 0));
    }
  }
  Expressions store;
  const VariableId v = store.fresh();
  CHECK_FALSE(project(
      store, store.equal(store.multiply(store.variable(v), store.number(2)), store.variable(store.fresh())), {v}));
}

TEST_CASE("equal sums are the same expression, and a comparison is divided by what it has in common") {
  Expressions store;
  const ExpressionId x = store.variable(store.fresh());
  const ExpressionId y = store.variable(store.fresh());
  const ExpressionId one = store.number(1);
  CHECK(store.subtract(store.add(store.add(x, y), one), y) == store.add(one, x));
  CHECK(store.less(store.multiply(x, store.number(2)), store.multiply(y, store.number(2))) == store.less(x, y));
  CHECK(store.is(store.equal(store.multiply(x, store.number(2)), store.number(3)), false));
  CHECK(store.negation(store.less(x, y)) == store.at_most(y, x));
  CHECK(store.is(store.conjunction({store.less(x, y), store.at_most(y, x)}), false));
}

}  // namespace tryst
