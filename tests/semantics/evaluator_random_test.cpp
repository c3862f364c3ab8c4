// Random expressions against a second meaning: while the text of an expression is made up, its value is computed in
// C++, strictly and without any of the evaluator's machinery.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "tests/semantics/script_fixture.hpp"

using tryst::csp::ScriptFixture;

namespace {

using Numbers = std::vector<std::int64_t>;

template <class T>
struct Made {
  std::string text;
  T value;
};

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  Made<std::int64_t> number(int depth);
  Made<bool> truth(int depth);
  Made<Numbers> sequence(int depth);
  Made<Numbers> set(int depth);  // sorted, distinct

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
  std::string fresh() { return "v" + std::to_string(names_++); }

  template <class Body>
  auto with(const std::string& name, std::int64_t value, Body body) {
    variables_.emplace_back(name, value);
    auto made = body();
    variables_.pop_back();
    return made;
  }

  std::mt19937 random_;
  int names_ = 0;
  std::vector<std::pair<std::string, std::int64_t>> variables_;
};

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(std::floor(static_cast<double>(a) / static_cast<double>(b)));
}

std::int64_t bounded(std::int64_t n) { return ((n % 1000) + 1000) % 1000; }

Made<std::int64_t> Generator::number(int depth) {
  if (depth <= 0 || pick(5) == 0) {
    if (!variables_.empty() && pick(2) == 0) {
      const auto& [name, value] = variables_[static_cast<std::size_t>(pick(static_cast<int>(variables_.size())))];
      return {name, value};
    }
    const int n = pick(10);
    return {std::to_string(n), n};
  }
  const auto a = number(depth - 1);
  switch (pick(10)) {
    case 0: {
      const auto b = number(depth - 1);
      return {"((" + a.text + " + " + b.text + ") % 1000)", bounded(a.value + b.value)};
    }
    case 1: {
      const auto b = number(depth - 1);
      return {"(" + a.text + " - " + b.text + ")", a.value - b.value};
    }
    case 2: {
      const auto b = number(depth - 1);
      return {"((" + a.text + " * " + b.text + ") % 1000)", bounded(a.value * b.value)};
    }
    case 3: {
      const int b = pick(2) == 0 ? 3 : -4;
      return {"(" + a.text + " / (" + std::to_string(b) + "))", floor_divide(a.value, b)};
    }
    case 4: {
      const auto condition = truth(depth - 1);
      const auto b = number(depth - 1);
      return {"(if " + condition.text + " then " + a.text + " else " + b.text + ")",
              condition.value ? a.value : b.value};
    }
    case 5: {
      const std::string name = fresh();
      const auto body = with(name, a.value, [&] { return number(depth - 1); });
      return {"(let " + name + " = " + a.text + " within " + body.text + ")", body.value};
    }
    case 6: {  // a local function that is recursive and uses what is around it
      const std::string f = fresh(), x = fresh();
      const int times = pick(4);
      return {"(let " + f + "(" + x + ") = if " + x + " == 0 then " + a.text + " else 1 + " + f + "(" + x +
                  " - 1) within " + f + "(" + std::to_string(times) + "))",
              a.value + times};
    }
    case 7: {
      const std::string x = fresh(), y = fresh();
      const auto b = number(depth - 1);
      const auto body = with(x, a.value, [&] { return with(y, b.value, [&] { return number(depth - 1); }); });
      if (pick(2) == 0)
        return {"(\\ " + x + ", " + y + " @ " + body.text + ")(" + a.text + ", " + b.text + ")", body.value};
      return {"(let (" + x + ", " + y + ") = (" + a.text + ", " + b.text + ") within " + body.text + ")", body.value};
    }
    case 8: {
      const auto s = sequence(depth - 1);
      return {"total(" + s.text + ")", std::accumulate(s.value.begin(), s.value.end(), std::int64_t{0})};
    }
    default: {
      const auto s = set(depth - 1);
      return {"card(" + s.text + ")", static_cast<std::int64_t>(s.value.size())};
    }
  }
}

Made<bool> Generator::truth(int depth) {
  const auto a = number(depth - 1), b = number(depth - 1);
  switch (pick(6)) {
    case 0: return {"(" + a.text + " < " + b.text + ")", a.value < b.value};
    case 1: return {"(" + a.text + " == " + b.text + ")", a.value == b.value};
    case 2: return {"(not " + a.text + " >= " + b.text + ")", a.value < b.value};
    case 3: {
      const auto s = set(depth - 1);
      return {"member(" + a.text + ", " + s.text + ")", std::binary_search(s.value.begin(), s.value.end(), a.value)};
    }
    case 4: {
      const auto s = sequence(depth - 1);
      return {"(elem(" + a.text + ", " + s.text + ") or " + a.text + " == " + b.text + ")",
              std::count(s.value.begin(), s.value.end(), a.value) > 0 || a.value == b.value};
    }
    default: {
      const auto s = sequence(depth - 1), t = sequence(depth - 1);
      return {"(" + s.text + " == " + t.text + ")", s.value == t.value};
    }
  }
}

