// Mismatched types, to the letter: one script for each reason why a type is expected.
#include "tests/frontend/typed_script.hpp"

using namespace tryst::csp;

namespace {

std::string mistakes(const std::string& text) { return TypedScript(text).mistakes(); }

}  // namespace

TEST_CASE("An operand of the wrong type", "[types]") {
  CHECK(mistakes(R"(P(n) = if n == 0 then STOP else n
)") == R"(error[P0301]: mismatched types: expected `Proc`, found `Int`
 --> test.csp:1:33
  |
1 | P(n) = if n == 0 then STOP else n
  |                                 ^ the other branch is of type `Proc`
note: the other branch is here
 --> test.csp:1:23
  |
1 | P(n) = if n == 0 then STOP else n
  |                       ^^^^
note: `n`, declared here, is of type `Int`
 --> test.csp:1:3
  |
1 | P(n) = if n == 0 then STOP else n
  |   ^
)");
}

TEST_CASE("An argument of the wrong type points at it and at the function", "[types]") {
  CHECK(mistakes(R"(f(x, y) = x + #y
z = f(1, {2})
)") == R"(error[P0301]: mismatched types: expected `<a>`, found `{Int}`
 --> test.csp:2:10
  |
2 | z = f(1, {2})
  |          ^^^ this is argument 2 of `f`
note: `f`, declared here, is of type `(Int, <b>) -> Int`
 --> test.csp:1:1
  |
1 | f(x, y) = x + #y
  | ^
)");
}

TEST_CASE("An element that is not like the first", "[types]") {
  CHECK(mistakes(R"(x = <1, 2, true>
)") == R"(error[P0301]: mismatched types: expected `Int`, found `Bool`
 --> test.csp:1:12
  |
1 | x = <1, 2, true>
  |            ^^^^ the elements before are of type `Int`
note: the first element is here
 --> test.csp:1:6
  |
1 | x = <1, 2, true>
  |      ^
)");
}

TEST_CASE("A condition that is no Boolean", "[types]") {
  CHECK(mistakes(R"(x = if 1 then 2 else 3
)") == R"(error[P0301]: mismatched types: expected `Bool`, found `Int`
 --> test.csp:1:8
  |
1 | x = if 1 then 2 else 3
  |        ^ the condition of `if` must be of type `Bool`
)");
}

TEST_CASE("An operand of a process operator", "[types]") {
  CHECK(mistakes(R"(P = STOP [] 1
)") == R"(error[P0301]: mismatched types: expected `Proc`, found `Int`
 --> test.csp:1:13
  |
1 | P = STOP [] 1
  |             ^ an operand of `[]` must be of type `Proc`
)");
}

TEST_CASE("A body of a replicated operator", "[types]") {
  CHECK(mistakes(R"(P = ||| x : {0..3} @ x
)") == R"(error[P0301]: mismatched types: expected `Proc`, found `Int`
 --> test.csp:1:22
  |
1 | P = ||| x : {0..3} @ x
  |                      ^ the body of a replicated operator must be of type `Proc`
note: `x`, declared here, is of type `Int`
 --> test.csp:1:9
  |
1 | P = ||| x : {0..3} @ x
  |         ^
)");
}

TEST_CASE("A synchronisation set of channels instead of events", "[types]") {
  CHECK(mistakes(R"(channel c : Int
P = STOP [| {c} |] SKIP
)") == R"(error[P0301]: mismatched types: expected `{Event}`, found `{Int=>Event}`
 --> test.csp:2:13
  |
2 | P = STOP [| {c} |] SKIP
  |             ^^^ a set of events must stand here
  = note: `Event` does not match `Int=>Event`
  = help: `{| c |}` is the set of all events of the channel `c`
)");
}

TEST_CASE("Events and channels where something made of them is meant", "[types]") {
  const auto help = [](const std::string& line) {
    const TypedScript script("channel a, b\nchannel c : Int\n" + line + "\n");
    REQUIRE(script.diagnostics.all().size() == 1);
    return script.diagnostics.all()[0].help;
  };
  CHECK(help("P = STOP \\ a") == "write `{a}`");
  CHECK(help("P = STOP [| c |] STOP") == "write `{| c |}`");
  CHECK(help("P = STOP \\ {c}") == "`{| c |}` is the set of all events of the channel `c`");
  CHECK(help("P = a -> b") == "write `b -> SKIP`: an event is followed by a process");
  CHECK(help("P = c -> STOP") == "fields are missing: `c?x` receives one, `c!1` sends one");
  CHECK(help("P = STOP \\ 1").empty());
}

TEST_CASE("A prefix with an incomplete event", "[types]") {
  CHECK(mistakes(R"(channel c : Int
P = c -> STOP
)") == R"(error[P0301]: mismatched types: expected `Event`, found `Int=>Event`
 --> test.csp:2:5
  |
2 | P = c -> STOP
  |     ^ an event must stand here
  = help: fields are missing: `c?x` receives one, `c!1` sends one
note: `c`, declared here, is of type `Int=>Event`
 --> test.csp:1:9
  |
1 | channel c : Int
  |         ^
)");
}

TEST_CASE("A renaming whose sides lack different fields", "[types]") {
  CHECK(mistakes(R"(channel c : Int
channel d : Int.Int
P = STOP[[c <- d]]
)") == R"(error[P0301]: mismatched types: expected `Int=>Event`, found `Int=>Int=>Event`
 --> test.csp:3:16
  |
3 | P = STOP[[c <- d]]
  |                ^ the other side is of type `Int=>Event`
  = note: `Int` does not match `Int.Int`
note: the other side is here
 --> test.csp:3:11
  |
3 | P = STOP[[c <- d]]
  |           ^
note: `d`, declared here, is of type `Int=>Int=>Event`
 --> test.csp:2:9
  |
2 | channel d : Int.Int
  |         ^
)");
}

TEST_CASE("A filter that is no Boolean", "[types]") {
  CHECK(mistakes(R"(x = {y | y <- {1}, y}
)") == R"(error[P0301]: mismatched types: expected `Bool`, found `Int`
 --> test.csp:1:20
  |
1 | x = {y | y <- {1}, y}
  |                    ^ a filter must be of type `Bool`
note: `y`, declared here, is of type `Int`
 --> test.csp:1:10
  |
1 | x = {y | y <- {1}, y}
  |          ^
)");
}

TEST_CASE("A generator over the wrong kind of collection", "[types]") {
  CHECK(mistakes(R"(x = {y | y <- <1>}
)") == R"(error[P0301]: mismatched types: expected `{a}`, found `<Int>`
 --> test.csp:1:15
  |
1 | x = {y | y <- <1>}
  |               ^^^ the pattern runs through values of type `{a}`
note: the pattern is here
 --> test.csp:1:10
  |
1 | x = {y | y <- <1>}
  |          ^
)");
}

TEST_CASE("A generator that takes events apart", "[types]") {
  CHECK(mistakes(R"(channel c : Int
x = {y | e.y <- {| c |}}
)") == R"(error[P0301]: mismatched types: expected `{a.b}`, found `{Event}`
 --> test.csp:2:17
  |
2 | x = {y | e.y <- {| c |}}
  |                 ^^^^^^^ the pattern runs through values of type `{a.b}`
  = note: `a.b` does not match `Event`
  = help: patterns and parameters such as `x.y` cannot take events and values of datatypes apart
note: the pattern is here
 --> test.csp:2:10
  |
2 | x = {y | e.y <- {| c |}}
  |          ^^^
)");
}

TEST_CASE("A set behind an input that does not fit its pattern", "[types]") {
  CHECK(mistakes(R"(channel c : Int
P = c?(x, y):{1} -> STOP
)") == R"(error[P0301]: mismatched types: expected `{(a, b)}`, found `{Int}`
 --> test.csp:2:14
  |
2 | P = c?(x, y):{1} -> STOP
  |              ^^^ the pattern does not take the values of this set
  = note: `(a, b)` does not match `Int`
note: the pattern is here
 --> test.csp:2:7
  |
2 | P = c?(x, y):{1} -> STOP
  |       ^^^^^^
)");
}

TEST_CASE("An annotation that the definition does not keep", "[types]") {
  CHECK(mistakes(R"(f :: (Int) -> Bool
f(x) = x
)") == R"(error[P0301]: mismatched types: expected `Bool`, found `Int`
 --> test.csp:2:8
  |
2 | f(x) = x
  |        ^ this does not fit its annotation
note: the annotation is here
 --> test.csp:1:1
  |
1 | f :: (Int) -> Bool
  | ^^^^^^^^^^^^^^^^^^
note: `x`, declared here, is of type `Int`
 --> test.csp:2:3
  |
2 | f(x) = x
  |   ^
)");
}

TEST_CASE("Equations that do not agree", "[types]") {
  CHECK(mistakes(R"(f(0) = 1
f(true) = 2
)") == R"(error[P0301]: mismatched types: expected `(Int) -> Int`, found `(Bool) -> Int`
 --> test.csp:2:1
  |
2 | f(true) = 2
  | ^ this equation does not fit the others
  = note: `Int` does not match `Bool`
note: another equation is here
 --> test.csp:1:1
  |
1 | f(0) = 1
  | ^
)");
}

TEST_CASE("A definition by pattern that does not fit", "[types]") {
  CHECK(mistakes(R"((x, y) = <1, 2>
)") == R"(error[P0301]: mismatched types: expected `<Int>`, found `(a, b)`
 --> test.csp:1:1
  |
1 | (x, y) = <1, 2>
  | ^^^^^^ this does not fit what it defines
note: it is defined as this
 --> test.csp:1:10
  |
1 | (x, y) = <1, 2>
  |          ^^^^^^
)");
}

TEST_CASE("A channel of something that is no set", "[types]") {
  CHECK(mistakes(R"(channel c : Int.3
)") == R"(error[P0301]: mismatched types: expected `{a}`, found `Int`
 --> test.csp:1:17
  |
1 | channel c : Int.3
  |                 ^ a set, or a dot or tuple of sets, must stand here
)");
}

TEST_CASE("A subtype that does not fit its datatype", "[types]") {
  CHECK(mistakes(R"(datatype T = A.Int
subtype S = A.{true}
)") == R"(error[P0301]: mismatched types: expected `Int`, found `Bool`
 --> test.csp:2:15
  |
2 | subtype S = A.{true}
  |               ^^^^^^ the datatype has `Int` here
note: the constructor is declared here
 --> test.csp:1:14
  |
1 | datatype T = A.Int
  |              ^
)");
}

TEST_CASE("A subtype of two datatypes", "[types]") {
  CHECK(mistakes(R"(datatype T = A
datatype U = B
subtype S = A | B
)") == R"(error[P0301]: mismatched types: expected `a=>*T`, found `U`
 --> test.csp:3:17
  |
3 | subtype S = A | B
  |                 ^ the constructors of a subtype must belong to one datatype
  = note: `T` does not match `U`
note: the constructor is declared here
 --> test.csp:2:14
  |
2 | datatype U = B
  |              ^
)");
}

TEST_CASE("An assertion about something that is no process", "[types]") {
  CHECK(mistakes(R"(assert 1 [T= STOP
)") == R"(error[P0301]: mismatched types: expected `Proc`, found `Int`
 --> test.csp:1:8
  |
1 | assert 1 [T= STOP
  |        ^ an assertion is about processes
)");
}

TEST_CASE("A trace of something that is no event", "[types]") {
  CHECK(mistakes(R"(assert STOP :[has trace]: <1>
)") == R"(error[P0301]: mismatched types: expected `Event`, found `Int`
 --> test.csp:1:28
  |
1 | assert STOP :[has trace]: <1>
  |                            ^ an event must stand here
)");
}

TEST_CASE("A timing function of the wrong type", "[types]") {
  CHECK(mistakes(R"(channel tock
Timed(1) {
}
)") == R"(error[P0301]: mismatched types: expected `(Event) -> Int`, found `Int`
 --> test.csp:2:7
  |
2 | Timed(1) {
  |       ^ the timing function gives the duration of each event
)");
}

TEST_CASE("A tock that carries something", "[types]") {
  CHECK(mistakes(R"(channel tock : Int
Timed {
}
)") == R"(error[P0301]: mismatched types: expected `Event`, found `Int=>Event`
 --> test.csp:2:1
  |
2 | Timed {
  | ^^^^^ a Timed section needs the event `tock`
)");
}

TEST_CASE("A constructor with the wrong field", "[types]") {
  CHECK(mistakes(R"(datatype T = A.Int
x = A.true
)") == R"(error[P0301]: mismatched types: expected `Int`, found `Bool`
 --> test.csp:2:5
  |
2 | x = A.true
  |     ^^^^^^ a field here is not what the part before it takes
note: `A`, declared here, is of type `Int=>T`
 --> test.csp:1:14
  |
1 | datatype T = A.Int
  |              ^
)");
}

TEST_CASE("Two dots that look the same", "[types]") {
  CHECK(mistakes(R"(datatype T = A.Int | B.Int.Int
x = (A.B) == (A.B)
)") == R"(error[P0301]: mismatched types: parts are missing or left over in `(Int=>T).(Int=>Int=>T)`
 --> test.csp:2:14
  |
2 | x = (A.B) == (A.B)
  |              ^^^^^ the other side is of type `(Int=>T).(Int=>Int=>T)`
  = note: `Int` does not match `T`
note: the other side is here
 --> test.csp:2:5
  |
2 | x = (A.B) == (A.B)
  |     ^^^^^
note: `A`, declared here, is of type `Int=>T`
 --> test.csp:1:14
  |
1 | datatype T = A.Int | B.Int.Int
  |              ^
)");
}

TEST_CASE("An operator that binds tighter than the dot", "[types]") {
  CHECK(mistakes(R"(datatype T = A.Proc
x = A.STOP == A.SKIP
)") == R"(error[P0301]: mismatched types: expected `Proc`, found `Proc=>T`
 --> test.csp:2:15
  |
2 | x = A.STOP == A.SKIP
  |               ^ the other side is of type `Proc`
  = help: `==` binds tighter than `.`: put parentheses around the dots
note: the other side is here
 --> test.csp:2:7
  |
2 | x = A.STOP == A.SKIP
  |       ^^^^
note: `A`, declared here, is of type `Proc=>T`
 --> test.csp:1:14
  |
1 | datatype T = A.Proc
  |              ^
)");
}

TEST_CASE("An instance whose argument does not do what the module does with it", "[types]") {
  CHECK(mistakes(R"(module M(x)
exports
  y = x + 1
endmodule
instance I = M(true)
)") == R"(error[P0301]: mismatched types: expected `Int`, found `Bool`
 --> test.csp:5:16
  |
5 | instance I = M(true)
  |                ^^^^ this is argument 1 of `M`
note: `M` is declared here
 --> test.csp:1:8
  |
1 | module M(x)
  |        ^
)");
}
