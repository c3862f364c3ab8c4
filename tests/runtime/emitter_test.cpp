// Every emitted program is its model: each operator, each kind of value, and processes made at random.
#include <random>

#include "runtime/emitter/agreement.hpp"
#include "tests/runtime/emitted_programs.hpp"
#include "tests/semantics/process_syntax.hpp"

using namespace tryst;
using namespace tryst::emitter;

namespace {

const std::string prelude = R"(
transparent sbisim, normal
external chase, prioritise
datatype Colour = red | green | Mix.{0..1}
datatype Word = class | int | Hooks
channel a, b, tau, tick, tock
channel c, d : {0..2}
channel e, f : {0, 1}.Bool
channel colour : Colour
channel word : Word.Colour
channel pair : ({0, 1}, Bool)
channel seqs : {<>, <1>, <1, 2>}
channel minus : { -1..1}
module M
  datatype T = red_ | blue
exports
  channel c : T
endmodule

LOOP = a -> LOOP
CHOOSE = a -> CHOOSE |~| b -> CHOOSE
MAYBE = a -> MAYBE [] SKIP
COPY = c?x -> d!x -> COPY
COUNT(n) = n < 3 & a -> COUNT(n + 1) [] n > 0 & b -> COUNT(n - 1)
BUFFER(s) = #s < 2 & c?x -> BUFFER(s ^ <x>) [] not null(s) & d!head(s) -> BUFFER(tail(s))
ENDLESS(n) = a -> ENDLESS(n + 1)
GUARDED(n) = if n == 3 then head(<>) else a -> GUARDED(n + 1)
TWICE(0) = STOP
TWICE(n) = a -> TWICE(n - 1)
NETWORK = a -> EVENTS
Machine(next, label_c) = c!next -> Machine(label_c, next)
EVENTS = b -> NETWORK
next(k) = if k == red then green else red
datatype Light = off | on | broken
channel light : Light.{0..3}
LAMP(l, n) = light!l!n -> LAMP(switch(l), (n * 3 - 7) % 4) [] l != broken & light!broken?m:{n..3} -> DARK(<m, n>)
DARK(<>) = STOP
DARK(<m>^s) = (let k = (-m) / 2 within if k < -1 or null(s) then d!(m % 3) -> DARK(s) else DARK(s))
switch(off) = on
switch(_) = off
PICK(n) = |~| i:{0..n} @ c!i -> PICK(if i == 0 then 2 else i)
OFFER(n) = [] i:{1, 2} @ d.i -> (if i > n then OFFER(i) else (a -> STOP |~| SKIP))
last(<x>) = x
last(<_>^s) = last(s)
KEEP(s) = c?x:{0, 1} -> (if #s < 3 then KEEP(s ^ <x>) else d!last(s) -> KEEP(<x, head(s)>))
RELAY(from, to) = from?x -> to!x -> RELAY(from, to)
SWAP(from, (to)) = from?x -> SWAP(to, from)
AMONG(_, 3) = STOP
AMONG(s, n) = c?x:s -> (if x == n then d!x -> AMONG(s, 3) else AMONG(s, x))
THEN(p, n) = a -> (if n == 0 then p else THEN(p, n - 1))
GATHER(s) = c?x -> GATHER(union(s, {x}))
COLLECT(s) = card(s) < 3 & c?x:diff({0..2}, s) -> COLLECT(union(s, {x})) [] not empty(s) & d?y:s -> COLLECT(diff(s, {y}))
SORT(s, q) = c?x -> (if elem(x, q) then SORT(set(q), tail(q)) else SORT(inter(s, {0..x}), concat(<q, <x>>))) [] s != {} & d!head(seq(s)) -> SORT({}, <>)
COLOURS(s) = light?l?n:{0..2} -> (if member(l, s) then a -> COLOURS(diff(s, {off})) else COLOURS(union(s, {l})))
PAIRS((x, y)) = c!x -> PAIRS((y, x))
TWO(n) = ONCE(n) ; c?x -> (ONCE(x) ; d!n -> TWO(x))
ONCE(n) = d!n -> SKIP |~| a -> STOP
LITERAL = c?1 -> e?0?true -> light?off?n -> LITERAL
UNREACHED(n) = a -> (if n > 5 then e.0.true -> b -> STOP else UNREACHED(n))
NESTED(n) = ((a -> SKIP ; ONCE(n)) ; b -> SKIP) ; NESTED(1 - n)
ROTATE(ch, n) = ch.n?x -> ROTATE(if x then ch else ch, 1 - n)
CLOSURE(n) =
  let start = n + 1
      P(m) = if m == start then Q else d!(m % 3) -> P(m + 1)
      Q = c?x -> (if x == twice(n) then a -> CLOSURE(x) else P(x))
      twice(k) = (let both = k + k within both) % 3
  within P(n - 1)
ITERATE(p) = p ; ITERATE(p)
BREAK(n) = COUNT(0) /\ (c?x -> BREAK(x) [] d!n -> SKIP)
TRY(n) = (c?x -> d!x -> (a -> SKIP [] b -> c!n -> STOP)) [|{a, d.1}|> CAUGHT(n)
CAUGHT(n) = e.n.true -> TRY(1 - n)
GUARDED_TRY(n) = (SEND(n) ; b -> SKIP) [|{|e|}|> (a -> GUARDED_TRY(1 - n))
SEND(n) = d!n -> (e?x?y -> SKIP [] a -> SKIP)
NESTED_TRY(n) = ((c?x -> d!x -> STOP) [|{|d|}|> (b -> STOP)) [|{d.0}|> (a -> NESTED_TRY(n))
near(n) = {n, (n + 1) % 3}
CLOSE(n) = c?x:near(n) -> CLOSE(x) [] d?y:diff({0..2}, near(n)) -> e.0.member(y, near(y)) -> CLOSE(y)
PICKY(n) = d?y:{x | x <- {0..n}, x != 1, member(x, near(n))} -> PICKY(2 - y) [] ([] z:inter({0..2}, {n..2}) @ c!z -> PICKY(z))
SLIDE(n) = (c?x -> SLIDE(x) [] d!n -> STOP) [> (a -> SLIDE(n))
HESITATE(n) = c!n -> HESITATE(n) [] (if n == 1 then (a -> HESITATE(0) |~| b -> HESITATE(2)) else d!n -> HESITATE(1))
UNORDERED(n) = a -> d!n -> UNORDERED(n) [] a -> d!(2 - n) -> UNORDERED(n) [] d!1 -> UNORDERED(2 - n)
ALIKE = a -> SAME(1) [] a -> SAME(2) [] b -> (STOP |~| STOP)
SAME(n) = a -> ALIKE
EITHER(n) = a -> EITHER(n) |~| a -> EITHER(n) |~| d!n -> EITHER(2 - n)
AGAIN(n) = a -> AGAIN(n) [] a -> (if n < 2 then AGAIN(n + 1) else b -> AGAIN(0))
BOTH = (MAYBE ; b -> BOTH) [] c?x -> BOTH
SHARED(n) = SHARE(c!n -> SKIP [] d!n -> SKIP) ; SHARED(1 - n)
SHARE(p) = p [] a -> SHARE(p)
channel token : {0..79}
STATION(i, n) = token.i -> HOLDING(i, n)
HOLDING(i, n) = token.(i + 1) % n -> STATION(i, n)
RING(n) = || i:{0..n - 1} @ [{token.i, token.(i + 1) % n}] (if i == 0 then HOLDING(i, n) else STATION(i, n))
CURRIED(n)(ch) = ch!n -> CURRIED(2 - n)(ch)
REPEATED(n) = d?x -> REPEATED(x) [] n == 1 & c?_ -> REPEATED(0)
)";

const char* const operators[] = {
    "STOP",
    "SKIP",
    "a -> b -> STOP",
    "c?x -> d!x -> STOP",
    "c?x:{0, 2} -> d!(x % 2) -> STOP",
    "e?x!true -> STOP",
    "e$x?y -> STOP",
    "colour?k -> word!class!k -> STOP",
    "word?w?k -> STOP",
    "pair?(x, y) -> seqs?s -> STOP",
    "minus?x -> STOP",
    "M::c?t -> STOP",
    "tau -> tick -> STOP",
    "a -> STOP [] b -> SKIP",
    "a -> STOP [] a -> b -> STOP",
    "a -> STOP |~| b -> STOP",
    "a -> STOP [> b -> STOP",
    "(a -> SKIP) ; (b -> STOP)",
    "(a -> b -> STOP) /\\ (c?x -> STOP)",
    "(a -> b -> STOP) [|{b}|> (c?x -> STOP)",
    "(a -> SKIP) ||| (b -> SKIP)",
    "(a -> b -> SKIP) [|{b}|] (b -> a -> SKIP)",
    "(a -> SKIP) [{a}||{a, b}] (a -> b -> SKIP)",
    "COPY [d <-> c] COPY",
    "COPY [[d <- c, c <- d]]",
    "(COPY [|{|d|}|] d?x -> STOP) \\ {|d|}",
    "COPY |\\ {|c|}",
    "(a -> SKIP) [+{a}+] (a -> b -> SKIP)",
    "(a -> SKIP) /+{a}+\\ (a -> b -> SKIP)",
    "||| i:{0..2} @ c.i -> SKIP",
    "|| i:{0..2} @ [{c.i, a}] c.i -> a -> SKIP",
    "[] i:{0..2} @ c.i -> d.i -> STOP",
    "|~| i:{0..2} @ c.i -> STOP",
    "; i:<0, 1> @ c.i -> SKIP",
    "[|{a}|] i:{0..2} @ c.i -> a -> SKIP",
    "RUN({a, b})",
    "CHAOS({a})",
    "LOOP \\ {a}",
    "CHOOSE",
    "MAYBE ||| MAYBE",
    "((a -> SKIP) ||| (b -> SKIP)) ; (a -> STOP)",
    "sbisim(CHOOSE) ||| normal(LOOP)",
    "prioritise(CHOOSE [] LOOP, <{a}, {b}>)",
    "chase(CHOOSE)",
    "COUNT(0)",
    "BUFFER(<>)",
    "COPY ||| COPY",
    "ENDLESS(0) [|{a}|] TWICE(3)",
    "GUARDED(0) [|{a}|] (a -> STOP)",
    "(COUNT(0) [|{a}|] COUNT(1)) \\ {b}",
    "(BREAK(1) ; b -> STOP) /\\ (tick -> STOP)",
    "(MAYBE [] b -> SKIP) ; (c!0 -> STOP)",
    "(CHOOSE [] c!1 -> STOP) [> SLIDE(0)",
};

// What is written as programs: the part of CSPM that is sequential, over plain values.
// clang-format off
const char* const sequential[] = {
    "COPY",      "COUNT(0)", "BUFFER(<>)",    "TWICE(2)",  "CHOOSE",  "LOOP",         "LAMP(off, 2)",
    "PICK(2)",   "OFFER(0)", "OFFER(2)",      "KEEP(<>)",  "STOP",    "REPEATED(1)",  "COPY ||| COUNT(0)",
    "LAMP(on, 0) [|{|light|}|] LAMP(on, 1)", "NETWORK ||| EVENTS", "Machine(0, 1)",
    "RELAY(c, d)", "RELAY(e.0, e.1) ||| RELAY(d, c)", "SWAP(c, d)", "AMONG({0, 2}, 1)", "THEN(LOOP, 2)", "THEN((COPY), 0)",
    "TWO(1)", "LITERAL", "UNREACHED(0)", "NESTED(0)",
    "COPY [[d <- c]]", "COUNT(0) \\ {b}", "(COPY [[c <- d, d <- c]]) ||| COPY", "(let i = 1 within (a -> c!i -> STOP))",
    "CLOSURE(1)", "sbisim(LOOP)", "ITERATE(a -> SKIP)", "CURRIED(1)(c)", "STOP ||| SKIP",
    "GATHER({})", "COLLECT({})", "COLLECT({1, 2})", "SORT({}, <>)", "COLOURS({})", "CLOSE(0)", "PICKY(2)", "BREAK(0)", "TRY(0)", "GUARDED_TRY(0)", "NESTED_TRY(0)", "SLIDE(2)",
    "a -> STOP [> b -> STOP", "HESITATE(1)", "AGAIN(0)", "AGAIN(0) ||| AGAIN(1)", "MAYBE", "MAYBE ; LOOP", "SHARED(0)",
    "a -> STOP [] a -> b -> STOP",
    "a -> STOP", "COPY ; COPY", "(a -> SKIP) [|{b}|] (b -> STOP)",
    "[] i:{0..2} @ a -> COUNT(i)", "LOOP |~| LOOP", "SKIP [] SKIP", "(a -> SKIP [] a -> SKIP) ; LOOP", "UNORDERED(0)", "UNORDERED(2) [|{a}|] UNORDERED(0)",
    "EITHER(0)", "ALIKE", "ALIKE [|{a}|] ALIKE", "[] i:{0..2}, j:{0..1} @ a -> (if i == j then LOOP else b -> STOP)", "RELAY(e, f)",
};
// clang-format on

// The integers in a process.
void collect(Expression& e, std::vector<std::int64_t*>& found) {
  if (e.op == Expression::Op::literal && e.type.kind == DataType::Kind::integer) found.push_back(&e.number);
  for (Expression& operand : e.operands) collect(operand, found);
}

std::vector<std::int64_t*> literals(Process& process) {
  std::vector<std::int64_t*> found;
  if (process.form == Process::Form::conditional) collect(process.condition, found);
  for (Expression& argument : process.arguments) collect(argument, found);
  for (Expression& field : process.fields) collect(field, found);
  for (Process& operand : process.operands)
    for (std::int64_t* literal : literals(operand)) found.push_back(literal);
  return found;
}

}  // namespace

TEST_CASE("the program emitted from a process is strongly bisimilar to it, for every operator") {
  EmittedPrograms programs(prelude);
  for (const char* expression : operators) programs.add(expression);
  CHECK(programs.differences() == "");
}

TEST_CASE("sequential processes over plain values become programs, which are the processes") {
  EmittedPrograms programs(prelude);
  programs.link_with(TRYST_RUNTIME_LIBRARY);
  for (const char* expression : sequential) programs.add(expression);
  CHECK(programs.table_reasons() == std::vector<std::string>{});
  REQUIRE(programs.differences() == "");
  for (std::size_t p = 0; p < std::size(sequential); ++p) {
    INFO(sequential[p]);
    const Ran checked = programs.run(p, "--self-check");
    INFO(checked.output);
    CHECK(checked.status == 0);
  }
}

TEST_CASE("components that are instances of the same processes share a struct, whatever their events") {
  EmittedPrograms programs(prelude);
  programs.add("RING(5)");
  programs.add("RING(80)");
  programs.add("||| i:{0..2} @ (c!i -> RELAY(c, d))");
  for (std::size_t p = 0; p < 3; ++p) {
    CHECK(programs.emission(p).families.size() == 1);
    CHECK(programs.emission(p).machines.size() == programs.emission(p).components.size());
  }
  CHECK_FALSE(programs.emission(0).families[0].layout.is_sparse);
  CHECK(programs.emission(1).families[0].layout.is_sparse);
  CHECK(programs.differences() == "");
}

TEST_CASE("code that is not the component is found out before it is written") {
  EmittedPrograms programs(prelude);
  programs.add("COUNT(0)");
  programs.add("LAMP(off, 2)");
  std::size_t mutants = 0;
  for (std::size_t p = 0; p < 2; ++p) {
    const LocalGraph& graph = programs.network(p).graph(0);
    const EventNames& events = programs.network(p).events();
    const Process& initial = programs.emission(p).machines[0].initial;
    MachineCode code = programs.emission(p).families[0].code;
    CHECK(agreement(code, initial, graph, events).objection == "");
    for (Point& point : code.points)
      for (std::int64_t* literal : literals(point.body)) {
        ++*literal;
        INFO(point.identifier << ", the literal that has become " << *literal);
        CHECK(agreement(code, initial, graph, events).objection != "");
        --*literal;
        ++mutants;
      }
  }
  CHECK(mutants > 10);
}

TEST_CASE("what cannot be said as a program is a table, with the reason") {
  const std::pair<const char*, const char*> cases[] = {
      {"BOTH", "a choice has operands that act before it is made"},
      {"(a -> b -> STOP) [+{a}+] (a -> STOP)", "it is built with operators beyond prefixes, choices and conditions"},
      {"ROTATE(e, 0)", "it holds channels of Int.Bool"},
  };
  for (const auto& [expression, reason] : cases) {
    EmittedPrograms programs(prelude);
    programs.add(expression);
    CHECK(programs.table_reasons() == std::vector<std::string>{std::string(expression) + ": " + reason});
  }
}

TEST_CASE("components with more ways than their graphs are tables where very many rules would say how they meet") {
  EmittedPrograms many(prelude);
  many.add("[|{a}|] i:{0..11} @ ALIKE");
  CHECK(many.table_reasons() ==
        std::vector<std::string>{
            "[|{a}|] i:{0..11} @ ALIKE: it can perform an event in fewer ways than its translation"});
  EmittedPrograms few(prelude);
  few.add("[|{a}|] i:{0..4} @ ALIKE");
  CHECK(few.table_reasons() == std::vector<std::string>{});
  CHECK(few.emission(0).rules.size() == 32 + 5 * (1 + 2));  // a; of each one, b, and two hidden steps
  CHECK(few.differences() == "");
}

TEST_CASE("a component that has no end when it is alone, or goes wrong, is a table; its partners are programs") {
  EmittedPrograms programs(prelude);
  const std::string reason = ": it has no end, or goes wrong, when it is alone";
  programs.add("ENDLESS(0) [|{a}|] TWICE(3)");
  CHECK(programs.table_reasons() == std::vector{"ENDLESS(0) [|{a}|] TWICE(3)" + reason});
  programs.add("GUARDED(0) [|{a}|] (a -> STOP)");
  CHECK(programs.table_reasons().size() == 2);
  programs.add("(ENDLESS(0) [|{a}|] TWICE(1)) ||| (GUARDED(0) [|{a}|] TWICE(1)) ||| COPY");
  CHECK(programs.table_reasons().size() == 4);
  CHECK(programs.emission(2).components.size() == 5);
  CHECK(programs.differences() == "");
}

TEST_CASE("hooks take the fields of a channel as values of C++") {
  EmittedPrograms programs(prelude);
  programs.add("e?x?y -> word?w!red -> colour?k -> seqs?s -> a -> M::c?t -> STOP");
  const std::string header = hooks_header(programs.emission(0));
  for (const char* wanted :
       {"virtual void on_e(std::int64_t, bool) {}", "virtual void on_word(Word, Colour) {}",
        "virtual void on_colour(std::string_view) {}", "virtual void on_seqs(std::string_view) {}",
        "virtual bool accepts_a() { return true; }", "virtual void on_M_c(M_T) {}", "  class_,\n", "  Hooks_,\n"}) {
    INFO(wanted);
    CHECK(header.find(wanted) != std::string::npos);
  }
  CHECK(hooks_source(programs.emission(0)).find("return on_e(1, true);") != std::string::npos);
}

TEST_CASE("random processes: the emitted program is strongly bisimilar to the process", "[.long]") {
  std::mt19937 random(20'261'125);
  for (int round = 0; round < 4; ++round) {
    EmittedPrograms programs(prelude);
    for (int i = 0; i < 60; ++i)
      programs.add(csp::text_of(csp::random_process(random, 3 + random() % 8, csp::unbounded_forms + 5)));
    CHECK(programs.differences() == "");
  }
}
