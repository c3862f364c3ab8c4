#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"P0901", "guard that is never true",
     "Whatever numbers its names stand for, the guard contradicts itself or the conditions around it, so the process "
     "behind it is never offered. A guard without parameters or other local names is taken for a switch and not "
     "reported.",
     "channel a\nP(n) = n < 3 and n > 5 & a -> P(n + 1)"},
    {"P0902", "branch that is never taken",
     "Under the conditions around it, the condition of this `if` is always true, or never. The other branch is dead; "
     "perhaps a comparison is the wrong way round.",
     "channel a\nP(n) = if n > 0 then (if n == 0 then STOP else a -> P(n - 1)) else STOP"},
    {"P0903", "equation that is never used",
     "Equations are tried in the order in which they are written, and an earlier one, or several together, accept every "
     "argument that this one accepts. Special cases come first.",
     "f(n) = n\nf(0) = 1"},
    {"P0904", "synchronisation that one side never joins",
     "Both sides of a parallel must perform a synchronised event together. Here one of them names the channel nowhere, "
     "not even in what it calls, so that the event can never happen. If that is what is wanted, synchronise with STOP, "
     "which says so.",
     "channel a, b\nP = a -> P\nQ = b -> Q\nR = P [| {| a |} |] Q"},
};

}  // namespace

std::span<const CatalogueEntry> lint() { return entries; }

}  // namespace tryst::catalogue
