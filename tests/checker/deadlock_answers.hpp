// Asking whether networks in tests are free of deadlock or divergence, and whether a certificate says so of them.
#pragma once

#include <optional>
#include <random>
#include <string>

#include "checker/question.hpp"
#include "checker/structural/certify.hpp"
#include "tests/semantics/term_builder.hpp"

namespace tryst::csp {

// With a certificate where the structure is asked. Local: nobody is blocked for ever, either.
Verdict deadlock_answer(TermBuilder&, ProcessId, Model, const Asking&, bool is_local = false);

Verdict divergence_answer(TermBuilder&, ProcessId, const Asking&);

// What is wrong with the certificate; none: it is accepted.
std::optional<std::string> refuted(const Certificate&, TermBuilder&, ProcessId, bool minds_divergence);
std::optional<std::string> refuted(const Certificate&, TermBuilder&, ProcessId, Claim);

// Two to four random processes of all operators side by side, with an event that all take part in, and one hidden.
ProcessId random_parallel(TermBuilder&, std::mt19937&);

// A ring of n stations that a signal goes round for ever: station 0 begins to send, or, if all `begin`, everybody.
ProcessId signal_ring(TermBuilder&, int n, bool all_begin);

}  // namespace tryst::csp
