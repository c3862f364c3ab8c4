#include "frontend/csp/builtin.hpp"

namespace tryst::csp {

namespace {

using enum Availability;

// The types are those of the reference front end. `seq` and its like ask for Eq because they would otherwise make
// processes comparable: member(P, {STOP}) would decide P == STOP.
constexpr BuiltinEntry table[] = {
    {Builtin::Int, "Int", always, "{Int}"},
    {Builtin::Bool, "Bool", always, "{Bool}"},
    {Builtin::Char, "Char", always, "{Char}"},
    {Builtin::Proc, "Proc", always, "{Proc}"},
    {Builtin::Events, "Events", always, "{Event}"},
    {Builtin::True, "True", always, "Bool"},
    {Builtin::False, "False", always, "Bool"},
    {Builtin::STOP, "STOP", always, "Proc"},
    {Builtin::SKIP, "SKIP", always, "Proc"},
    {Builtin::DIV, "DIV", always, "Proc"},
    {Builtin::emptyMap, "emptyMap", always, "Set k => (| k => v |)"},
    {Builtin::CHAOS, "CHAOS", always, "({Event}) -> Proc"},
    {Builtin::RUN, "RUN", always, "({Event}) -> Proc"},
    {Builtin::BUFFER, "BUFFER", always, "(Int, {(Event, Event)}) -> Proc"},
    {Builtin::WEAK_BUFFER, "WEAK_BUFFER", always, "(Int, Event, {(Event, Event)}) -> Proc"},
    {Builtin::SIGNAL_BUFFER, "SIGNAL_BUFFER", always, "(Int, Event, Event, {(Event, Event)}) -> Proc"},
    {Builtin::WAIT, "WAIT", timed, "(Int) -> Proc"},
    {Builtin::timed_priority, "timed_priority", timed, "(Proc) -> Proc"},
    {Builtin::union_, "union", always, "Set a => ({a}, {a}) -> {a}"},
    {Builtin::inter, "inter", always, "Set a => ({a}, {a}) -> {a}"},
    {Builtin::diff, "diff", always, "Set a => ({a}, {a}) -> {a}"},
    {Builtin::Union, "Union", always, "Set a => ({{a}}) -> {a}"},
    {Builtin::Inter, "Inter", always, "Set a => ({{a}}) -> {a}"},
    {Builtin::set, "set", always, "Set a => (<a>) -> {a}"},
    {Builtin::Set, "Set", always, "Set a => ({a}) -> {{a}}"},
    {Builtin::Seq, "Seq", always, "Set a => ({a}) -> {<a>}"},
    {Builtin::empty, "empty", always, "Eq a => ({a}) -> Bool"},
    {Builtin::card, "card", always, "Eq a => ({a}) -> Int"},
    {Builtin::member, "member", always, "Eq a => (a, {a}) -> Bool"},
    {Builtin::seq, "seq", always, "Eq a => ({a}) -> <a>"},
    {Builtin::length, "length", always, "(<a>) -> Int"},
    {Builtin::null, "null", always, "(<a>) -> Bool"},
    {Builtin::head, "head", always, "(<a>) -> a"},
    {Builtin::tail, "tail", always, "(<a>) -> <a>"},
    {Builtin::concat, "concat", always, "(<<a>>) -> <a>"},
    {Builtin::elem, "elem", always, "Eq a => (a, <a>) -> Bool"},
    {Builtin::mapFromList, "mapFromList", always, "Set k => (<(k, v)>) -> (| k => v |)"},
    {Builtin::mapLookup, "mapLookup", always, "Set k => ((| k => v |), k) -> v"},
    {Builtin::mapMember, "mapMember", always, "Set k => ((| k => v |), k) -> Bool"},
    {Builtin::mapToList, "mapToList", always, "Set k => ((| k => v |)) -> <(k, v)>"},
    {Builtin::mapUpdate, "mapUpdate", always, "Set k => ((| k => v |), k, v) -> (| k => v |)"},
    {Builtin::mapUpdateMultiple, "mapUpdateMultiple", always, "Set k => ((| k => v |), <(k, v)>) -> (| k => v |)"},
    {Builtin::mapDelete, "mapDelete", always, "Set k => ((| k => v |), k) -> (| k => v |)"},
    {Builtin::Map, "Map", always, "(Set k, Set v) => ({k}, {v}) -> {(| k => v |)}"},
    {Builtin::extensions, "extensions", always, "Yieldable b => (a => b) -> {a}"},
    {Builtin::productions, "productions", always, "Yieldable a => (b =>* a) -> {a}"},
    {Builtin::error, "error", always, "(<Char>) -> a"},
    {Builtin::show, "show", always, "(a) -> <Char>"},
    {Builtin::deter, "deter", external, "(Proc) -> Proc"},
    {Builtin::failure_watchdog, "failure_watchdog", external, "(Proc, {Event}, Event) -> Proc"},
    {Builtin::trace_watchdog, "trace_watchdog", external, "(Proc, {Event}, Event) -> Proc"},
    {Builtin::loop, "loop", external, "(Proc) -> Proc"},
    {Builtin::prioritise, "prioritise", external, "(Proc, <{Event}>) -> Proc"},
    {Builtin::prioritise_nocache, "prioritise_nocache", external, "(Proc, <{Event}>) -> Proc"},
    {Builtin::prioritisepo, "prioritisepo", external, "(Proc, {Event}, {(Event, Event)}, {Event}) -> Proc"},
    {Builtin::mtransclose, "mtransclose", external, "Eq a => ({(a, a)}, {a}) -> {(a, a)}"},
    {Builtin::relational_image, "relational_image", external, "(Eq a, Set b) => ({(a, b)}) -> (a) -> {b}"},
    {Builtin::relational_inverse_image, "relational_inverse_image", external,
     "(Eq b, Set a) => ({(a, b)}) -> (b) -> {a}"},
    {Builtin::transpose, "transpose", external, "(Set a, Set b) => ({(a, b)}) -> {(b, a)}"},
    {Builtin::chase, "chase", external_or_transparent, "(Proc) -> Proc"},
    {Builtin::chase_nocache, "chase_nocache", external_or_transparent, "(Proc) -> Proc"},
    {Builtin::explicate, "explicate", transparent, "(Proc) -> Proc"},
    {Builtin::lazyenumerate, "lazyenumerate", transparent, "(Proc) -> Proc"},
    {Builtin::normal, "normal", transparent, "(Proc) -> Proc"},
    {Builtin::lazynorm, "lazynorm", transparent, "(Proc) -> Proc"},
    {Builtin::diamond, "diamond", transparent, "(Proc) -> Proc"},
    {Builtin::sbisim, "sbisim", transparent, "(Proc) -> Proc"},
    {Builtin::wbisim, "wbisim", transparent, "(Proc) -> Proc"},
    {Builtin::dbisim, "dbisim", transparent, "(Proc) -> Proc"},
    {Builtin::tau_loop_factor, "tau_loop_factor", transparent, "(Proc) -> Proc"},
    {Builtin::model_compress, "model_compress", transparent, "(Proc) -> Proc"},
};

constexpr bool in_order() {
  std::size_t next = 0;
  for (const BuiltinEntry& row : table)
    if (static_cast<std::size_t>(row.builtin) != next++) return false;
  return next == static_cast<std::size_t>(Builtin::model_compress) + 1;
}
static_assert(in_order(), "entry() indexes the table by the enumeration");

}  // namespace

std::span<const BuiltinEntry> builtins() { return table; }

}  // namespace tryst::csp
