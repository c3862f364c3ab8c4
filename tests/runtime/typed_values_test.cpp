// Tuples, dotted values, values of datatypes with fields, sequences and sets of them, and maps as variables of emitted
// components: typed members of structs, which are the processes.
#include <random>

#include "runtime/values.hpp"
#include "tests/runtime/emitted_programs.hpp"

using namespace tryst;
using namespace tryst::emitter;

namespace {

const std::string prelude = R"(
datatype Kind = low | high
datatype Packet = Ack.Bool | Nack | Data.{0..1}.Kind
datatype Frame = Wrap.Packet | Pair.(Bool, {0..1}) | List.{<>, <0>, <1, 0>}
channel a, b
channel c, d : {0..2}
channel k : Kind
channel net, out : Packet
channel part : {Ack.true, Data.0.low, Data.1.high}
channel frame : Frame
channel two : {0..1}.Bool
channel three : {0..1}.Packet.Kind
channel pair : ({0..1}, Bool)
channel list : {<>, <0>, <1, 0>}
channel group : Set({0..1})
channel signs : Set({ -1..1})
channel rows : {<>, <0 - 1>, <0 - 1, 1>, <1, 0 - 1>}
channel dotted : Set({x.y | x <- { -1..0}, y <- Bool})
channel table : Map({ -1..0}, Bool)
nametype Address = {0..1}.Kind
channel to : Address
channel mail : Address.Bool

PAIRS((x, y)) = c!x -> PAIRS((y, x)) [] d!y -> PAIRS((x, x))
HOLD(p) = pair!p -> pair?q -> HOLD(q)
BOTH = pair?(x, y) -> (if y then c!x -> BOTH else d!x -> BOTH)
ONLY = pair?(x, true) -> c!x -> ONLY [] pair?(1, false) -> STOP
ECHO = net?p -> out!p -> ECHO
KEEP(p) = net?q -> (if p == q then a -> KEEP(q) else out!p -> KEEP(q))
ANSWER(Ack.x) = net?p -> ANSWER(p) [] x & a -> ANSWER(Nack)
ANSWER(Nack) = b -> net!Ack.true -> ANSWER(Data.1.high)
ANSWER(Data.n.h) = k!h -> c!n -> ANSWER(Ack.(n == 0))
PARTS = net.Data?n?h -> k!h -> c!n -> PARTS [] net!Nack -> PARTS [] net?Ack.x -> (x & a -> PARTS)
SOME = part?p -> out!p -> SOME
INSIDE = part.Data?n?h -> k!h -> c!n -> INSIDE [] part?Ack.x -> two!0!x -> INSIDE
FRAMES(Wrap.(Data.n.h)) = k!h -> frame!Wrap.(Data.(1 - n).h) -> FRAMES(Wrap.Nack)
FRAMES(Wrap.p) = out!p -> frame?f -> FRAMES(f)
FRAMES(Pair.(x, n)) = two!n!x -> frame.Pair?(y, m) -> FRAMES(Pair.(y, m))
FRAMES(List.s) = list!s -> (not null(s) & frame!List.<> -> FRAMES(List.tail(s)) [] null(s) & a -> FRAMES(Wrap.(Ack.false)))
DOTTED = two?x -> two!x -> DOTTED
SPLIT = two?n.x -> (x & c!n -> SPLIT)
CARRY(x) = two!x -> three?n?r -> (if n == 0 then CARRY(x) else CARRIED(r))
CARRIED(p.h) = k!h -> out!p -> CARRY(1.true)
ANY = three?n?_ -> c!n -> ANY
DEEP = three!1?Data.n.h?g -> (if h == g then k!g -> c!n -> DEEP else DEEP)
FROM(s) = two?x:s -> FROM({0.true, 1.false})
ADDRESSED(x) = to!x -> mail!x?full -> (full & to?y -> ADDRESSED(y))
LISTED(s) = #s < 2 & pair?p -> LISTED(s ^ <p>) [] not null(s) & pair!head(s) -> LISTED(tail(s))
FIRST(<(x, y)>^s) = c!x -> FIRST(s)
FIRST(<>) = pair?p -> FIRST(<p, (0, true)>)
PACKETS(s) = card(s) < 2 & net?p:diff(Packet, s) -> PACKETS(union(s, {p})) [] out?p:s -> PACKETS(diff(s, {p}))
NESTED(ss) = #ss < 2 & list?s -> NESTED(ss ^ <s>) [] not null(ss) & (if null(head(ss)) then a -> NESTED(tail(ss)) else c!head(head(ss)) -> NESTED(tail(ss)))
SETS(ss) = card(ss) < 2 & group?s -> SETS(union(ss, {s})) [] (if member({}, ss) then a -> SETS(diff(ss, {{}})) else b -> SETS({{}}))
STORE(m) = c?x -> k?v -> STORE(mapUpdate(m, x, v)) [] d?x -> (if mapMember(m, x) then k!mapLookup(m, x) -> STORE(mapDelete(m, x)) else a -> STORE(m))
BEGUN(m) = (if m == emptyMap then a -> STOP else SHOWN(mapToList(m)))
SHOWN(<(x, v)>^s) = two!x!v -> SHOWN(s)
SHOWN(<>) = BEGUN(mapFromList(<(1, true), (0, true), (1, false)>))
SIGNED(s) = signs!s -> signs?t -> SIGNED(diff(t, s)) [] rows?r -> rows!r -> SIGNED(set(r))
DOTS(s) = dotted!s -> dotted?t -> DOTS(t)
TABLES(m) = table!m -> table?t -> TABLES(t) [] a -> TABLES(mapUpdate(m, 0 - 1, true))
SWAPPED(p) = let (x, y) = p
                 q = (y, x)
             within pair!p -> (two!x!y -> SWAPPED((1 - x, not y)) [] two!fst(p)!snd(p) -> STOP)
fst((x, _)) = x
snd((_, y)) = y
CHOICES(n) = [] p:{(x, y) | x <- {0..1}, y <- {low, high}}, p != (n, low) @ CHOSEN(p)
CHOSEN((x, y)) = c!x -> k!y -> CHOICES(x)
TAKEN = [] (x, y):{(0, low), (1, high)} @ c!x -> k!y -> TAKEN
PICKED = |~| p:{Ack.true, Nack} @ net!p -> PICKED
WHOLE(whole@@(x, _)) = c!x -> pair!whole -> STOP
GENERIC(x) = a -> OTHER(x, 0)
OTHER(x, n) = if n == 0 then b -> OTHER(x, 1) else SENT(x)
SENT((p, q)) = net!p -> two!q -> STOP
THROWN = ((net?p -> out!p -> SKIP) [|{out.Nack, out.Ack.true}|> (a -> SKIP)) ; THROWN
LEAST(s) = not empty(s) & net!head(seq(s)) -> LEAST(diff(s, {head(seq(s))})) [] s == {} & a -> LEAST({Data.1.low, Nack, Ack.true})
)";

const char* const processes[] = {
    "PAIRS((0, 1))",
    "HOLD((1, true))",
    "BOTH",
    "ONLY",
    "ECHO",
    "KEEP(Data.0.low)",
    "ANSWER(Nack)",
    "PARTS",
    "SOME",
    "INSIDE",
    "FRAMES(List.<1, 0>)",
    "DOTTED",
    "SPLIT",
    "CARRY(0.false)",
    "ANY",
    "DEEP",
    "FROM({0.false, 1.true})",
    "ADDRESSED(0.high)",
    "LISTED(<>)",
    "FIRST(<>)",
    "PACKETS({})",
    "NESTED(<>)",
    "SETS({})",
    "STORE(emptyMap)",
    "STORE((| 1 => low |))",
    "BEGUN(mapFromList(<(0, true)>))",
    "SIGNED({})",
    "DOTS({})",
    "TABLES(emptyMap)",
    "SWAPPED((0, true))",
    "CHOICES(0)",
    "TAKEN",
    "PICKED",
    "WHOLE((1, true))",
    "GENERIC((Data.0.high, 1.true))",
    "THROWN",
    "LEAST({Nack})",
    "ECHO [|{|net|}|] ANSWER(Ack.true)",
    "ECHO ||| PAIRS((1, 1))",
};

}  // namespace