Made<Numbers> Generator::sequence(int depth) {
  if (depth <= 0) return {"<>", {}};
  switch (pick(5)) {
    case 0: {
      const auto a = number(depth - 1), b = number(depth - 1);
      return {"<" + a.text + ", " + b.text + ">", {a.value, b.value}};
    }
    case 1: {
      auto s = sequence(depth - 1);
      const auto t = sequence(depth - 1);
      s.value.insert(s.value.end(), t.value.begin(), t.value.end());
      return {"(" + s.text + " ^ " + t.text + ")", s.value};
    }
    case 2: {
      auto s = sequence(depth - 1);
      std::reverse(s.value.begin(), s.value.end());
      return {"rev(" + s.text + ")", s.value};
    }
    case 3: {
      const auto s = set(depth - 1);
      return {"seq(" + s.text + ")", s.value};
    }
    default: {  // the text must not depend on the element, so the filter and the result are fixed shapes
      const auto s = sequence(depth - 1);
      const auto a = number(depth - 1);
      const std::string x = fresh(), y = fresh();
      Numbers value;
      for (std::int64_t n : s.value)
        for (std::int64_t m = 0; m <= 2; ++m)
          if ((n + m) % 2 == 0) value.push_back(n + m * a.value);
      return {"<" + x + " + " + y + " * " + a.text + " | " + x + " <- " + s.text + ", " + y + " <- <0..2>, (" + x +
                  " + " + y + ") % 2 == 0>",
              value};
    }
  }
}

Made<Numbers> Generator::set(int depth) {
  const auto settled = [](Numbers v) {
    std::sort(v.begin(), v.end());
    v.erase(std::unique(v.begin(), v.end()), v.end());
    return v;
  };
  if (depth <= 0) return {"{3, 1, 3}", {1, 3}};
  const auto binary = [&](const char* function, auto operation) {
    const auto s = set(depth - 1), t = set(depth - 1);
    Numbers value;
    operation(s.value, t.value, value);
    return Made<Numbers>{std::string(function) + "(" + s.text + ", " + t.text + ")", value};
  };
  switch (pick(5)) {
    case 0: {
      const auto s = sequence(depth - 1);
      return {"set(" + s.text + ")", settled(s.value)};
    }
    case 1:
      return binary("union", [](const Numbers& a, const Numbers& b, Numbers& out) {
        std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
      });
    case 2:
      return binary("diff", [](const Numbers& a, const Numbers& b, Numbers& out) {
        std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
      });
    case 3:
      return binary("inter", [](const Numbers& a, const Numbers& b, Numbers& out) {
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
      });
    default: {
      const auto s = set(depth - 1), t = set(depth - 1);
      const std::string x = fresh(), y = fresh();
      Numbers value;
      for (std::int64_t n : s.value)
        for (std::int64_t m : t.value)
          if (n <= m) value.push_back(n + m);
      return {
          "{" + x + " + " + y + " | " + x + " <- " + s.text + ", " + y + " <- " + t.text + ", " + x + " <= " + y + "}",
          settled(value)};
    }
  }
}

// A blank keeps a bracket and a sign apart.
std::string joined(const Numbers& numbers) {
  std::string text;
  for (std::int64_t n : numbers) text += (!text.empty() ? "," : n < 0 ? " " : "") + std::to_string(n);
  return text;
}

}  // namespace

TEST_CASE("random expressions have the values that strict evaluation gives") {
  ScriptFixture s(R"(
total(<>) = 0
total(<x>^xs) = x + total(xs)
rev(<>) = <>
rev(<x>^xs) = rev(xs)^<x>
)");
  for (std::uint32_t seed = 0; seed < 1500; ++seed) {
    Generator generator(seed);
    const int depth = 1 + static_cast<int>(seed % 5);
    if (seed % 3 == 0) {
      const auto made = generator.number(depth);
      INFO(made.text);
      CHECK(s.show(made.text) == std::to_string(made.value));
    } else if (seed % 3 == 1) {
      const auto made = generator.sequence(depth);
      INFO(made.text);
      CHECK(s.show(made.text) == "<" + joined(made.value) + ">");
    } else {
      const auto made = generator.set(depth);
      INFO(made.text);
      CHECK(s.show(made.text) == "{" + joined(made.value) + "}");
    }
  }
}
