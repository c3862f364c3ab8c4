#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
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