TEST_CASE("tuples, dotted values, datatypes with fields and maps are members of structs, which are the processes") {
  EmittedPrograms programs(prelude);
  for (const char* process : processes) programs.add(process);
  CHECK(programs.table_reasons() == std::vector<std::string>{});
  CHECK(programs.differences() == "");
}

namespace {

// Scripts of three processes that call each other, with variables of random types; each is of finitely many values.
class RandomScript {
 public:
  explicit RandomScript(std::mt19937& random) : random_(random) {}

  std::string text() {
    std::string all =
        "datatype Kind = low | high\ndatatype Packet = Ack.Bool | Nack | Data.{0..1}.Kind\n"
        "channel n : {0..1}\nchannel b : Bool\nchannel k : Kind\nchannel p : Packet\nchannel t : ({0..1}, Bool)\n"
        "channel d : {0..1}.Kind\nchannel g : Set({0..1})\nchannel done\n";
    for (int i = 0; i < 3; ++i) parameters_.push_back(types(1 + below(3)));
    for (std::size_t i = 0; i < 3; ++i) {
      scope_.clear();
      fresh_ = 0;
      std::string signature, names;
      for (const Type type : parameters_[i]) {
        signature += (signature.empty() ? "" : ", ") + written(type);
        names += (names.empty() ? "" : ", ") + bind(type);
      }
      all += "P" + std::to_string(i) + " :: (" + signature + ") -> Proc\n";
      all += "P" + std::to_string(i) + "(" + names + ") = " + process(3) + "\n";
    }
    scope_.clear();
    return all + "START = " + call() + "\n";
  }

