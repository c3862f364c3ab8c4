#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"P0501", "a question that the model cannot answer",
     "The traces model records what a process can do, not what it can refuse, so it cannot show deadlock freedom or "
     "determinism. Ask in the stable failures model [F], or in failures-divergences [FD], which is meant when no model "
     "is "
     "written.",
     "channel a\n"
     "P = a -> P\n"
     "assert P :[deadlock free [T]]\n"},
    {"P0502", "an operand that is not a process",
     "Commands like `refine`, `equiv`, `lts` and `simulate` explore processes. The expression given on the command "
     "line has "
     "another type: perhaps a function that still wants its arguments, or a value.",
     "channel a : {0..1}\n"
     "P(n) = a.n -> P(n)\n"
     "-- tryst lts model.csp:P      (write model.csp:P(0))\n"},
};

}  // namespace

std::span<const CatalogueEntry> assertions() { return entries; }

}  // namespace tryst::catalogue
