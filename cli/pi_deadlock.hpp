// A deadlock of a π-process for reading: the messages on the way, with the prefixes that take part and their lines, and
// why nothing can happen at its end.
#pragma once

#include "checker/verdict.hpp"
#include "cli/pi_script.hpp"
#include "cli/report.hpp"

namespace tryst::cli {

// Kinds: "end" (nothing is left), "arity clash" (partners that send and receive different numbers of names), "internal
// deadlock" (a closed system), "stuck". The steps are performed again on the way.
// `process` is the one that the evidence's states belong to, made of `source`.
Counterexample describe_deadlock(const Evidence&, PiProcess&, const PiScript&, pi::ProcId source);

}  // namespace tryst::cli