 private:
  enum Type : std::uint8_t { integer, boolean, constant, packet, pair, dots, group, list, map, type_count };

  std::size_t below(std::size_t n) { return random_() % n; }

  std::vector<Type> types(std::size_t count) {
    std::vector<Type> result;
    while (count-- > 0) result.push_back(static_cast<Type>(below(type_count)));
    return result;
  }

  static std::string written(Type type) {
    constexpr const char* names[] = {"Int",      "Bool",  "Kind",     "Packet",           "(Int, Bool)",
                                     "Int.Kind", "{Int}", "<Packet>", "(| Int => Kind |)"};
    return names[type];
  }

  std::string bind(Type type) {
    scope_.emplace_back(type, "v" + std::to_string(++fresh_));
    return scope_.back().second;
  }

  std::string value(Type type, int depth) {
    if (below(2) == 0)
      for (std::size_t i = scope_.size(); i-- > 0;)
        if (scope_[i].first == type && below(3) != 0) return scope_[i].second;
    const auto sub = [&](Type of) { return value(of, depth - 1); };
    if (depth > 0 && below(5) == 0) return "(if " + sub(boolean) + " then " + sub(type) + " else " + sub(type) + ")";
    const bool is_leaf = depth <= 0;
    switch (type) {
      case integer:
        return is_leaf         ? std::to_string(below(2))
               : below(2) == 0 ? "(1 - " + sub(integer) + ")"
                               : "card(" + sub(group) + ") % 2";
      case boolean: return is_leaf ? (below(2) == 0 ? "true" : "false") : condition(depth);
      case constant: {
        if (is_leaf || below(2) == 0) return below(2) == 0 ? "low" : "high";
        const std::string m = sub(map), key = sub(integer);
        return "(if mapMember(" + m + ", " + key + ") then mapLookup(" + m + ", " + key + ") else " + sub(constant) +
               ")";
      }
      case packet:
        switch (below(3)) {
          case 0: return "(Ack.(" + sub(boolean) + "))";
          case 1: return "Nack";
          default: return "(Data.(" + sub(integer) + ").(" + sub(constant) + "))";
        }
      case pair: return "(" + sub(integer) + ", " + sub(boolean) + ")";
      case dots: return "((" + sub(integer) + ").(" + sub(constant) + "))";
      case group: {
        if (is_leaf) return below(2) == 0 ? "{}" : "{" + sub(integer) + "}";
        constexpr const char* operations[] = {"union", "inter", "diff"};
        return std::string(operations[below(3)]) + "(" + sub(group) + ", " + sub(group) + ")";
      }
      case list: {
        if (is_leaf) return below(2) == 0 ? "<>" : "<" + sub(packet) + ">";
        const std::string s = sub(list);
        return "(if #" + s + " < 2 then " + s + " ^ <" + sub(packet) + "> else tail(" + s + "))";
      }
      default:
        if (is_leaf) return below(2) == 0 ? "emptyMap" : "(| " + sub(integer) + " => " + sub(constant) + " |)";
        return below(2) == 0 ? "mapUpdate(" + sub(map) + ", " + sub(integer) + ", " + sub(constant) + ")"
                             : "mapDelete(" + sub(map) + ", " + sub(integer) + ")";
    }
  }

  std::string condition(int depth) {
    const auto sub = [&](Type of) { return value(of, depth - 1); };
    switch (below(4)) {
      case 0: return "(not " + sub(boolean) + ")";
      case 1: return "member(" + sub(integer) + ", " + sub(group) + ")";
      case 2: return "mapMember(" + sub(map) + ", " + sub(integer) + ")";
      default: {
        const auto type = static_cast<Type>(below(type_count));
        return "(" + sub(type) + " == " + sub(type) + ")";
      }
    }
  }

