#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"P0401", "recursion too deep",
     "A function calls itself, directly or through others, more deeply than there is room for: several hundred "
     "thousand "
     "calls. Either the recursion never ends, or it should hand on its result in an argument: a call that is the whole "
     "result of its caller takes no room.",
     "channel c : Int\ncount(n) = 1 + count(n + 1)\nP = c!count(0) -> STOP\nassert P :[deadlock free]\n"},
    {"P0402", "value that depends on itself",
     "To evaluate a constant, its own value is needed first. Sequences may refer to themselves behind their first "
     "element, "
     "as in `ones = <1>^ones`; numbers and sets may not.",
     "channel c : Int\nx = y + 1\ny = x - 1\nP = c!x -> STOP\nassert P :[deadlock free]\n"},
    {"P0403", "fields that need their own values",
     "The type of a channel or constructor is a set. This one is computed from values that contain the channel or "
     "constructor itself, so it can never be known.",
     "channel c : {x | x <- {0..3}, member(c.x, {|c|})}\nassert c?x -> STOP :[deadlock free]\n"},
    {"P0404", "no pattern matches",
     "A function was applied to arguments that none of its clauses accepts, or the pattern on the left of a `=` does "
     "not "
     "match the value on its right. In generators and in fields of a prefix, values that do not match are left out "
     "instead.",
     "channel c : Int\nfirst(<x>^_) = x\nP = c!first(<>) -> STOP\nassert P :[deadlock free]\n"},
    {"P0405", "division by zero", "`/` and `%` have no result when the divisor is 0.",
     "channel c : Int\nP = c!(1 / 0) -> STOP\nassert P :[deadlock free]\n"},
    {"P0406", "result outside the range of integers",
     "Integers have 64 bits. A result that does not fit is an error; it never wraps around.",
     "channel c : Int\nP = c!(9223372036854775807 + 1) -> STOP\nassert P :[deadlock free]\n"},
    {"P0407", "sequence that is infinite or far too long",
     "All elements of the sequence are needed: to put it into a set or event, as an argument of a process, or for its "
     "length. More than four million elements are not evaluated.",
     "channel c : Int\nP = c!#<1..> -> STOP\nassert P :[deadlock free]\n"},
    {"P0408", "elements of an infinite set",
     "A generator, an input or a function such as `card` goes through all elements of a set, and this one has "
     "infinitely "
     "many: `Int`, `{0..}`, `Seq(A)`, or the events of a channel that carries such values. Restrict it first. Inputs "
     "of "
     "integers without a range are decided in symbols by `check`, if it is asked for a refinement of traces or freedom "
     "of deadlock, and the notes say what keeps it from that.",
     "channel c : Int\nP = c?x -> STOP\nassert P :[deterministic]\n"},
    {"P0409", "value outside the type of a field",
     "A channel or constructor was given a value that its declaration does not allow. Such values are found while "
     "the script is evaluated, because types say only that a field is, for example, a number.",
     "channel c : {0..2}\nP = c!3 -> STOP\nassert P :[deadlock free]\n"},
    {"P0410", "fields that are not a product of sets",
     "What a channel or constructor carries must be a product: one set for each field, every value of one field being "
     "possible with every value of the others. Declare the product, and restrict the values where they are used.",
     "datatype Pair = Make.{0, 1}.{0, 1}\nnametype Diagonal = {0.0, 1.1}\nchannel c : Diagonal\nP = c?x -> STOP\n"
     "assert P :[deadlock free]\n"},
    {"P0413", "internal choice of nothing",
     "An internal choice takes one of its alternatives, so there must be one: `|~| x:{} @ P` and `c$x:{} -> P` have "
     "no meaning. An external choice of nothing is STOP.",
     "channel c : {0..2}\nP = |~| x:{} @ c.x -> STOP\nassert P :[deadlock free]\n"},
    {"P0414", "event linked twice",
     "In `P [a <-> b] Q` every event of P may be linked to one event of Q, and the other way round.",
     "channel a, b, c\nP = STOP [a <-> b, a <-> c] STOP\nassert P :[deadlock free]\n"},
    {"P0415", "replicated link of nothing",
     "A replicated link needs at least one process; there is none that would do for an empty sequence.",
     "channel c\nP = [c <-> c] x:<> @ STOP\nassert P :[deadlock free]\n"},
    {"P0416", "priority without sets",
     "The second argument of `prioritise` lists the sets of events, the most urgent first. It must not be empty.",
     "external prioritise\nP = prioritise(STOP, <>)\nassert P :[deadlock free]\n"},
    {"P0417", "contradictory order of priorities",
     "In `prioritisepo(P, events, order, maximal)` the order relates members of `events`, has no cycle, and puts "
     "nothing "
     "above the maximal events.",
     "external prioritisepo\nchannel a, b\nP = prioritisepo(STOP, {a, b}, {(a, b), (b, a)}, {})\nassert P :[deadlock "
     "free]\n"},
    {"P0418", "buffer without room", "The capacity of a buffer is at least 1.",
     "channel a, b\nP = BUFFER(0, {(a, b)})\nassert P :[deadlock free]\n"},
    {"P0419", "ambiguous pairs of a buffer",
     "The pairs of a buffer say which output follows which input. All events in them must differ.",
     "channel a, b, c\nP = BUFFER(1, {(a, c), (b, c)})\nassert P :[deadlock free]\n"},
    {"P0420", "negative duration",
     "In a Timed section, an event takes as many tocks as the section's function says, and `WAIT` as many as its "
     "argument says. Neither may be negative.",
     "channel tock\nTimed {\n  P = WAIT(-1)\n}\nassert P :[deadlock free]\n"},
    {"P0421", "first element of the empty sequence",
     "`head` and `tail` need a sequence that is not empty. Ask `null` first, or match `<x>^xs`.",
     "channel c : Int\nP = c!head(<>) -> STOP\nassert P :[deadlock free]\n"},
    {"P0422", "key that a map does not have", "`mapLookup` needs a key of the map. Ask `mapMember` first.",
     "channel c : Int\nP = c!mapLookup((| 1 => 2 |), 3) -> STOP\nassert P :[deadlock free]\n"},
    {"P0423", "error of the script", "The script called `error` with this message.",
     "P = error(\"not today\")\nassert P :[deadlock free]\n"},
    {"P0450", "recursion without a guard",
     "A process needs itself, or ever further processes, before it can perform its first event, so it has no meaning "
     "as a "
     "transition system. Every recursive call must lie behind a prefix `a -> ...`, or after a `;`, `|~|` or `[>` that "
     "takes "
     "a step of its own.",
     "channel a\nP = P [] a -> STOP\nassert P :[deadlock free]\n"},
    {"P0451", "infinitely many events at once",
     "`RUN`, `CHAOS` and the watchdogs offer every event of their set, so the set must be finite. Give the channels "
     "finite "
     "types, or name the events that matter.",
     "channel c : Int\nassert RUN({|c|}) :[deadlock free]\n"},
    {"P0452", "functions of processes nested too deeply",
     "`chase`, `deter` and the watchdogs look ahead into their argument. When that look meets another such function "
     "again "
     "and again, as in a recursion through `chase`, it has to stop somewhere. Apply the function once, to the whole.",
     "external chase\nchannel a\nP(n) = if n == 0 then STOP else chase((a -> P(n - 1)) \\ {a})\n"
     "assert P(1000) :[deadlock free]\n"},
};

}  // namespace

std::span<const CatalogueEntry> evaluation() { return entries; }

}  // namespace tryst::catalogue
