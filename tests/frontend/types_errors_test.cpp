// Mistakes of typing other than mismatches, to the letter, and what one mistake does to the rest of a script.
#include "frontend/catalogue.hpp"
#include "tests/frontend/typed_script.hpp"

using namespace tryst::csp;

namespace {

std::string mistakes(const std::string& text) { return TypedScript(text).mistakes(); }

}  // namespace

TEST_CASE("A productions set of a value", "[types]") {
  CHECK(mistakes(R"(x = {| 1 |}
)") == R"(error[P0303]: `Int` is neither a datatype nor `Event`
 --> test.csp:1:8
  |
1 | x = {| 1 |}
  |        ^ its productions are meant here
)");
}

TEST_CASE("A type variable that is made a particular type", "[types]") {
  CHECK(mistakes(R"(f :: (a) -> a
f(x) = x + 1
)") == R"(error[P0309]: `a` stands for every type, but would have to be `Int` here
 --> test.csp:2:8
  |
2 | f(x) = x + 1
  |        ^ an operand of `+` must be of type `Int`
note: `x`, declared here, is of type `a`
 --> test.csp:2:3
  |
2 | f(x) = x + 1
  |   ^
)");
}

TEST_CASE("A property that the annotation does not promise", "[types]") {
  CHECK(mistakes(R"(f :: (a) -> Bool
f(x) = x == x
)") == R"(error[P0303]: values of every type `a` cannot be compared for equality
 --> test.csp:2:8
  |
2 | f(x) = x == x
  |        ^^^^^^ compared here
  = help: write `Eq a =>` in front of the annotated type
)");
}

TEST_CASE("Too few arguments", "[types]") {
  CHECK(mistakes(R"(f(x, y) = x + y
z = f(1)
)") == R"(error[P0302]: `f` takes 2 arguments, but is given 1
 --> test.csp:2:5
  |
2 | z = f(1)
  |     ^^^^ of type `(Int, Int) -> Int`
note: `f`, declared here, is of type `(Int, Int) -> Int`
 --> test.csp:1:1
  |
1 | f(x, y) = x + y
  | ^
)");
}

TEST_CASE("Processes that are compared", "[types]") {
  CHECK(mistakes(R"(x = STOP == SKIP
)") == R"(error[P0303]: `Proc` cannot be compared for equality
 --> test.csp:1:5
  |
1 | x = STOP == SKIP
  |     ^^^^^^^^^^^^ compared here
)");
}

TEST_CASE("A part that cannot be compared", "[types]") {
  CHECK(mistakes(R"(x = (1, STOP) == (1, SKIP)
)") == R"(error[P0303]: `Proc` cannot be compared for equality
 --> test.csp:1:5
  |
1 | x = (1, STOP) == (1, SKIP)
  |     ^^^^^^^^^^^^^^^^^^^^^^ compared here
  = note: it is part of `(Int, Proc)`
)");
}

TEST_CASE("Booleans that are ordered", "[types]") {
  CHECK(mistakes(R"(x = true < false
)") == R"(error[P0303]: `Bool` cannot be ordered
 --> test.csp:1:5
  |
1 | x = true < false
  |     ^^^^^^^^^^^^ compared here
)");
}

TEST_CASE("Functions in a set", "[types]") {
  CHECK(mistakes(R"(x = {\ y @ y}
)") == R"(error[P0303]: `(a) -> a` cannot be put in a set
 --> test.csp:1:6
  |
1 | x = {\ y @ y}
  |      ^^^^^^^ an element of a set
)");
}

TEST_CASE("A channel that is communicated", "[types]") {
  CHECK(mistakes(R"(channel c : Int
channel d : {c}
)") == R"(error[P0303]: `Int=>Event` cannot be communicated, because something must still be dotted on
 --> test.csp:2:13
  |
2 | channel d : {c}
  |             ^^^ what is carried must be complete
)");
}

TEST_CASE("A comparison of a datatype with processes inside", "[types]") {
  CHECK(mistakes(R"(datatype T = A.Proc
x = (A.STOP) == (A.SKIP)
)") == R"(error[P0303]: `T` cannot be compared for equality
 --> test.csp:2:5
  |
2 | x = (A.STOP) == (A.SKIP)
  |     ^^^^^^^^^^^^^^^^^^^^ compared here
)");
}

TEST_CASE("A sequence that would contain itself", "[types]") {
  CHECK(mistakes(R"(f(x) = x == <x>
)") == R"(error[P0304]: `a` and `<a>` would have to be the same, infinite type
 --> test.csp:1:13
  |
1 | f(x) = x == <x>
  |             ^^^ the other side is of type `a`
note: the other side is here
 --> test.csp:1:8
  |
1 | f(x) = x == <x>
  |        ^
)");
}

TEST_CASE("Fields that do not fit a channel", "[types]") {
  CHECK(mistakes(R"(channel c : Int
P = c!true -> STOP
)") == R"(error[P0305]: the fields of this prefix do not make an event of its channel
 --> test.csp:2:6
  |
2 | P = c!true -> STOP
  |      ^^^^^ these fields are of type `Bool`
note: `c`, declared here, is of type `Int=>Event`
 --> test.csp:1:9
  |
1 | channel c : Int
  |         ^
)");
}

TEST_CASE("Too many fields, behind a part of an event", "[types]") {
  CHECK(mistakes(R"(channel c : Int.Int
P = c.1?x?y -> STOP
)") == R"(error[P0305]: the fields of this prefix do not make an event of its channel
 --> test.csp:2:8
  |
2 | P = c.1?x?y -> STOP
  |        ^^^^ these fields are of type `a.b`
note: this is of type `Int=>Event`
 --> test.csp:2:5
  |
2 | P = c.1?x?y -> STOP
  |     ^^^
note: `c`, declared here, is of type `Int=>Int=>Event`
 --> test.csp:1:9
  |
1 | channel c : Int.Int
  |         ^
)");
}

TEST_CASE("Equations with different numbers of parameters", "[types]") {
  CHECK(mistakes(R"(f(0) = 1
f(x, y) = x
)") == R"(error[P0306]: the equations of `f` take different numbers of parameters
 --> test.csp:2:1
  |
2 | f(x, y) = x
  | ^ this equation differs
note: the first equation is here
 --> test.csp:1:1
  |
1 | f(0) = 1
  | ^
)");
}

TEST_CASE("A channel whose field could be anything", "[types]") {
  CHECK(mistakes(R"(channel c : {}
)") == R"(error[P0307]: the type of the channel `c` is ambiguous
 --> test.csp:1:9
  |
1 | channel c : {}
  |         ^ of type `(Eq a, Complete a) => a=>Event`
  = help: annotate the set, or use one whose elements have a type, such as `Int`
)");
}

TEST_CASE("A constructor whose field could be anything", "[types]") {
  CHECK(mistakes(R"(datatype T = A.Set({})
)") == R"(error[P0307]: the type of the constructor `A` is ambiguous
 --> test.csp:1:14
  |
1 | datatype T = A.Set({})
  |              ^ of type `Eq a => {a}=>T`
  = help: annotate the set, or use one whose elements have a type, such as `Int`
)");
}

TEST_CASE("More fields in a subtype than in its datatype", "[types]") {
  CHECK(mistakes(R"(datatype T = A | B.{0, 1}
subtype S = A.{0}
)") == R"(error[P0308]: the constructor `A` has 0 fields, but its subtype gives 1
 --> test.csp:2:15
  |
2 | subtype S = A.{0}
  |               ^^^ too many fields
note: the constructor is declared here
 --> test.csp:1:14
  |
1 | datatype T = A | B.{0, 1}
  |              ^
)");
}

TEST_CASE("Something applied that is no function", "[types]") {
  CHECK(mistakes(R"(x = 1
y = x(2)
)") == R"(error[P0311]: `x` is not a function
 --> test.csp:2:5
  |
2 | y = x(2)
  |     ^ this is of type `Int`
note: `x`, declared here, is of type `Int`
 --> test.csp:1:1
  |
1 | x = 1
  | ^
)");
}

TEST_CASE("A mistake in a module is reported once for all its instances", "[types]") {
  CHECK(mistakes(R"(module M(x)
exports
  y = 1 + true
endmodule
instance I = M(1)
instance J = M(2)
)") == R"(error[P0301]: mismatched types: expected `Int`, found `Bool`
 --> test.csp:3:11
  |
3 |   y = 1 + true
  |           ^^^^ an operand of `+` must be of type `Int`
)");
}

TEST_CASE("One mistake does not make others", "[types]") {
  CHECK(mistakes(R"(f(x) = x + true
y = f(1) == f(2)
z = #f(3)
g(n) = if n == 0 then STOP else 1
P = g(1) ; g(2)
)") == R"(error[P0301]: mismatched types: expected `Int`, found `Bool`
 --> test.csp:1:12
  |
1 | f(x) = x + true
  |            ^^^^ an operand of `+` must be of type `Int`
error[P0301]: mismatched types: expected `Proc`, found `Int`
 --> test.csp:4:33
  |
4 | g(n) = if n == 0 then STOP else 1
  |                                 ^ the other branch is of type `Proc`
note: the other branch is here
 --> test.csp:4:23
  |
4 | g(n) = if n == 0 then STOP else 1
  |                       ^^^^
)");
}

TEST_CASE("Several mistakes in one run, in the order of the text", "[types]") {
  CHECK(mistakes(R"(x = 1 + true
y = #2
z = not 3
)") == R"(error[P0301]: mismatched types: expected `Int`, found `Bool`
 --> test.csp:1:9
  |
1 | x = 1 + true
  |         ^^^^ an operand of `+` must be of type `Int`
error[P0301]: mismatched types: expected `<a>`, found `Int`
 --> test.csp:2:6
  |
2 | y = #2
  |      ^ an operand of `#` must be of type `<a>`
error[P0301]: mismatched types: expected `Bool`, found `Int`
 --> test.csp:3:9
  |
3 | z = not 3
  |         ^ an operand of `not` must be of type `Bool`
)");
}

TEST_CASE("Types beyond all limits are refused where they arise, those at the limit are not", "[types]") {
  // The last of n functions takes what can be put into n sequences.
  const auto chain = [](int n) {
    std::string text = "f0(x) = <x>\n";
    for (int i = 1; i < n; ++i) text += "f" + std::to_string(i) + "(x) = f" + std::to_string(i - 1) + "(<x>)\n";
    return text;
  };
  CHECK(mistakes(chain(499)) == "");
  CHECK(mistakes(chain(500)) == R"(error[P0310]: the types here grow beyond all limits
   --> test.csp:500:1
    |
500 | f499(x) = f498(<x>)
    | ^^^^^^^^^^^^^^^^^^^ while this was being typed
    = help: annotate the functions involved, or split them
)");
}

TEST_CASE("The example of every catalogue entry provokes its code", "[types]") {
  for (const tryst::CatalogueEntry& entry : tryst::catalogue::types()) {
    if (entry.example.empty()) continue;
    const TypedScript script{std::string(entry.example) + "\n"};
    INFO(entry.code << ": " << script.mistakes());
    REQUIRE(script.diagnostics.all().size() == 1);
    CHECK(script.diagnostics.all().front().code == entry.code);
  }
}