  std::string call() {
    const std::size_t which = below(3);
    std::string arguments;
    for (const Type type : parameters_[which]) arguments += (arguments.empty() ? "" : ", ") + value(type, 2);
    return "P" + std::to_string(which) + "(" + arguments + ")";
  }

  std::string prefix(int depth) {
    constexpr const char* channels[] = {"n", "b", "k", "p", "t", "d", "g"};
    const auto type = static_cast<Type>(below(std::size(channels)));
    const std::string channel = channels[type];
    const std::size_t outer = scope_.size();
    std::string event;
    switch (below(4)) {
      case 0: event = channel + "!" + value(type, 2); break;
      case 1: event = channel + "?" + bind(type); break;
      case 2:
        if (type == pair) {
          event = "t?(" + bind(integer) + ", " + (below(2) == 0 ? "true" : bind(boolean)) + ")";
        } else if (type == dots) {
          event = "d?" + bind(integer) + (below(2) == 0 ? "." : "?") + bind(constant);
        } else {
          event = "p?Data." + bind(integer) + "." + bind(constant);
        }
        break;
      default: event = type == packet ? "p!Data?" + bind(integer) + "!" + value(constant, 1) : "done"; break;
    }
    event += " -> " + process(depth - 1);
    scope_.resize(outer);
    return event;
  }

  std::string process(int depth) {
    if (depth <= 0) return call();
    switch (below(5)) {
      case 0: return "(" + prefix(depth) + " [] " + prefix(depth) + ")";
      case 1: return "(if " + value(boolean, 2) + " then " + process(depth - 1) + " else " + process(depth - 1) + ")";
      case 2: return "(" + value(boolean, 2) + " & " + prefix(depth) + " [] " + prefix(depth) + ")";
      default: return prefix(depth);
    }
  }

  std::mt19937& random_;
  std::vector<std::vector<Type>> parameters_;
  std::vector<std::pair<Type, std::string>> scope_;
  int fresh_ = 0;
};

void check_random(std::uint32_t seed, int scripts) {
  std::mt19937 random(seed);
  EmittedPrograms programs;
  programs.link_with(TRYST_RUNTIME_LIBRARY);
  std::size_t added = 0;
  for (int i = 0; i < scripts; ++i) {
    const std::string script = RandomScript(random).text();
    programs.add_script(script);
    INFO(script);
    added += programs.add_if_small("START");
  }
  CHECK(added > static_cast<std::size_t>(scripts) / 2);
  CHECK(programs.table_reasons() == std::vector<std::string>{});
  REQUIRE(programs.differences() == "");
  for (std::size_t p = 0; p < added; ++p) {
    const Ran checked = programs.run(p, "--self-check");
    INFO(checked.output);
    CHECK(checked.status == 0);
  }
}

}  // namespace

TEST_CASE("random processes with typed variables are programs, which are the processes") { check_random(1, 12); }

TEST_CASE("many random processes with typed variables", "[.long]") {
  for (std::uint32_t seed = 2; seed < 8; ++seed) check_random(seed, 40);
}

TEST_CASE("emitted programs write values as the evaluator does") {
  using runtime::Dots;
  using runtime::Tuple;
  using Integer = std::int64_t;
  csp::ScriptFixture script("channel a");
  const auto check = [&](const auto& value, const char* expression) {
    INFO(expression);
    CHECK(text(value) == script.show(expression));
  };
  const auto signs = runtime::sequence<Integer, 2>({-1, 2});
  const auto set = runtime::set_of<Integer, 2>({-2, -1});
  const Dots<Integer, bool> dots(Integer{-1}, true);
  check(signs, "< -1, 2>");
  check(runtime::sequence<Integer, 2>({}), "<>");
  check(runtime::sequence<Integer, 2>({1, -2}), "<1, -2>");
  check(runtime::sequence<Dots<Integer, bool>, 1>({dots}), "< -1.true>");
  check(set, "{ -2, -1}");
  check(runtime::set_of<std::remove_const_t<decltype(signs)>, 1>({signs}), "{< -1, 2>}");
  check(runtime::sequence<std::remove_const_t<decltype(set)>, 1>({set}), "<{ -2, -1}>");
  using Entry = Tuple<Integer, Integer>;
  check(runtime::map_of<2>(runtime::sequence<Entry, 2>({Entry(1, -2), Entry(-1, 2)})), "(| -1 => 2, 1 => -2 |)");
  check(runtime::map_of<2>(runtime::sequence<Entry, 2>({})), "emptyMap");
}
