// The text of a value is an expression that denotes it. The values are made by operations, not written as literals.
#include <catch2/catch.hpp>
#include <random>

#include "tests/semantics/script_fixture.hpp"

namespace tryst::csp {

namespace {

const char* const prelude = R"(
datatype T = Leaf | Number.Int | Letter.Char | Some.Set({ -2..2}) | Row.Seq({ -2..2}) | Both.(Int, Bool) | Twice.T.T | Table.Map({ -2..2}, Bool)
channel c : Int.Bool
channel d : Set({ -2..2}).{<0 - 1, 1>, <>}
channel e : { -2..2}
channel f : Map({ -2..2}, { -2..2})
nth(n, s) = if n == 0 then head(s) else nth(n - 1, tail(s))
chr(n) = nth(n, seq(Char))
)";

// Expressions for random values of a type; and random types.
class RandomValues {
 public:
  enum Kind : std::uint8_t { integer, boolean, character, datatype, event, tuple, dots, sequence, set, map };
  struct Type {
    Kind kind = integer;
    std::vector<Type> parts;
  };

  Type type(int depth) {
    const auto kind = static_cast<Kind>(below(depth > 0 ? 10 : 5));
    if (kind < tuple) return {kind, {}};
    if (kind == sequence || kind == set) return {kind, {type(depth - 1)}};
    Type first = type(depth - 1);
    // A dotted value of dotted values is one list, whose type is another.
    while (kind == dots && (first.kind == dots || first.kind == event)) first = type(depth - 1);
    Type second = type(depth - 1);
    while (kind == dots && second.kind == event) second = type(depth - 1);
    return {kind, {first, second}};
  }

  std::string value(const Type& t, int depth = 3) {
    const auto part = [&](std::size_t i) { return value(t.parts[i], depth - 1); };
    switch (t.kind) {
      case integer: return number(1000);
      case boolean: return below(2) == 0 ? "true" : "false";
      case character: return letter();
      case datatype: return data(depth);
      case event: return one_event();
      case tuple: return "(" + part(0) + ", " + part(1) + ")";
      case dots: return "(" + part(0) + ").(" + part(1) + ")";
      case sequence: return list([&] { return part(0); });
      case set: return "set(" + list([&] { return part(0); }) + ")";
      case map: return "mapFromList(" + list([&] { return "(" + part(0) + ", " + part(1) + ")"; }) + ")";
    }
    return {};
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::string number(int bound) { return "(" + std::to_string(below(bound)) + " - " + std::to_string(bound / 2) + ")"; }
  std::string small() { return number(5); }
  std::string truth() { return below(2) == 0 ? "true" : "false"; }
  // The characters that quoting is about are frequent.
  std::string letter() {
    constexpr std::string_view special = "\\'\"\n\r\t{-<";
    return "chr(" + std::to_string(below(2) == 0 ? below(256) : special[static_cast<std::size_t>(below(9))]) + ")";
  }

  template <class Item>
  std::string list(Item item) {
    std::string all = "<>";
    for (int n = below(4); n > 0; --n) all += "^<(" + item() + ")>";
    return "(" + all + ")";
  }
  std::string smalls() {
    return list([&] { return small(); });
  }

  std::string data(int depth) {
    switch (below(depth > 0 ? 8 : 7)) {
      case 0: return "Leaf";
      case 1: return "(Number." + number(1000) + ")";
      case 2: return "(Letter." + letter() + ")";
      case 3: return "(Some.set(" + smalls() + "))";
      case 4: return "(Row." + smalls() + ")";
      case 5: return "(Both.(" + number(1000) + ", " + truth() + "))";
      case 6: return "(Table.mapFromList(" + list([&] { return "(" + small() + ", " + truth() + ")"; }) + "))";
      default: return "(Twice." + data(depth - 1) + "." + data(depth - 1) + ")";
    }
  }

  std::string one_event() {
    switch (below(4)) {
      case 0: return "(c." + number(1000) + "." + truth() + ")";
      case 1: return "(d.set(" + smalls() + ").(<>^" + (below(2) == 0 ? "<0 - 1, 1>" : "<>") + "))";
      case 2: return "(e." + small() + ")";
      default: return "(f.mapFromList(" + list([&] { return "(" + small() + ", " + small() + ")"; }) + "))";
    }
  }

  std::mt19937 random_{25};
};

}  // namespace

TEST_CASE("the text of a random value is read back as the value") {
  ScriptFixture s(prelude);
  RandomValues random;
  for (int i = 0; i < 2000; ++i) {
    const std::string made = random.value(random.type(3));
    INFO(made);
    const std::string text = s.show(made);
    INFO(text);
    CHECK(s.show(text) == text);
    CHECK(s.show("(" + made + ") == (" + text + ")") == "true");
  }
}

TEST_CASE("the text of every character, alone and in a string, is read back as it") {
  ScriptFixture s(prelude);
  for (int i = 0; i < 256; ++i) {
    for (const std::string around : {"", "<>^<chr(65), ", "<chr("}) {
      const std::string c = "chr(" + std::to_string(i) + ")";
      const std::string made = around.empty()           ? c
                               : around.ends_with(", ") ? around + c + ">"
                                                        : around + std::to_string(i) + "), chr(48)>";
      const std::string text = s.show(made);
      INFO(made << " " << text);
      CHECK(s.show(made + " == " + text) == "true");
    }
  }
}

TEST_CASE("the text of a large or infinite set is read back as the set") {
  ScriptFixture s(prelude);
  for (const char* made :
       {"{0 - 500..500}", "{0 - 500..0 - 300}", "{(0 - 1)..}", "Int", "Set({(0 - 1)..})", "Seq({0 - 1})",
        "Map(Int, {0 - 1})", "Map({0 - 1}, {0 - 2})", "diff(Int, {0 - 1})", "{|c|}", "{|c.(0 - 1)|}",
        "{{|c.(0 - 1)|}, {|c.1|}}", "union({(0 - 9)..}, {0 - 20})", "{|f|}", "T", "Events", "Char"}) {
    const std::string text = s.show(made);
    INFO(made << " " << text);
    CHECK(s.show(text) == text);
    CHECK(s.show(std::string(made) + " == " + text) == "true");
  }
}

}  // namespace tryst::csp
